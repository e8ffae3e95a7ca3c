"""Events of one word whose verb is left out the second time: "met Doe on Monday and Roe on Tuesday".

The parse hangs such a rest of a clause on anything, so it is read by the order of its words.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from kg.model import EntityKind, FactKind
from kg.stages.relate.clauses import SUBJECTS
from kg.stages.relate.events.trigger import people

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model import Time
    from kg.stages.relate.events.trigger import Trigger
    from kg.stages.relate.text import Actor, Text
    from kg.tokens import Token
_MANY = 10  # numbers of the events of one rest, for their names
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_HEADS = frozenset({"pobj", "dobj", "conj", "appos", "nsubj", "attr", "dep", "npadvmod", "ROOT", "dative"})
_WHERE = frozenset({"in", "at", "to", "from", "of", "for", "on", "about"})


def gapped(text: Text, trigger: Trigger, times: list[Time]) -> Iterator[tuple[Trigger, list[Time], int]]:
    """The event of a trigger and those of the rests behind it, each with its times and the number of its first name.

    "met Doe on Monday and, on Tuesday, Roe" has the same subject, "Doe spoke to Roe on Monday and Poe to Coe on
    Tuesday" subjects of its own.
    """
    verb = trigger.token if trigger.token.pos_ == "VERB" else trigger.carrier
    rests = list(_rests(text, trigger)) if verb is not None and trigger.kind in _KINDS and len(times) > 0 else []
    inside = {i for start, end, _ in rests for i in range(start, end)}
    first = [a for a in trigger.actors if a.token not in inside]
    own = [t for t in times if text.token(t.start).i not in inside]
    if verb is None or len(first) < 2 or not own or not rests:
        yield trigger, times, 0
        return
    owners = [c for c in trigger.token.children if c.dep_ == "poss"]  # "Doe's talks with Roe on Monday and with Poe"
    passive = any(c.dep_ == "nsubjpass" for c in verb.children) and trigger.token == verb  # "was received by Roe on"
    same = {a.ref for a in people(text, owners or (text.objects(verb) if passive else text.subjects(verb)))}
    for n, (start, end, named) in enumerate(rests, 1):
        both = named if _apart(text, trigger.token.doc[start], named) else [a for a in first if a.ref in same] + named
        mine = [t for t in text.times(trigger.token.sent) if start <= text.token(t.start).i < end]
        mine += [] if any(t.minutes is not None for t in mine) else _as_long(text, own, start, end)
        if len(both) > 1:
            place = _place(text, start, end)
            yield replace(trigger, actors=both, apart=True, place=place or trigger.place), mine, n * _MANY
    trigger.actors, trigger.apart = first, True
    if any(_place(text, start, end) for start, end, _ in rests):
        trigger.place = trigger.place or _place(text, trigger.token.i, rests[0][0])
    yield trigger, own, 0


def _place(text: Text, start: int, end: int) -> Token | None:
    """The place in "and Doe [in Lima] on Monday"."""
    there = (t for t in text.doc[start:end] if t.dep_ == "pobj" and t.head.lower_ in {"in", "at"})
    return next((t for t in there if (r := text.entity(t)) is not None and text.kind(r) is EntityKind.PLACE), None)


def _as_long(text: Text, before: list[Time], start: int, end: int) -> list[Time]:
    """The length of "for 55 minutes and, the next day, Roe for 40": in minutes, as that before."""
    unit = next((t for t in before if t.minutes is not None and text.token(t.end - 1).lower_.startswith("min")), None)
    number = next((t for t in text.doc[start + 1 : end] if t.nbor(-1).lower_ == "for" and t.text.isdigit()), None)
    if unit is None or number is None:
        return []
    return [replace(unit, start=number.idx, end=number.idx + len(number), minutes=Decimal(number.text))]


_KINDS = frozenset({FactKind.MEETING, FactKind.CALL})


def _rests(text: Text, trigger: Trigger) -> Iterator[tuple[int, int, list[Actor]]]:
    """The stretches behind "and" or a comma that have somebody and a day, but no verb; with whom they name."""
    sent, doc = trigger.token.sent, trigger.token.doc
    days = {i for t in text.times(sent) if t.date for i in text.tokens(t.start, t.end)}
    first = next((day + 1 for day in sorted(days) if day > trigger.token.i), sent.end)
    # "On Monday Doe met Roe, and on Tuesday Poe": the day stands first in the rest, too
    i = trigger.token.i + 1 if any(day < trigger.token.i for day in days) else first
    while i < sent.end and doc[i].tag_ not in _FINITE:
        opens = doc[i].lower_ == "and" or doc[i].text in {",", ";"}
        end = _end(text, doc[i], days, trigger.carrier) if opens else None
        if end is not None:
            heads = [t for t in doc[i + 1 : end] if t.dep_ in _HEADS and not text.is_time(t) and not _aside(t)]
            named = [a for a in people(text, heads) if i < a.token < end]
            fronted = i < first and named and min(day for day in days if i < day) > min(a.token for a in named)
            if named and not fronted and not any(t.dep_ in SUBJECTS and t.head.i >= end for t in heads):
                first_named = min(a.token for a in named)
                joint = next((j for j in range(first_named, i, -1) if doc[j].lower_ == "and"), i)
                end = _with_length(text, doc[joint], end) if joint > i else end
                yield joint + 1, end, named
                i = end - 1
        i += 1


def _end(text: Text, opening: Token, days: set[int], carrier: Token | None) -> int | None:
    """Where the rest of a clause ends, None where a verb shows that it is a clause of its own."""
    person = time = False
    for token in opening.doc[opening.i + 1 : opening.sent.end]:
        if token.pos_ in {"VERB", "AUX"} and token.i not in days:  # not "the following morning"
            return token.i if person and time and token == carrier else None
        if person and time and (token.lower_ == "and" or token.text in {",", ";", "."}):
            return token.i
        person = person or token.i in text.named
        time = time or token.i in days
    return opening.sent.end if person and time else None


def _with_length(text: Text, opening: Token, end: int) -> int:
    """The end of a rest with the length behind its comma: "Doe on Monday, for an hour, and Roe on Tuesday, for two"."""
    doc, last = opening.doc, opening.sent.end
    if end + 1 >= last or doc[end].text != "," or doc[end + 1].lower_ != "for":
        return end
    return next((t.i + 1 for t in doc[end + 2 : last] if text.is_minutes(t) and t.tag_ in {"NN", "NNS"}), end)


def _aside(token: Token) -> bool:
    """As in "in Peru": where, no one."""
    return token.dep_ == "pobj" and token.head.lower_ in _WHERE - {"to"}


def _apart(text: Text, start: Token, named: list[Actor]) -> bool:
    """Whether a rest names both who did it and with whom: "and Poe to Coe on Tuesday"; not "and Poe and Coe"."""
    if len(named) != 2 or named[0].ref == named[1].ref:  # "Iraqi minister Poe", by both words
        return False
    first, last = sorted(a.token for a in named)
    between = start.doc[first + 1 : last]
    of_state = not text.is_person(min(named, key=lambda a: a.token)) and all(t.pos_ != "ADP" for t in between)
    if of_state or start.doc[first] in start.doc[last].subtree:  # "Turkish leader Poe"
        return False
    return not any(t.lower_ == "and" or t.text == "," for t in between)
