"""Meetings, calls, visits, rounds, summits and signings, with who, when, where, for how long and how often."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

from kg.lexicon import members
from kg.model import Assertion, BlockKind, Claim, Entity, EntityKind, FactKind, Ref
from kg.stages.relate.events.abroad import legs, lend
from kg.stages.relate.events.apart import apart
from kg.stages.relate.events.corrected import as_corrected, without_writing
from kg.stages.relate.events.counted import count_of
from kg.stages.relate.events.dates import (
    began_and_ended,
    dates_of,
    next_times,
    running,
    say_time,
    scheduled,
)
from kg.stages.relate.events.enough import enough, of_delegation, sides_told
from kg.stages.relate.events.fates import fate, without_trips
from kg.stages.relate.events.former import link_of
from kg.stages.relate.events.gapped import gapped
from kg.stages.relate.events.moved import ahead_of_us, is_moved, off_day, postponed, which_day
from kg.stages.relate.events.numbers import number
from kg.stages.relate.events.partners import partners_for
from kg.stages.relate.events.places import places
from kg.stages.relate.events.series import series
from kg.stages.relate.events.shifted import counted_from, say_shifted
from kg.stages.relate.events.singles import each_day, nearest, parts
from kg.stages.relate.events.story import besides, day_of_story, here_before, in_turn, of_it, told_in_turn
from kg.stages.relate.events.stretches import for_days, nth_day, say_stretch
from kg.stages.relate.events.times import owners
from kg.stages.relate.events.topics import topics
from kg.stages.relate.events.trigger import within
from kg.stages.relate.events.whose import told_by_both
from kg.stages.relate.events.words import triggers
from kg.stages.relate.modality import Stage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model import Time, Value
    from kg.stages.relate.events.trigger import Trigger
    from kg.stages.relate.text import Actor, Text
    from kg.tokens import Span

_ECHOES = frozenset({BlockKind.HEADLINE, BlockKind.CAPTION, BlockKind.SUBHEAD})  # they repeat what the body tells
_STATUSES = frozenset({Stage.HELD, Stage.PLANNED, Stage.SOUGHT, Stage.CANCELLED, Stage.DENIED})
_DAY, _TO_COME = 24 * 60, {"Planned", "Cancelled"}  # minutes of a day; what a meeting is that is still spoken of
_WISHES, _OPENS = frozenset({"hope", "like", "wish"}), frozenset({"begin", "start", "open"})
_AGAIN = members("event_company", "one more") | {"second", "third", "ministerial"}
_RESUMED = frozenset({"continue", "resume", "reconvene", "restart", "reopen"})  # "will be resumed on Monday"


def events(text: Text) -> Iterator[Claim]:
    """One claim for each event that a sentence names, in order of the text.

    "spoke for 15 minutes in the morning and 20 in the evening" gives two claims; "twice" without more gives one with
    `count` 2. Headlines and captions speak of what the body tells, so their claims are anaphoric.
    """
    told: list[Trigger] = []
    for sent in text.sentences if text.of_states else ():
        found = triggers(text, sent, told)
        times = without_writing(sent, owners(text, sent, found)) if found else {}
        found = without_trips(text, found, times)
        lend(found, times)
        for trigger in found:
            own = times.get(trigger.token.i, [])
            trigger.stage = fate(text, trigger, own)
            told_apart = legs if trigger.kind is FactKind.VISIT else gapped
            for one, mine, first in told_apart(text, trigger, own) if trigger.stage in _STATUSES else ():
                yield from as_corrected(text, sent, _claims(text, sent, one, mine, found, first))
        told.extend(found)


def _claims(
    text: Text, sent: Span, trigger: Trigger, times: list[Time], found: list[Trigger], first: int
) -> Iterator[Claim]:
    """The claims of one trigger, named from a number on: one, or one for each length or day that it is told with."""
    spans = [t for t in times if t.minutes is not None and t.minutes < _DAY]  # also "from 10 a.m. to noon"
    later = postponed(text, trigger)
    if later is not None:
        trigger.stage, dates = Stage.PLANNED, [later]
    elif (nth := nth_day(text, trigger)) is not None:
        dates = [nth]
    else:
        dates = began_and_ended(text, times) or nearest(text, trigger, dates_of(text, trigger, times), len(spans))
        off = trigger.stage is Stage.CANCELLED
        dates = [off_day(text, t) if off else ahead_of_us(text, trigger, t) for t in dates]
    if of_it(trigger):
        trigger.anaphoric = True
        trigger.actors = [a for a in trigger.actors if text.doc[a.token].tag_ != "PRP$"]  # "It was their second round"
    wished = trigger.stage is Stage.SOUGHT and trigger.token.head.lemma_ in _WISHES
    if wished and trigger.kind is not FactKind.VISIT and not (dates or any(places(text, trigger))):
        return
    count = count_of(trigger)
    days = running(text, trigger, each_day(text, trigger, dates, count))
    listed = series(text, trigger, times) if days is dates and later is None else []
    single = listed or [(*one, None, None) for one in parts(text, days, spans, count)]
    everybody, groups = trigger.actors, apart(text, trigger)
    for n, ((when, minutes, place, told), actors) in enumerate(product(single, groups)):
        trigger.actors, trigger.place, trigger.number = actors, place or trigger.place, told or trigger.number
        if trigger.reading == "spend" and minutes is not None and len(single) > 1:
            trigger.actors = partners_for(text, trigger, minutes) or everybody
        claim = _Claim(text, sent, trigger, when).read(minutes, found)
        if claim is not None:
            yield replace(claim, key=_key(trigger, first + n), count=count if len(single) == len(groups) == 1 else 1)


def _key(trigger: Trigger, n: int) -> Ref:
    return Ref(f"event@{trigger.token.idx}{'stay' * (trigger.reading == 'stay')}.{n}")


class _Claim:
    """What one sentence says of one event, as it is read."""

    def __init__(self, text: Text, sent: Span, trigger: Trigger, when: list[Time]) -> None:
        self.text, self.sent, self.trigger = text, sent, trigger
        self.said: list[Assertion] = []
        self.implied: list[Assertion] = []
        self.entities: list[Entity] = []
        self.kind = FactKind.CALL if trigger.kind is FactKind.MEETING and trigger.by_phone else trigger.kind
        how = "besides" if besides(trigger) else "phone" if trigger.by_phone else trigger.reading
        self.rule = f"event-{how}"
        self.here = (trigger.token.idx, trigger.token.idx + len(trigger.token))
        self.when = when or (next_times(text, trigger) if trigger.reading == "ordinal" else [])
        entry = text.entry(trigger.token) if not any(t.date for t in self.when) else None
        if entry is not None and in_turn(trigger):
            known = trigger.anaphoric or len(trigger.actors) < 2  # "9:45 a.m. Session over": the hour is not its own
            self.when = [*self.when, replace(entry, clock=None) if known else entry]

    def say(self, name: str, value: Value, words: tuple[int, int]) -> None:
        """Assert a property once."""
        if all((a.property, a.value) != (name, value) for a in self.said):
            self.said.append(Assertion(name, value, self.text.words(self.sent, words, self.rule)))

    def _imply(self, name: str, value: Value, words: tuple[int, int]) -> None:
        """What the text around says of the event, where nothing told of the event itself does."""
        self.implied.append(Assertion(name, value, self.text.words(self.sent, words, self.rule)))

    def read(self, minutes: Time | None, found: list[Trigger]) -> Claim | None:
        """The claim, or None where it says too little of an event; `found` are all triggers of the sentence."""
        self._who()
        status = self._status()
        self.say("status", status, self.here)
        self._dates(held=status == "Held")
        self._sides(found)
        if minutes is not None and minutes.minutes is not None:
            self.say("minutes", minutes.minutes, (minutes.start, minutes.end))
            if minutes.approximate:
                self.say("approximate", True, (minutes.start, minutes.end))
        self._where()
        self._which(found)
        trigger = self.trigger
        if self.kind is FactKind.CALL and trigger.reading == "vague" and not trigger.by_phone and self._said("place"):
            self.kind = FactKind.MEETING  # "had a conversation in Osaka"
        echo = self.text.block(trigger.token) in _ECHOES
        if echo and (not trigger.actors or trigger.reading == "back" or self._at_a_building()):
            return None
        implied = {a.property for a in self.implied}
        if not enough(self.text, trigger, self.kind, self.said, implied, echo=echo):
            return None
        evidence = self.text.evidence(self.sent, [trigger.token], self.rule)
        return Claim(_key(trigger, 0), self.kind, tuple(self.said), evidence, anaphoric=trigger.anaphoric or echo,
                     entities=tuple(self.entities), implied=tuple(self.implied),
                     day=which_day(self.text, trigger, self.when))  # fmt: skip

    def _at_a_building(self) -> bool:
        """As in the caption "Doe arrives at the Hotel Lux": no journey to another town is told."""
        spots = [e for e in self.entities if e.kind is EntityKind.PLACE]
        built = members("state_words", "building")
        named = all(e.label.split()[-1].lower() in built or e.within is not None for e in spots)
        return self.kind is FactKind.VISIT and bool(spots) and named

    def _who(self) -> None:
        for actor in self.trigger.actors:
            if self._also_named(actor):
                continue
            words = self.text.span_of(actor.token)
            if self.text.kind(actor.ref) not in {EntityKind.COUNTRY, EntityKind.BLOC}:
                self.say("participant", actor.ref, words)
            self._side(self.text.state(actor.ref), words)

    def _side(self, state: Ref | None, words: tuple[int, int]) -> None:
        """Assert one side of an event: a state is a party, a movement takes part like a person."""
        if state is not None:
            self.say("participant" if self.text.is_movement(state) else "party", state, words)

    def _also_named(self, actor: Actor) -> bool:
        """Whether an unnamed official is told beside a named one of the same state, who is most often the same."""
        state = self.text.state(actor.ref)
        others = (a for a in self.trigger.actors if self.text.is_person(a))
        unnamed = self.text.kind(actor.ref) is EntityKind.SOURCE and state is not None
        return unnamed and any(self.text.state(a.ref) == state for a in others)

    def _status(self) -> str:
        status = self.trigger.stage.value
        return "Planned" if status == "Held" and scheduled(self.text, self.trigger, self.when) else status

    def _dates(self, *, held: bool) -> None:
        for time in self.when:
            if not say_stretch(self.text, self.trigger, time, self.say):
                say_time(time, self.say)
        dated = any(t.date for t in self.when)
        link = link_of(self.trigger.token)  # "a month after their first talks": of another day than what is told
        apart = link is not None and counted_from(link)
        shifted = not dated and (say_shifted(self.text, self.sent, self.trigger, self.say) or apart)
        if not held or shifted or any(a.property == "date" for a in self.said):
            return
        day = day_of_story(self.text, self.trigger)
        if day is None or day.date is None:
            return
        if self.kind in {FactKind.MEETING, FactKind.CALL} and told_in_turn(self.trigger):
            self.say("date", day.date, (day.start, day.end))
        else:
            self._imply("date", day.date, (day.start, day.end))

    def _sides(self, found: list[Trigger]) -> None:
        """A round, a signing and "a further session" planned is of the sides of the article where none are named."""
        signing = self.kind is FactKind.SIGNING and not self._said("participant") + self._said("party")
        session, is_round = self._session(found), self.kind is FactKind.ROUND
        known = self._next_one() or self._of_pact() or self._as_set() or for_days(self.trigger)
        if sides_told(self.text, self.said) < 2 and (is_round or known or signing or session):
            numbered = session or (is_round and number(self.text, self.trigger, found) is not None)
            pair = told_by_both(self.text, self.trigger) or self.text.negotiating
            for state in pair or (self.text.likely_sides if numbered else ()):
                self._side(state, self.here)
        for bloc in [a.value for a in self._said("party")]:
            for state in self.text.members_of(bloc) if isinstance(bloc, Ref) else ():
                self.entities.append(self.text.entities[state])
                self._side(state, self.here)

    def _session(self, found: list[Trigger]) -> bool:
        """As in "The seventh session, on Sunday, lasted an hour", "Two sessions were held on Monday": of the talks."""
        trigger = self.trigger
        own = trigger.token.lemma_ in {"session", "sitting"} and not trigger.actors and self.text.about_talks
        dated = own and any(t.date for t in self.when)
        return dated and (number(self.text, trigger, found) is not None or count_of(trigger) > 1)

    def _of_pact(self) -> bool:
        """As in "The meeting in Tokyo was the first outside Asia", "a summit in May", where members of a pact talk."""
        trigger = self.trigger
        of_it = self.text.pact is not None and not trigger.actors and trigger.reading == "noun"
        held = self.kind is FactKind.MEETING and of_it and any(places(self.text, trigger))
        return held or (of_it and self.kind is FactKind.SUMMIT)

    def _as_set(self) -> bool:
        """As in "The meeting in Rome on Monday will go ahead", "Talks began in Rome on Monday": of the text's sides."""
        trigger, verb = self.trigger, self.trigger.carrier
        talks = trigger.kind is FactKind.MEETING and trigger.reading in {"noun", "vague"} and bool(self._said("date"))
        talks &= not trigger.actors or of_delegation(self.text, trigger)
        known = trigger.stage.value in _TO_COME and any(c.lower_ == "the" for c in trigger.token.children)
        began = verb is not None and trigger.stage is Stage.HELD and verb.lemma_ in _OPENS and not trigger.actors
        off = known and verb is not None and is_moved(verb)  # "The talks, due on Monday, were put off"
        return talks and (off or ((known or began) and any(places(self.text, trigger))))

    def _next_one(self) -> bool:
        """As in "A further session could be convened", "the next talks"."""
        trigger = self.trigger
        if trigger.reading not in {"noun", "vague"} or trigger.stage is not Stage.PLANNED or of_it(trigger):
            return False
        ours = {a.value for a in self._said("party")} & set(self.text.negotiating)  # "Peru will host the next session"
        if not (self.text.about_talks or ours):
            return False
        again = any(c.lower_ in _AGAIN for c in trigger.token.children)
        resumed = trigger.carrier is not None and trigger.carrier.lemma_ in _RESUMED and bool(self._said("date"))
        talks = trigger.kind in {FactKind.MEETING, FactKind.CALL}
        return (again or resumed) and talks and not self._said("participant")

    def _where(self) -> None:
        told = list(places(self.text, self.trigger))
        met = self.kind is not FactKind.CALL and any(a.value == "Held" for a in self._said("status"))
        if (here := here_before(self.text, self.trigger) if met and not told else None) is not None:
            self._imply("place", *here)
            self.entities += [self.text.dateline] if self.text.dateline is not None else []
        for place, words in told:
            self.entities.append(place)
            self.say("place", place.id, words)
            if self.kind is FactKind.VISIT and place.country is not None:
                self.say("party", place.country, words)

    def _which(self, found: list[Trigger]) -> None:
        """The number of a round, the topic, and the event that this one is part of."""
        if self.kind not in {FactKind.VISIT, FactKind.SIGNING, FactKind.CALL}:  # "the first call took" is one of a day
            told = number(self.text, self.trigger, found)
            if told is not None:
                self.say("round", *told)
        for topic, words in topics(self.text, self.trigger):
            self.entities.append(topic)
            self.say("topic", topic.id, words)
        for other in found:
            if other is not self.trigger and within(self.trigger, other):
                self.say("partOf", _key(other, 0), (other.token.idx, other.token.idx + len(other.token)))

    def _said(self, name: str) -> list[Assertion]:
        return [a for a in self.said if a.property == name]
