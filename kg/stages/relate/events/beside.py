"""Who else was at an event by a phrase beside it: "accompanied by Doe", "with Doe looking on", "in Doe's presence"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.lexicon import members
from kg.model import FactKind
from kg.stages.relate.events.trigger import GROUPS, below, event_nouns, people
from kg.stages.relate.modality import Stage, stage
from kg.stages.relate.references import Actor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.stages.relate.events.trigger import Trigger
    from kg.stages.relate.text import Text
    from kg.tokens import Span, Token
_REACH = 22  # tokens from "with" to what the persons behind it do there
_TENSED = frozenset({"VBD", "VBZ", "VBP", "MD"})
_ADDING = frozenset({"include", "comprise", "join", "accompany", "assist"})
_UNDER = frozenset({"chairmanship", "mediation", "presence", "auspices", "facilitation", "moderation"})
_SPOTS = frozenset({"room", "table", "side", "call", "line", "chair"})
_TALKS = frozenset({FactKind.MEETING, FactKind.CALL, FactKind.ROUND, FactKind.SUMMIT})


def add_company(text: Text, sent: Span, found: list[Trigger]) -> None:
    """Give each meeting of a sentence the persons whom a phrase beside it adds."""
    talks = [t for t in found if t.kind in _TALKS and t.actors]
    _led(text, found)
    for place, persons in _phrases(text, sent) if talks else ():
        trigger = _of(place, talks)
        if trigger is not None:
            known = {a.ref for a in trigger.actors}
            trigger.actors = [*trigger.actors, *(a for a in persons if a.ref not in known)]


def _led(text: Text, found: list[Trigger]) -> None:
    """As in "The talks were led by Doe, while Roe headed the Peruvian team": both of the event that names one side."""
    there = [a for t in found if t.reading == "attend" and t.stage is Stage.HELD for a in t.actors]
    for trigger in found if any(text.is_person(a) for a in there) else ():
        sides = {text.state(a.ref) or a.ref for a in trigger.actors}
        if trigger.kind in _TALKS and trigger.reading != "attend" and len(sides) == 1:
            trigger.actors = list(dict.fromkeys([*trigger.actors, *there]))


def brought_in(text: Text, verb: Token) -> list[Actor]:
    """As in "They were joined by Doe", "Doe also attended", "The team included Doe": who was at the last event."""
    lemma = verb.lemma_.lower()
    there, beside = members("event_company", "there"), members("event_company", "beside")
    if lemma not in _ADDING and lemma not in there and lemma not in beside:
        return []
    occasion = any(t.lemma_.lower() in event_nouns() for c in verb.children if c.dep_ == "prep" for t in c.children)
    if occasion or stage(verb) not in {Stage.HELD, Stage.PLANNED}:
        return []  # "was joined by Doe for a working lunch" tells of another event
    objects = [c for c in verb.children if c.dep_ == "dobj"]
    if any(c.dep_ == "auxpass" for c in verb.children):
        if any(c.lower_ in {"to", "on"} for c in verb.children):
            return []  # "was accompanied to Rome by Doe"
        doing = text.subjects(verb) or below(verb, "by") if lemma in beside else []
    elif lemma in {"include", "comprise"} and any(t.lower_ in GROUPS for t in text.subjects(verb)):
        doing = objects  # "The U.S. delegation included Doe and Roe"
    elif lemma in {"join", "accompany", "assist"} and objects:
        doing = text.subjects(verb) if any(_somebody(text, t) for t in objects) else []
    elif lemma in there and not objects and verb.tag_ != "VBG":
        doing = text.subjects(verb) if not any(c.lower_ in {"in", "at", "to", "over"} for c in verb.children) else []
    else:
        doing = []
    return [a for a in people(text, doing) if text.is_person(a)]


def joined_on(text: Text, verb: Token) -> list[Actor]:
    """As in "Poe joined them on Tuesday": all of them, where the day is told; it may be another than that before."""
    dated = any(text.is_time(t) for c in verb.children for t in (c, *c.children) if c.dep_ in {"prep", "npadvmod"})
    if verb.lemma_ != "join" or not dated or stage(verb) not in {Stage.HELD, Stage.PLANNED}:
        return []
    joined = people(text, text.objects(verb))
    found = [a for a in people(text, text.subjects(verb)) + joined if text.is_person(a)]
    return found if joined and len({text.state(a.ref) or a.ref for a in found}) > 1 else []


def _somebody(text: Text, token: Token) -> bool:
    several = token.lower_ in {"them", "him", "her", "both"} or token.lower_ in members("group_words", "several")
    return several or any(text.is_person(a) for a in people(text, [token]))


def _of(place: Token, talks: list[Trigger]) -> Trigger | None:
    """The event that a phrase stands beside: that of the verb above it, else the last before it, else the first."""
    for above in place.ancestors:
        own = next((t for t in talks if above in (t.token, t.carrier)), None)
        if own is not None:
            return own
    before = [t for t in talks if t.token.i < place.i]
    if not before:
        return talks[0] if all(t.tag_ not in _TENSED for t in place.doc[place.sent.start : place.i]) else None
    last = before[-1]
    between = place.doc[last.token.i + 1 : place.i]
    return last if all(t.tag_ not in _TENSED or t == last.carrier for t in between) else None


def _phrases(text: Text, sent: Span) -> Iterator[tuple[Token, list[Actor]]]:
    """The phrases of a sentence that add persons, by the word that they begin with."""
    for token in sent:
        if token.tag_ in {"VBN", "VBD"} and token.lemma_ in members("event_company", "beside"):
            passive = any(c.dep_ in {"auxpass", "nsubjpass", "nsubj", "aux"} for c in token.children)
            by = next((t.i for t in token.doc[token.i + 1 : min(token.i + 3, sent.end)] if t.lower_ == "by"), None)
            if by is not None and not passive and token.dep_ != "ROOT":
                found = _persons(text, text.subjects(token) or below(token, "by"))
                yield token, found or _named(text, by, _clause_end(token))
        elif token.lower_ == "with" and (end := _there(token)) is not None:
            yield token, _named(text, token.i + 1, end)
        elif token.lower_ in _UNDER and token.head.lower_ in {"in", "under", "through", "with"}:
            owners = [c for c in token.children if c.dep_ == "poss"]
            yield token, _persons(text, owners + text.prepositions(token, "of"))


def _named(text: Text, start: int, end: int) -> list[Actor]:
    return [Actor(m.entity, text.tokens(m.start, m.end)[0]) for m in text.persons_between(start, end)]


def _clause_end(token: Token) -> int:
    behind = token.doc[token.i + 1 : token.sent.end]
    return next((t.i for t in behind if t.pos_ in {"VERB", "AUX"} or t.text == ";"), token.sent.end)


def _persons(text: Text, heads: list[Token]) -> list[Actor]:
    return [a for a in people(text, heads) if text.is_person(a)]


def _there(preposition: Token) -> int | None:
    """Where the persons behind "with" end and what they do there begins: "with Doe [also in the room]"."""
    doc = preposition.doc
    for token in doc[preposition.i + 2 : min(preposition.i + _REACH, preposition.sent.end)]:
        following = token.nbor().lower_ if token.i + 1 < len(doc) else ""
        if token.tag_ in _TENSED or token.text == ";":
            return None
        pair = f"{token.lower_} {following}"
        third = doc[token.i + 2].lower_ if token.i + 2 < len(doc) else ""
        spot = pair in {"in the", "at the", "at his", "at her", "by his", "by her", "on the"} and third in _SPOTS
        if spot or {token.lower_, pair} & members("event_company", "with there"):
            return token.i
    return None
