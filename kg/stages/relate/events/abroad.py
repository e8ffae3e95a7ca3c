"""Journeys told beside another thing, and the legs of one: "Doe, in Lima for talks, said", "flew to Lima and Quito"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.lexicon import words
from kg.model import EntityKind, FactKind
from kg.stages.relate.events.destinations import destination, is_place, own_goal
from kg.stages.relate.events.trigger import Trigger
from kg.stages.relate.modality import Stage
from kg.stages.relate.text import Actor
from kg.stages.relate.verb_forms import travels

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model import Mention, Ref, Time
    from kg.stages.relate.text import Text
    from kg.tokens import Token
_STILL = frozenset({"currently", "now", "still", "already", "just", "also", "fresh", "back", "newly", "due"})
_WHILE = frozenset({"while", "when", "once", "already", "currently", "still"})
_CAME_FOR = frozenset({"for", "on", "to"})
_BEHIND = frozenset({",", "until", "since", "after", "as", "this", "last", "next", "with", "ahead"}) | _CAME_FOR
_JOINS = frozenset({",", "and", "then", "later", "on", "to", "in", "also", "finally", "from", "there", "before",
                    "onward"})  # fmt: skip
_NO_GOAL = frozenset({"nsubj", "nsubjpass", "poss", "compound", "amod"})
_LEGS = frozenset({"go", "leave", "stay", "noun", "take"})
_BEGINS = frozenset({"begin", "start", "open", "end", "conclude", "finish", "wrap", "kick", "continue",
                     "resume"})  # fmt: skip
_MANY = 10  # numbers of the events of one leg, for their names
_NEAR = 4  # tokens from a preposition to the name of a place


def beside(text: Text, token: Token) -> Trigger | None:
    """As in "Doe, in Lima for talks, said", "In Lima on a tour, Doe said", "Back from Lima, Doe said"."""
    back = token.lower_ == "from" and token.i > 0 and token.nbor(-1).lower_ in {"back", "home", "fresh"}
    if token.lower_ != "in" and not back:
        return None
    place = _named_behind(text, token)
    if place is None:
        return None
    first = token.i
    while first > token.sent.start and token.doc[first - 1].lower_ in _STILL:
        first -= 1
    opener = token.doc[first - 1] if first > token.sent.start else None
    end = text.tokens(*text.span_of(place.i))[-1] + 1
    after = token.doc[end] if end < token.sent.end else None
    if back and after is not None and after.lower_ == "and":  # "back from Lima and Quito, said"
        after = next((t for t in token.doc[end : token.sent.end] if t.text == ","), after)
    if opener is not None and opener.text == ",":
        who = _person_before(text, opener) if after is not None and after.lower_ in _BEHIND else None
        if who is not None and after is not None and not (_purpose(text, after) or _subject(text, who)):
            who = None  # "received the vice premier, Doe, in Lima on Friday"
    elif opener is None or (opener.is_sent_start and opener.lower_ in _WHILE):
        known = back or opener is not None or (after is not None and _purpose(text, after))
        who = _subject_after(text, token, end) if known else None
    else:
        who = _of_line(text, token, end)
    if who is None or _home(text, who.ref, place):
        return None
    how = Stage.PLANNED if token.nbor(-1).lower_ == "due" else Stage.HELD
    return Trigger(token, FactKind.VISIT, "back" if back else "stay", stage=how, actors=[who], place=place)


def visiting(text: Text, token: Token) -> Trigger | None:
    """As in "The visiting minister, Jane Doe, said in Lima": who is where he or she is told to speak."""
    if token.lower_ != "visiting" or token.tag_ != "VBG" or token.dep_ not in {"amod", "compound", "nmod"}:
        return None
    who = next((a for a in text.actors(token.head) if text.is_person(a)), None)
    verb = next((t for t in token.ancestors if t.pos_ == "VERB"), None)
    if who is None or verb is None:
        return None
    place = next((p for p in text.prepositions(verb, "in") if is_place(text, p)), None)
    if place is None or _home(text, who.ref, place):
        return None
    return Trigger(token, FactKind.VISIT, "stay", actors=[who], place=place)


def where_told(text: Text, trigger: Trigger) -> Token | None:
    """The place of a visit that is told without one, by the words around it.

    As in "met Roe in Lima on the first day of a two-day visit", "Peru is preparing for a visit by Doe".
    """
    token = trigger.token
    travellers = [a.ref for a in trigger.actors if text.is_person(a)]
    new = token.lower_ != "mission" and any(c.lower_ in {"a", "an"} for c in token.children)
    began = token.head.lemma_ in _BEGINS and any(c.dep_ == "poss" for c in token.children)
    if not travellers or not (new or began):
        return None
    verb = next((t for t in token.ancestors if t.pos_ in {"VERB", "AUX"}), None)
    if verb is None:
        return None
    if token.head.lower_ == "for":  # "is due in Lima for a stay" tells of it by its verb
        near = text.subjects(verb) if verb.lemma_.lower() not in travels() | {"be"} else []
    else:
        around = [t for t in token.sent if t.lower_ in {"in", "at"} and t.dep_ == "prep" and (new or t.head == verb)]
        near = [p for t in around if t.head.lemma_.lower() not in travels() for p in t.children]
    named = [t for t in near if is_place(text, t) and text.entity(t) is not None]
    return next((t for t in named if not any(_home(text, who, t) for who in travellers)), None)


def of_own_state(text: Text, trigger: Trigger) -> bool:
    """As in "a Peruvian trip" of Peruvians: the word before the noun is whose it is, not where it leads."""
    states = {text.state(a.ref) for a in trigger.actors}
    return any(states == {text.state_of_place(c)} for c in own_goal(text, trigger.token))


def without_hosts(text: Text, trigger: Trigger, goal: Token | None) -> list[Actor]:
    """Who travels, as in "Doe and Roe, of Peru, signed it on Doe's visit to Lima": not who is at home there."""
    home = text.state_of_place(goal) if goal is not None else None
    guests = [a for a in trigger.actors if home is None or text.state(a.ref) != home]
    return guests or trigger.actors


def legs(text: Text, trigger: Trigger, times: list[Time]) -> Iterator[tuple[Trigger, list[Time], int]]:
    """The visits of one journey to several places, each with its times and the number of its name.

    As in "will visit Lima and Quito next week", "in Lima on Monday, then in Quito on Tuesday".
    """
    goal = trigger.place
    if trigger.kind is FactKind.VISIT and trigger.reading in _LEGS and goal is None:
        goal = destination(text, trigger.token, trigger.reading)
    places = _stops(text, goal) if goal is not None and trigger.kind is FactKind.VISIT else []
    places = [p for p in places if not any(_home(text, a.ref, p) for a in trigger.actors)]
    if goal is None or goal.i < trigger.token.i or not places:
        yield trigger, times, 0
        return
    stops = [goal, *places]
    borders = [p.idx for p in stops[1:]] + [text.doc[goal.sent.end - 1].idx + 1]
    own = [
        [t for t in times if start <= t.start < end]
        for start, end in zip([p.idx for p in stops], borders, strict=True)
    ]
    common = not any(own[:-1])
    if common and not all(_is_city(text, p) for p in places):
        yield trigger, times, 0  # "toured Peru, Chile and Brazil from May 3 to 6": one journey
        return
    for n, (place, mine) in enumerate(zip(stops, own, strict=True)):
        shared = times if common else mine or ([t for t in times if t.start < goal.idx] if n == 0 else [])
        yield replace(trigger, place=place), shared, n * _MANY


def _is_city(text: Text, place: Token) -> bool:
    """Whether a place is no state: a city, also one that stands for its state."""
    ref = text.entity(place)
    return ref is not None and (text.kind(ref) is EntityKind.PLACE or place.text in words("capitals"))


def lend(found: list[Trigger], times: dict[int, list[Time]]) -> None:
    """Give the event of "While in Lima on Sunday, Doe met Roe" the day of the stay, which is its own."""
    for stay in found:
        mine = times.get(stay.token.i, []) if stay.reading == "stay" and stay.token.pos_ == "ADP" else []
        for other in found if mine else ():
            if other.token in stay.token.ancestors and not times.get(other.token.i):
                times[other.token.i] = list(mine)


def _stops(text: Text, goal: Token) -> list[Token]:
    """The places behind the first one of a journey, joined by a comma, "and" or "then"."""
    found: list[Token] = []
    last, i = goal, text.tokens(*text.span_of(goal.i))[-1] + 1
    joined, ended = False, False
    while i < goal.sent.end:
        token = text.doc[i]
        if is_place(text, token) and token.pos_ == "PROPN" and not text.is_time(token):
            span = text.tokens(*text.span_of(i))
            if not joined or any(text.doc[j].dep_ in _NO_GOAL and text.doc[j].head.i not in span for j in span):
                break
            if not _lies_in(text, last, token):
                found.append(text.doc[span[-1]])
                last = token
            joined, i = False, span[-1] + 1
            continue
        joined = joined or token.text == "," or token.lower_ in {"and", "then"}
        ended = ended or token.lower_ in {"and", "then"}
        if token.lower_ not in _JOINS and not _of_time(text, token):
            break
        i += 1
    return found if ended else []


def _of_time(text: Text, token: Token) -> bool:
    return any(t.start <= token.idx < t.end for t in text.times(token.sent))


def _lies_in(text: Text, city: Token, state: Token) -> bool:
    """As in "Geneva, Switzerland"."""
    outer = text.entity(state)
    return outer is not None and outer in {text.entity(city), text.state_of_place(city)}


def _named_behind(text: Text, prep: Token) -> Token | None:
    """The place that a preposition names: its own, however the parse hangs it."""
    for token in prep.doc[prep.i + 1 : min(prep.i + _NEAR, prep.sent.end)]:
        if (is_place(text, token) and token.pos_ in {"PROPN", "NOUN"}) or token.lower_ in {"town", "city"}:
            return token
        if token.lower_ not in {"the", "central", "downtown"} and text.entity(token) is None:
            return None
    return None


def _purpose(text: Text, after: Token) -> bool:
    """As in "In Lima [for] talks", "In Lima [on] a tour"; not "In Lima on Monday"."""
    behind = after.nbor() if after.i + 1 < after.sent.end else after
    return after.lower_ in {"for", "on"} and not _of_time(text, behind)


def _of_line(text: Text, token: Token, end: int) -> Actor | None:
    """As in the entry of a list "May 3: Jane Doe in Lima.", "Doe in Lima: ..."; no verb is told before the colon."""
    colon = end < token.sent.end and token.doc[end].text == ":"
    told = token.doc[token.sent.start : end if colon else token.sent.end]
    closed = end >= token.sent.end or token.doc[end].text in {".", ":", ";"} or _purpose(text, token.doc[end])
    fragment = closed and not any(t.pos_ in {"VERB", "AUX"} for t in told)
    return _person_before(text, token) if fragment else None


def _person_before(text: Text, token: Token) -> Actor | None:
    """The person whose name ends right before a token."""
    name = token.nbor(-1) if token.i > token.sent.start else token
    ref = text.entity(name)
    known = ref is not None and text.kind(ref) is EntityKind.PERSON
    return Actor(ref, name.i) if ref is not None and known else None


def _subject(text: Text, who: Actor) -> bool:
    token = text.doc[who.token]
    return any(text.is_subject(m) for m in text.persons_between(token.i, token.i + 1))


def _subject_after(text: Text, token: Token, start: int) -> Actor | None:
    """The first person that is a subject behind what opens a sentence."""
    named: list[Mention] = [m for m in text.persons_between(start, token.sent.end) if text.is_subject(m)]
    return Actor(named[0].entity, text.tokens(named[0].start, named[0].end)[0]) if named else None


def _home(text: Text, who: Ref, place: Token) -> bool:
    """Whether somebody is at home in a place."""
    state = text.state_of_place(place)
    return state is not None and text.state(who) == state
