"""Events and tariffs that a statement speaks of without telling them: "called the talks useful", "the rate is high"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.lexicon import table
from kg.model import EVENTS, Claim, FactKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from kg.stages.relate.text import Text

_EVENTS = {row[0]: FactKind(row[1]) for row in table("event_words") if len(row) > 2 and row[2] in {"noun", "vague"}}
_TARIFFS = frozenset({"tariff", "rate", "duty", "levy", "surcharge"})
_TALKS = frozenset({FactKind.MEETING, FactKind.ROUND, FactKind.SUMMIT, FactKind.CALL})
_VAGUE = frozenset({"talk", "exchange", "conversation", "discussion", "negotiation", "dialogue", "consultation"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "their", "his", "her", "its", "our"})
_AHEAD = frozenset({"Planned", "Sought"})


def told_before(text: Text, claims: Sequence[Claim], content: list[tuple[int, int]]) -> list[Claim]:
    """What was told last before the first definite noun of the words that are said, if its kind fits."""
    noun = next((t for a, b in content for t in text.doc[a:b] if _definite(t)), None)
    if noun is None:
        return []
    wanted = _kinds(noun)
    before = [c for c in claims if c.kind in wanted and c.evidence.words[0] < noun.idx]
    if any(c.lower_ == "next" for c in noun.children):
        before = [c for c in before if any(a.property == "status" and a.value in _AHEAD for a in c.assertions)]
    firm = [c for c in before if not c.anaphoric] or before
    return [max(firm, key=lambda c: c.evidence.words)] if firm else []


def _kinds(noun: Token) -> frozenset[FactKind]:
    lemma = noun.lemma_.lower()
    if lemma in _TARIFFS:
        return frozenset({FactKind.TARIFF})
    if lemma in _VAGUE:
        return _TALKS
    return frozenset({_EVENTS[lemma], FactKind.ROUND} if lemma in {"meeting", "session"} else {_EVENTS[lemma]}) & EVENTS


def _definite(token: Token) -> bool:
    """Whether a noun goes back to what was told: "the talks", "it was a good conversation"."""
    lemma = token.lemma_.lower()
    if token.pos_ != "NOUN" or not (lemma in _EVENTS or lemma in _TARIFFS) or token.dep_ in {"compound", "amod"}:
        return False
    said_of_it = token.dep_ == "attr" and any(c.lower_ in {"it", "this", "that"} for c in token.head.children)
    return said_of_it or any(c.lower_ in _DEFINITE for c in token.children)
