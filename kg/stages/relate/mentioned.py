"""Events and tariffs that a statement speaks of without telling them: "called the talks useful", "the rate is high"."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from kg.lexicon import table
from kg.model import EVENTS, Claim, FactKind, Ref

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from kg.stages.relate.text import Text

_EVENTS = {row[0]: FactKind(row[1]) for row in table("event_words") if len(row) > 2 and row[2] in {"noun", "vague"}}
_TARIFFS = frozenset({"tariff", "rate", "duty", "levy", "surcharge"})
_PERCENT = frozenset({"%", "percent", "pct"})
_TALKS = frozenset({FactKind.MEETING, FactKind.ROUND, FactKind.SUMMIT, FactKind.CALL})
_VAGUE = frozenset({"talk", "exchange", "conversation", "discussion", "negotiation", "dialogue", "consultation"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "their", "his", "her", "its", "our"})
_AHEAD = frozenset({"Planned", "Sought"})


def told_before(text: Text, claims: Sequence[Claim], content: list[tuple[int, int]], here: Sequence[Claim],
                speakers: Sequence[Ref]) -> list[Claim]:  # fmt: skip
    """What was told before the first definite event noun, and the first definite tariff noun, of what is said.

    Of several it is the last that the speakers or their states have a part in; of tariffs all of its sentence. `here`
    are the facts told in the words themselves: where these have an event or a tariff, none is sought.
    """
    nouns = [t for a, b in content for t in text.doc[a:b] if _definite(t)]
    states = {text.state(r) for r in speakers if r in text.entities} | set(speakers)
    found = []
    for family in (EVENTS, frozenset({FactKind.TARIFF})):
        noun = next((t for t in nouns if _kinds(t) & family), None)
        if noun is None or any(c.kind in family for c in here):
            continue
        before = [c for c in claims if c.kind in _kinds(noun) and c.evidence.words[0] < noun.idx]
        if any(c.lower_ == "next" for c in noun.children):
            before = [c for c in before if any(a.property == "status" and a.value in _AHEAD for a in c.assertions)]
        firm = [c for c in before if not c.anaphoric] or before
        rate = _rate(noun)
        if rate is not None:
            firm = [c for c in firm if any(a.property == "rate" and a.value == rate for a in c.assertions)]
        ours = [c for c in firm if any(a.value in states for a in c.assertions if isinstance(a.value, Ref))] or firm
        last = max(ours, key=lambda c: c.evidence.words, default=None)
        if last is not None and FactKind.TARIFF in family and noun.tag_ == "NNS":  # "the tariffs" of one sentence
            found += [c for c in ours if c.evidence.start == last.evidence.start]
        elif last is not None:
            found.append(last)
    return found


def _kinds(noun: Token) -> frozenset[FactKind]:
    lemma = noun.lemma_.lower()
    if lemma in _TARIFFS | _PERCENT:
        return frozenset({FactKind.TARIFF})
    if lemma in _VAGUE:
        return _TALKS
    return frozenset({_EVENTS[lemma], FactKind.ROUND} if lemma in {"meeting", "session"} else {_EVENTS[lemma]}) & EVENTS


def _rate(noun: Token) -> Decimal | None:
    """The number of "the 20% is temporary"."""
    number = next((c.text for c in noun.children if c.dep_ == "nummod" and noun.lemma_.lower() in _PERCENT), None)
    return Decimal(number) if number is not None and re.fullmatch(r"\d+(?:\.\d+)?", number) else None


def _definite(token: Token) -> bool:
    """Whether a noun goes back to what was told: "the talks", "it was a good conversation"."""
    lemma = token.lemma_.lower()
    if token.pos_ != "NOUN" or lemma not in {*_EVENTS, *_TARIFFS, *_PERCENT} or token.dep_ in {"compound", "amod"}:
        return False
    said_of_it = token.dep_ == "attr" and any(c.lower_ in {"it", "this", "that"} for c in token.head.children)
    return said_of_it or any(c.lower_ in _DEFINITE for c in token.children)
