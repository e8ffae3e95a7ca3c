"""Events told by their length: "half an hour with Doe", "spent two days in Rome"."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from kg.lexicon import members, table
from kg.model import EntityKind, FactKind
from kg.stages.relate.events.journeys import journey
from kg.stages.relate.events.trigger import Trigger, below, people
from kg.stages.relate.modality import Stage, stage
from kg.stages.relate.verb_forms import REPORTING

if TYPE_CHECKING:
    from kg.stages.relate.text import Actor, Text
    from kg.tokens import Token
_NEAR = 250  # characters behind the event of which a length is told alone
_SPOKEN = frozenset({FactKind.MEETING, FactKind.CALL, FactKind.ROUND})
_EMERGE = frozenset({"emerge", "come", "walk", "part"})
_SETTLE = frozenset({"agree", "settle", "bridge", "resolve", "finish", "sign", "clear"})
_UNITS = frozenset({"day", "night", "week", "weekend", "month", "evening", "morning", "afternoon"})
_BEHIND = frozenset({"after", "following", "in", "during", "from", "for"})


def spell_with(text: Text, noun: Token) -> Trigger | None:
    """As in "got half an hour with Doe", "An hour with Doe was all that Roe got", "After an hour with Doe, Roe said".

    Not where a verb or noun names the event itself: "spent an hour with Doe", "an hour of talks with Doe".
    """
    if noun.pos_ not in {"NOUN", "PROPN"} or not text.is_minutes(noun):
        return None
    behind = noun.nbor() if noun.i + 1 < len(noun.doc) else noun
    mine = behind.lower_ == "with"  # however the parse hangs it
    partners = people(text, [p for p in behind.children if p.dep_ == "pobj"] if mine else [])
    if not partners or any(t.lemma_.lower() in _named() for t in (noun.head.head, *noun.subtree)):
        return None
    verb = next((t for t in noun.ancestors if t.pos_ in {"VERB", "AUX"}), None)
    whole = noun.head if noun.dep_ == "conj" else noun  # "an hour and a half"
    within = whole.dep_ == "pobj" and whole.head.lower_ in _BEHIND
    whose = people(text, [c for c in noun.children if c.dep_ == "poss"])  # "Doe's two hours with Roe brought nothing"
    if verb is None or verb.lemma_ in _named() or not (
        within or whose or verb.lemma_ in members("event_company", "got")
    ):
        return None
    others = whose or people(text, [t for t in text.subjects(verb) if not text.is_time(t)])
    if verb.lemma_ == "be":
        clauses = (t for t in verb.subtree if t.pos_ == "VERB" and t.i > verb.i)
        others = others or [a for t in clauses for a in people(text, text.subjects(t))]
    actors = [*others, *(a for a in partners if a not in others)]
    sides = {text.state(a.ref) or a.ref for a in actors}
    return Trigger(noun, FactKind.MEETING, "noun", verb, stage(noun), actors) if len(sides) > 1 else None


def bare_spell(text: Text, noun: Token, told: list[Trigger]) -> Trigger | None:
    """As in "She called Doe on Friday. Half an hour, her office says": the length of the event told just before."""
    if not text.is_minutes(noun):
        return None
    near = [t for t in told if noun.idx - t.token.idx < _NEAR and t.stage is Stage.HELD and t.kind in _SPOKEN]
    time = next(t for t in text.times(noun.sent) if t.minutes is not None)
    opens = not any(t.pos_ in {"VERB", "AUX", "PROPN"} for t in noun.doc[noun.sent.start : noun.i])
    span = text.tokens(time.start, time.end)
    heads = noun.i in span and (noun.head == noun or noun.head.i not in span)
    closes = heads and noun.doc[span[-1] + 1 : span[-1] + 2].text in {",", ".", ";"}
    verbs = [t for t in noun.sent if t.pos_ in {"VERB", "AUX"}]
    says = not verbs or verbs[0].lemma_ in REPORTING | {"accord"}
    after = heads and noun.doc[noun.sent.start].lower_ == "after" and span[0] == noun.sent.start + 1
    last = near[-1] if near else None
    if after and last is not None and opens and last.token.sent.end == noun.sent.start and last is told[-1]:
        return Trigger(noun, last.kind, "attend", anaphoric=True)  # "After 90 minutes it was clear"
    return Trigger(noun, FactKind.MEETING, "attend", anaphoric=True) if near and opens and closes and says else None


def sojourn(text: Text, verb: Token) -> Trigger | None:
    """As in "spent two days in Rome": the visit, whomever one was there with."""
    if verb.lemma_ not in {"spend", "pass"}:
        return None
    timed = any(text.is_time(c) or (c.lower_ in _UNITS and c.i > verb.i) for c in verb.children)
    timed = timed or verb.dep_ == "relcl"
    hours = any(text.is_minutes(c) for c in verb.children)
    who = _who(text, verb)
    together = len({text.state(a.ref) or a.ref for a in who}) > 1  # "Doe and Roe spent two hours at the ministry"
    if not timed or (hours and (together or text.prepositions(verb, "with") or below(verb, "with"))):
        return None  # "spent two hours with Doe in Rome", "spent 80 minutes at the ministry with Doe"
    return journey(text, Trigger(verb, FactKind.VISIT, "stay"), who, [])


def alone(text: Text, verb: Token) -> list[Actor]:
    """As in "Doe and Roe had an hour to themselves", "Doe and Roe needed an hour to agree", "needed an hour in Lima".

    Also "After an hour in a hotel room, Doe and Roe came out smiling".
    """
    needed = verb.lemma_ in {"need", "require"} and (
        any(c.lemma_ in _SETTLE for c in verb.children) or _in_a_city(text, verb)
    )
    out = verb.lemma_ in _EMERGE and any(text.is_minutes(t) for t in text.prepositions(verb, "after"))
    if not out and not ((needed or verb.lemma_ == "have") and any(text.is_minutes(c) for c in verb.children)):
        return []
    if not (needed or out) and not any(t.lower_ == "themselves" for t in verb.subtree):
        return []
    found = people(text, text.subjects(verb))
    apart = len({text.state(a.ref) or a.ref for a in found if text.is_person(a)}) > 1
    return found if len(found) > 1 and (apart or not (out or needed)) else []


def _in_a_city(text: Text, verb: Token) -> bool:
    """As in "needed five hours in Bergen"."""
    spots = [*below(verb, "in"), *below(verb, "at")]
    return any(text.kind(r) is EntityKind.PLACE for t in spots if (r := text.entity(t)) is not None)


def _who(text: Text, verb: Token) -> list[Actor]:
    return [a for a in people(text, text.subjects(verb)) if text.is_person(a)]


@cache
def _named() -> frozenset[str]:
    """The words that name an event."""
    return frozenset(row[0] for row in table("event_words") if row[2] not in {"go", "stay", "leave", "expected"})
