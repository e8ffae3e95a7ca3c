"""Meetings, calls, visits, rounds, summits and signings, with who, when, where, for how long and how often."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from kg.iris import ref
from kg.model import Assertion, BlockKind, Claim, Entity, EntityKind, FactKind, Ref
from kg.stages.relate.event_words import CARRIERS, ORDINALS, Trigger, destination, triggers
from kg.stages.relate.event_topics import topics
from kg.stages.relate.modality import Stage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Span, Token

    from kg.model import Time, Value
    from kg.stages.relate.text import Actor, Text

_COUNTS = {"twice": 2, "thrice": 3}
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
_ECHOES = frozenset({BlockKind.HEADLINE, BlockKind.CAPTION, BlockKind.SUBHEAD})  # they repeat what the body tells
_STATUSES = frozenset({Stage.HELD, Stage.PLANNED, Stage.SOUGHT, Stage.CANCELLED, Stage.DENIED})


def events(text: Text) -> Iterator[Claim]:
    """One claim for each event that a sentence names, in order of the text.

    "spoke for 15 minutes in the morning and 20 in the evening" gives two claims; "twice" without more gives one with
    `count` 2. Headlines and captions speak of what the body tells, so their claims are anaphoric.
    """
    for sent in text.sentences:
        found = triggers(text, sent)
        owners = _owners(text, sent, found)
        _only_one(text, sent, found, owners)
        for trigger in found:
            head = trigger.token.head  # "will return on Friday to see Doe"
            if trigger.token.pos_ == "VERB" and trigger.token.dep_ in {"advcl", "xcomp"} and head.i in owners:
                if not any(t.date for t in owners.get(trigger.token.i, [])) and any(c.lower_ == "to" for c in trigger.token.children):
                    owners.setdefault(trigger.token.i, []).extend(t for t in owners[head.i] if t.date)
            if trigger.stage in _STATUSES:
                yield from _claims(text, sent, trigger, owners.get(trigger.token.i, []), found)


def _owners(text: Text, sent: Span, found: list[Trigger]) -> dict[int, list[Time]]:
    """The time expressions of a sentence by the event they belong to: the nearest above them in the tree."""
    anchors: dict[int, int] = {}
    for trigger in found:
        if trigger.carrier is not None and (trigger.token.dep_ != "pobj" or trigger.carrier.lemma_.lower() in CARRIERS or trigger.by_phone
                                            or trigger.kind is FactKind.VISIT):  # fmt: skip
            anchors.setdefault(trigger.carrier.i, trigger.token.i)
    for trigger in found:
        anchors[trigger.token.i] = trigger.token.i
    result: dict[int, list[Time]] = {}
    for time in text.times(sent):
        owner = _owner(text, time, anchors)
        if owner is not None:
            result.setdefault(owner, []).append(time)
    return result


def _only_one(text: Text, sent: Span, found: list[Trigger], owners: dict[int, list[Time]]) -> None:
    """A length that the parse hung on nothing belongs to the only meeting or call of its sentence."""
    meetings = [t for t in found if t.kind is not FactKind.VISIT and t.reading != "attend"]
    if len(meetings) != 1 or any(t.minutes is not None for t in owners.get(meetings[0].token.i, [])):
        return
    for time in text.times(sent):
        head = text.doc[text.tokens(time.start, time.end)[-1]].head
        if time.minutes is not None and head.lemma_ not in {"set", "reserve", "allot", "plan", "schedule", "ago", "later"}:
            owners.setdefault(meetings[0].token.i, []).append(time)
            return


def _owner(text: Text, time: Time, anchors: dict[int, int]) -> int | None:
    span = text.tokens(time.start, time.end)
    token = next((text.doc[i] for i in span if text.doc[i].head.i not in span), text.doc[span[0]])
    for child in token.children:  # "in June, when she met Doe"
        if child.dep_ in {"relcl", "advcl"} and child.i in anchors and any(c.lower_ == "when" for c in child.children):
            return anchors[child.i]
    while True:
        if token.i in anchors and not (time.kind == "DURATION" and token.lemma_ in {"set", "reserve", "schedule", "plan", "allot"}):
            return anchors[token.i]
        if token.pos_ in {"VERB", "AUX"} and token.i not in span:
            told = _told_of(token, anchors)
            finite = token.dep_ == "advcl" and any(c.dep_ in {"nsubj", "nsubjpass"} for c in token.children)
            if told is not None or finite or token.dep_ not in {"xcomp", "advcl", "acl", "conj", "aux", "pcomp"}:
                return told
        if token.head.i == token.i:
            return None
        token = token.head


def _told_of(verb: Token, anchors: dict[int, int]) -> int | None:
    """The event that a verb with a time tells of: its subject ("the talks, which lasted two hours"; "it lasted"), what
    it took so long to do, or what was said on that day to have just happened ("said on Friday after meeting Doe")."""
    if verb.lemma_ in {"set", "reserve", "allot", "plan"}:
        return None
    for child in verb.children:
        if child.dep_ in {"nsubj", "nsubjpass"}:
            noun = verb.head if child.lower_ in {"which", "that"} and verb.dep_ == "relcl" else child
            if noun.i in anchors:
                return anchors[noun.i]
            before = [anchors[i] for i in anchors if i < child.i]
            if child.lower_ == "which" and before and verb.lemma_ in {"hold", "take", "last", "begin", "start", "end", "conclude"}:
                return max(before)  # the parse hangs the clause on a name between: "the round between Doe and Roe, which was held"
            if child.lower_ == "it" and verb.lemma_ in {"last", "take", "run", "end", "begin", "start"}:
                before = [anchors[i] for i in anchors if i < child.i]
                if before and verb.lemma_ != "take":
                    return max(before)
        if verb.lemma_ == "take" and child.dep_ in {"xcomp", "advcl", "ccomp"} and child.i in anchors:
            return anchors[child.i]
        if child.dep_ == "advcl" and child.i in anchors and any(c.lower_ in {"after", "when"} for c in child.children):
            return anchors[child.i]
        if child.dep_ == "prep" and child.lower_ in {"after", "following"}:
            for inner in child.children:
                if inner.i in anchors:
                    return anchors[inner.i]
    return None


def _claims(text: Text, sent: Span, trigger: Trigger, times: list[Time], found: list[Trigger]) -> Iterator[Claim]:
    dates = [t for t in times if t.kind in {"DATE", "TIME"}]
    later = _postponed(text, trigger)
    dates = [later] if later is not None else _nearest(trigger, dates)
    if trigger.stage is Stage.SOUGHT and trigger.token.head.lemma_ in {"hope", "like", "wish"} and not dates:
        return
    spans = [t for t in times if t.kind == "DURATION" and t.minutes is not None and t.minutes < 24 * 60]
    count = _count(trigger)
    parts = _parts(dates, spans, count)
    everybody = trigger.actors
    for n, (when, minutes) in enumerate(parts):
        if trigger.reading == "spend" and minutes is not None and len(parts) > 1:
            trigger.actors = _partners(text, trigger, minutes) or everybody
        claim = _claim(text, sent, trigger, when, minutes, n, count if len(parts) == 1 else 1, found)
        if claim is not None:
            yield claim


def _postponed(text: Text, trigger: Trigger) -> Time | None:
    """The new day of "has been postponed to next Tuesday", which makes the event planned again."""
    verb = trigger.carrier
    if verb is None or verb.lemma_ not in {"postpone", "move", "reschedule", "delay", "shift", "push"}:
        return None
    for time in text.times(trigger.token.sent):
        if time.start > verb.idx and time.date is not None and time.preposition in {"to", "until", "till", "for"}:
            trigger.stage = Stage.PLANNED
            return replace(time, preposition=None)
    return None


def _nearest(trigger: Trigger, dates: list[Time]) -> list[Time]:
    """Of several days that an event without a number could have, the one nearest to its word."""
    days = {t.date for t in dates if t.date}
    if len(days) < 2 or _count(trigger) > 1 or _again(trigger, dates):
        return dates
    nearest = min((t for t in dates if t.date), key=lambda t: abs(t.start - trigger.token.idx))
    return [t for t in dates if t.date in {None, nearest.date}]


def _again(trigger: Trigger, dates: list[Time]) -> bool:
    """ "met on Thursday and again on Friday": two days joined by "and"."""
    between = trigger.token.doc.char_span(dates[0].end, dates[-1].start, alignment_mode="contract")
    return between is not None and len(between) <= 4 and any(t.lower_ == "and" for t in between)


def _partners(text: Text, trigger: Trigger, minutes: Time) -> list[Actor]:
    """Who took part in "45 minutes with Doe and an hour with Roe": the subject and those behind the duration."""
    span = text.tokens(minutes.start, minutes.end)
    subjects = [a for t in text.subjects(trigger.token) for a in text.actors(t)]
    inner = [t for i in span for t in text.prepositions(text.doc[i], "with")]
    after = text.doc[span[-1] + 1] if span[-1] + 1 < len(text.doc) else None
    if not inner and after is not None and after.lower_ == "with":
        inner = [c for c in after.children if c.dep_ == "pobj"]
    partners = [a for t in inner[:1] for a in text.actors(t)]
    others = {a.ref for t in inner[1:] for a in text.actors(t)}
    return subjects + [a for a in partners if a.ref not in others] if partners else []


def _parts(dates: list[Time], spans: list[Time], count: int) -> list[tuple[list[Time], Time | None]]:
    """The times of each single event of one verb: durations and parts of the day paired in order."""
    days = [t for t in dates if t.date is not None and t.part_of_day is None]
    parts = [t for t in dates if t.part_of_day is not None]
    if len(spans) > 1 and len(parts) == len(spans):
        return [([*days, part], span) for part, span in zip(parts, spans, strict=True)]
    exact = [t for t in days if t.date is not None and len(t.date) == 10]
    if len(spans) > 1 and len(exact) == len(spans):
        return [([day], span) for day, span in zip(exact, spans, strict=True)]
    if len(spans) > 1:
        return [(dates, span) for span in spans]
    if len(days) > 1 and len(days) in {count, 2} and len({t.date for t in days}) == len(days) and not spans[1:]:
        return [([day], spans[0] if spans else None) for day in days]
    return [(dates, spans[0] if spans else None)]


def _count(trigger: Trigger) -> int:
    for token in trigger.token.doc[trigger.token.i + 1 : min(trigger.token.i + 12, trigger.token.sent.end)]:
        if token.pos_ in {"VERB", "AUX"} or token.text in {",", ";"}:
            break
        if token.lower_ in _COUNTS and trigger.token.pos_ == "VERB":
            return _COUNTS[token.lower_]
    for child in trigger.token.children:
        if child.lower_ in _COUNTS:
            return _COUNTS[child.lower_]
        if child.lower_ == "times" and any(c.lower_ in _NUMBERS for c in child.children):
            return next(_NUMBERS[c.lower_] for c in child.children if c.lower_ in _NUMBERS)
        if child.dep_ == "nummod" and child.lower_ in _NUMBERS and trigger.token.tag_ == "NNS" and trigger.kind is not FactKind.ROUND:
            return min(_NUMBERS[child.lower_], 3)
    return 1


def _claim(text: Text, sent: Span, trigger: Trigger, when: list[Time], minutes: Time | None, n: int, count: int,
           found: list[Trigger]) -> Claim | None:  # fmt: skip
    rule = "event-phone" if trigger.by_phone else f"event-{trigger.reading}"
    evidence = text.evidence(sent, [trigger.token], rule)
    said: list[Assertion] = []
    entities: list[Entity] = []

    def say(name: str, value: Value, words: tuple[int, int]) -> None:
        assertion = Assertion(name, value, text.words(sent, words, rule))
        if all((a.property, a.value) != (name, value) for a in said):
            said.append(assertion)

    here = (trigger.token.idx, trigger.token.idx + len(trigger.token))
    for actor in trigger.actors:
        words = text.span_of(actor.token)
        if text.kind(actor.ref) not in {EntityKind.COUNTRY, EntityKind.BLOC}:
            say("participant", actor.ref, words)
        state = text.state(actor.ref)
        if state is not None:
            say("party", state, words)
    kind = _kind(trigger)
    status = "Held" if kind is FactKind.ROUND and _arrived_for(trigger) else trigger.stage.value
    if status == "Held" and _scheduled(text, trigger, when):
        status = "Planned"
    say("status", status, here)
    if trigger.reading == "ordinal":
        when = when or _next_times(text, trigger)
    for time in when:
        _say_time(_exact_week(text, time), say)
    _say_shifted(text, sent, trigger, found, when, say)
    if kind in {FactKind.MEETING, FactKind.CALL} and all(a.property != "date" for a in said) and _told_in_turn(trigger, status):
        day = text.day_before(trigger.token.idx)
        if day is not None and day.date is not None:
            said.append(Assertion("date", day.date, text.words(text.token(day.start).sent, (day.start, day.end), rule)))
    if sum(a.property == "party" for a in said) < 2 and (kind is FactKind.ROUND or _next_one(text, trigger, said)):
        for state in text.parties[:2]:
            say("party", state, here)
    if minutes is not None and minutes.minutes is not None:
        say("minutes", minutes.minutes, (minutes.start, minutes.end))
        if minutes.approximate:
            say("approximate", True, (minutes.start, minutes.end))
    for place, words in _places(text, trigger):
        entities += place
        say("place", place[-1].id, words)
        if kind is FactKind.VISIT and place[-1].country is not None:
            say("party", place[-1].country, words)
    if kind in {FactKind.ROUND, FactKind.MEETING, FactKind.SUMMIT}:
        ordinal = _ordinal(trigger)
        if ordinal is not None:
            say("round", ordinal[0], ordinal[1])
    for topic, words in topics(text, trigger):
        entities.append(topic)
        say("topic", topic.id, words)
    for other in found:
        if other is not trigger and _within(trigger, other):
            say("partOf", _key(other, 0), (other.token.idx, other.token.idx + len(other.token)))
    echo = text.block(trigger.token) in _ECHOES
    if echo and not trigger.actors:
        return None
    if not _says_enough(text, trigger, kind, said, echo):
        return None
    return Claim(_key(trigger, n), kind, tuple(said), evidence, count, anaphoric=trigger.anaphoric or echo, entities=tuple(entities))


def _next_one(text: Text, trigger: Trigger, said: list[Assertion]) -> bool:
    """ "A further session could be convened", "the next talks": of the two sides of the article."""
    if trigger.reading not in {"noun", "vague"} or trigger.stage is not Stage.PLANNED or not text.about_talks:
        return False
    words = {c.lower_ for c in trigger.token.children}
    again = words & {"further", "another", "next", "new", "second", "third", "ministerial", "follow-up", "more", "fresh"}
    return bool(again) and trigger.kind in {FactKind.MEETING, FactKind.CALL} and all(a.property != "participant" for a in said)


def _scheduled(text: Text, trigger: Trigger, when: list[Time]) -> bool:
    """ "leaves for Tokyo on Sunday": the present tense with a later day is a plan."""
    verb = trigger.token if trigger.token.pos_ in {"VERB", "AUX"} else trigger.carrier
    published = text.document.published
    if verb is None or published is None or any(c.lower_ in {"has", "have"} for c in verb.children):
        return False
    present = verb.tag_ in {"VBZ", "VBP"} or (verb.tag_ == "VBG" and any(c.lower_ in {"is", "are"} for c in verb.children))
    return present and any(t.first is not None and t.first > published and t.preposition not in {"until", "till", "through"} for t in when)


def _next_times(text: Text, trigger: Trigger) -> list[Time]:
    """The date behind a round told without noun and verb: "and the second a week later in Rome"."""
    sent = trigger.token.sent
    last = sent.doc[min(trigger.token.i + 9, sent.end - 1)].idx
    return [t for t in text.times(sent) if trigger.token.idx < t.start <= last and t.date][:1]


def _told_in_turn(trigger: Trigger, status: str) -> bool:
    """Whether an event is told in the simple past, in the order of the story: it has the day that the story has reached.

    "had met", "has spoken", "earlier" step out of the order.
    """
    verb = trigger.token if trigger.token.pos_ == "VERB" else trigger.carrier
    if verb is None or status != "Held" or trigger.anaphoric or len(trigger.actors) < 2:
        return False
    while verb.dep_ == "xcomp" and verb.head.pos_ == "VERB":  # "went on to meet"
        verb = verb.head
    words = {c.lower_ for c in verb.children}
    return (verb.tag_ == "VBD" or bool(words & {"was", "were"})) and "had" not in words and "has" not in words and not words & {"earlier", "previously", "ago", "once", "before", "repeatedly", "often", "recently"}


def _key(trigger: Trigger, n: int) -> Ref:
    return Ref(f"event@{trigger.token.idx}.{n}")


def _kind(trigger: Trigger) -> FactKind:
    if trigger.kind is FactKind.MEETING and trigger.by_phone:
        return FactKind.CALL
    return trigger.kind


def _says_enough(text: Text, trigger: Trigger, kind: FactKind, said: list[Assertion], echo: bool) -> bool:
    """Whether a claim says something of an event: two sides, or for a noun told elsewhere a date, length, place or number."""
    names = {a.property for a in said}
    people = sum(a.property == "participant" for a in said)
    states = sum(a.property == "party" for a in said)
    if kind in {FactKind.VISIT, FactKind.SIGNING} and not (trigger.anaphoric and trigger.stage is Stage.CANCELLED):
        return people >= 1 or states >= 1
    if kind is FactKind.SUMMIT:
        return bool(names & {"date", "place", "party", "participant"})
    if kind is FactKind.ROUND:
        return bool(names & {"round", "date", "minutes"}) or states >= 2 or trigger.stage in {Stage.PLANNED, Stage.SOUGHT}
    if people >= 2 or states >= 2 or (people and states and trigger.reading in {"meet", "speak", "spend", "host", "see", "discuss", "phone"}):
        return True
    if trigger.anaphoric and trigger.stage is Stage.CANCELLED:
        return True
    if trigger.reading == "vague" and trigger.anaphoric and not people + states:
        days = [str(a.value) for a in said if a.property == "date"]
        return bool(names & {"minutes", "place"}) or any(len(d) == 10 for d in days)
    if trigger.anaphoric or echo:
        return bool(names & {"date", "minutes", "place"}) or people >= 1
    return people + states >= 1 and bool(names & {"date", "minutes"})


def _say_time(time: Time, say: object) -> None:
    words = (time.start, time.end)
    tell = say  # narrow type for the checker
    assert callable(tell)
    if time.date is not None and time.preposition in {"until", "till", "through", "by", "before", "within"}:
        tell("date", time.date[:7], words)
        if time.preposition in {"until", "till", "through"}:
            tell("endDate", time.date, words)
    elif time.date is not None:
        single = time.first is None or time.first == time.last
        ranged = time.value is not None and "/" in time.value and time.first and time.last
        tell("date", time.first if ranged else time.date, words)
        if time.first and time.last and not single:
            tell("earliest", time.first, words)
            tell("latest", time.last, words)
            if ranged:
                tell("endDate", time.last, words)
    if time.part_of_day:
        tell("partOfDay", time.part_of_day, words)
    if time.clock:
        tell("time", time.clock, words)


def _say_shifted(text: Text, sent: Span, trigger: Trigger, found: list[Trigger], when: list[Time], say: object) -> None:
    """ "The calls came a day after they held a meeting": the meeting's date, counted from that of the calls."""
    clause = trigger.carrier if trigger.carrier is not None else trigger.token
    mark = next((c.lower_ for c in clause.children if c.dep_ in {"mark", "prep"} and c.lower_ in {"after", "before"}), None)
    if mark is None and clause.dep_ == "pcomp" and clause.head.lower_ in {"after", "before"}:
        mark = clause.head.lower_
    if mark is None or any(t.date for t in when):
        return
    for time in text.times(sent):
        gap = _days(time)
        if time.kind == "DURATION" and gap and text.doc[text.tokens(time.start, time.end)[-1] + 1 : text.tokens(time.start, time.end)[-1] + 2].text == mark:
            base = text.last_day(before=time.start)
            if base is not None:
                day = date.fromisoformat(base) - timedelta(days=gap if mark == "after" else -gap)
                assert callable(say)
                say("date", day.isoformat(), (time.start, time.end))


def _exact_week(text: Text, time: Time) -> Time:
    """ "a week later", counted from a day of the text, is a day."""
    words = text.document.text[time.start : time.end].lower()
    if words.startswith("the ") and words[4:-2].isdigit() and words[-2:] in {"st", "nd", "rd", "th"} and time.date:
        month = [t.date for t in text.times(text.token(time.start).sent) if t.start < time.start and t.date and len(t.date) == 7]
        if month:  # "visited in May, where they talked on the 12th"
            day = f"{month[-1]}-{int(words[4:-2]):02d}"
            return replace(time, date=day, first=day, last=day, value=day)
    if not time.anchored or words not in {"a week later", "a week earlier", "one week later", "one week earlier"}:
        return time
    base = text.last_day(before=time.start)
    if base is None or len(base) < 10:
        return time
    day = (date.fromisoformat(base) + timedelta(days=7 if words.endswith("later") else -7)).isoformat()
    return replace(time, date=day, first=day, last=day, value=day)


def _days(time: Time) -> int | None:
    if time.value and time.value.startswith("P") and time.value.endswith(("D", "W")) and time.value[1:-1].isdigit():
        return int(time.value[1:-1]) * (7 if time.value.endswith("W") else 1)
    return None


def _arrived_for(trigger: Trigger) -> bool:
    return trigger.carrier is not None and trigger.carrier.lemma_ in {"arrive", "come", "travel", "fly"} and trigger.stage is Stage.HELD


def _within(trigger: Trigger, other: Trigger) -> bool:
    """ "on the sidelines of the summit", "met during the summit"."""
    token = other.token
    if other.kind not in {FactKind.SUMMIT, FactKind.ROUND}:
        return False
    steps = 0
    while token.head.i != token.i and steps < 6:
        if token.dep_ == "relcl":
            return False
        token, steps = token.head, steps + 1
        if token.lower_ in {"sidelines", "margins", "fringes", "during", "at"}:
            while token.head.i != token.i and steps < 9:
                token, steps = token.head, steps + 1
                if token in (trigger.token, trigger.carrier):
                    return True
    return False


def _ordinal(trigger: Trigger) -> tuple[int, tuple[int, int]] | None:
    if trigger.reading == "ordinal":
        return ORDINALS[trigger.token.lower_], (trigger.token.idx, trigger.token.idx + len(trigger.token))
    for child in trigger.token.children:
        number = ORDINALS.get(child.lower_)
        if number is None and child.lower_[:-2].isdigit() and child.lower_[-2:] in {"st", "nd", "rd", "th"}:
            number = int(child.lower_[:-2])
        if number is not None and child.dep_ in {"amod", "compound", "nummod", "advmod"}:
            return number, (child.idx, child.idx + len(child))
    return None


def _places(text: Text, trigger: Trigger) -> Iterator[tuple[list[Entity], tuple[int, int]]]:
    heads = [trigger.token] + ([trigger.carrier] if trigger.carrier is not None else [])
    anchors = {trigger.token.i: trigger.token.i}
    heads += [v for v in trigger.token.sent if v.pos_ == "VERB" and v.dep_ == "relcl" and v not in heads and _told_of(v, anchors) is not None]
    if trigger.kind is FactKind.VISIT:
        token = destination(text, trigger.token, "noun" if trigger.reading == "noun" else trigger.reading)
        if token is not None:
            yield from _place(text, token)
        return
    seen: set[int] = set()
    found = list(_hanging(text, trigger, heads, seen))
    yield from found or _near(text, trigger)


def _there(head: Token) -> bool:
    """Whether "there" follows in the clause of a verb: "will meet Doe there on Friday"."""
    for token in head.doc[head.i + 1 : min(head.i + 14, head.sent.end)]:
        if token.lower_ == "there" and token.dep_ != "expl":
            return True
        if token.pos_ in {"VERB", "SCONJ"} or token.text in {";", ":"}:
            break
    return False


def _near(text: Text, trigger: Trigger) -> Iterator[tuple[list[Entity], tuple[int, int]]]:
    """The first place behind the event word in its clause, where the parse hung it elsewhere: "met Doe in Geneva"."""
    if trigger.kind is FactKind.CALL:
        return
    limit = trigger.token.sent.end if trigger.reading != "ordinal" else min(trigger.token.i + 10, trigger.token.sent.end)
    for token in text.doc[trigger.token.i + 1 : limit]:
        if token.pos_ in {"VERB", "SCONJ"} and token.dep_ not in {"amod", "acl"} or token.text in {";", ":"}:
            return
        before = text.doc[token.i - 1].lower_
        before = text.doc[token.i - 2].lower_ if before == "the" else before
        entity = text.entity(token)
        if before in {"in", "at"} and entity is not None and text.kind(entity) is EntityKind.PLACE:
            yield from _place(text, token)
            return


def _hanging(text: Text, trigger: Trigger, heads: list[Token], seen: set[int]) -> Iterator[tuple[list[Entity], tuple[int, int]]]:
    for head in heads:
        for token in text.prepositions(head, "in", "at"):
            seen.add(token.i)
            yield from _place(text, token)
        if any(c.lower_ == "here" for c in head.children):
            yield from _place(text, next(c for c in head.children if c.lower_ == "here"))
        if _there(head):
            place = text.last_place(head)
            if place is not None:
                yield from _place(text, place)
        if any(c.lower_ == "where" for c in head.children) and head.dep_ == "relcl":
            yield from _place(text, head.head)
    for child in trigger.token.children:
        if child.dep_ in {"compound", "nmod"} and child.i not in seen and (entity := text.entity(child)) is not None:
            if text.kind(entity) is EntityKind.PLACE:
                yield from _place(text, child)


def _place(text: Text, token: Token) -> Iterator[tuple[list[Entity], tuple[int, int]]]:
    found = text.entity(token)
    if token.lower_ == "here" and text.document.place:
        label = text.document.place.title()
        known = next((e for e in text.entities.values() if e.kind is EntityKind.PLACE and e.label == label), None)
        yield [known or Entity(ref("place", label), EntityKind.PLACE, label)], (token.idx, token.idx + 4)
    elif found is not None and text.kind(found) is EntityKind.PLACE:
        place = text.entities[found]
        yield [place], text.span_of(token.i)
        if place.within is not None:
            city = place.within.removeprefix("place/").replace("-", " ").title()
            yield [Entity(place.within, EntityKind.PLACE, city, country=place.country)], text.span_of(token.i)
    elif found is not None and text.kind(found) is EntityKind.COUNTRY and token.pos_ in {"PROPN", "NOUN"}:
        state = text.entities[found]
        yield [Entity(ref("place", state.label), EntityKind.PLACE, state.label, country=found)], text.span_of(token.i)
    elif token.lower_ == "capital":
        for child in token.children:
            code = (text.entity(child) or "").removeprefix("country/")
            city = text.capital(code)
            if city:
                yield [Entity(ref("place", city), EntityKind.PLACE, city, country=Ref(f"country/{code}"))], text.span_of(token.i)
