"""Persons of the text meant by words that recognition leaves open: "Roe", "the American leader", "his counterpart"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import EntityKind, Ref
from kg.stages.relate.text import PERSONAL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.stages.relate.text import Text
    from kg.tokens import Token

_LEADING = frozenset({"leader", "chief", "boss", "statesman", "president", "premier"})
_TWO = 2
_NO_NAMES = frozenset({"DATE", "TIME", "MONEY"})


def proper(head: Token) -> bool:
    """Whether a word that no list knows may be a name: "Nordlink said"."""
    return head.pos_ == "PROPN" and head.text[:1].isupper() and head.ent_type_ not in _NO_NAMES


def known_person(text: Text, head: Token, last: Sequence[Ref]) -> Ref | None:
    """The person of the text that a noun phrase means, where recognition gave none; `last` is who spoke before."""
    named = text.entity(head)
    if named is None and proper(head):
        fits = [p for p in _people(text) if head.text in text.entities[p].label.split()]
        return fits[0] if len(fits) == 1 else None
    if head.lemma_ == "counterpart" and named is None:
        return _counterpart(text, head, last)
    article = any(c.lower_ == "the" for c in head.children)
    unnamed = named is None or text.kind(named) is EntityKind.SOURCE
    if head.lemma_.lower() in _LEADING and article and unnamed and head.tag_ in {"NN", "NNP"}:
        state = _state_before(text, head)
        return _latest(text, head, state) if state is not None else _other(text, last)
    if article and named is not None and text.kind(named) is EntityKind.COUNTRY and head.tag_ in {"NN", "NNP", "JJ"}:
        plural = head.lower_.endswith(("ss", "ese", "ish", "ch"))  # "the Swiss wanted"
        nationality = head.text not in text.entities[named].label and not plural  # not "the United States said"
        return _latest(text, head, named) if nationality and text.office(head) is None else None
    return None


def _people(text: Text) -> list[Ref]:
    return sorted(ref for ref, e in text.entities.items() if e.kind is EntityKind.PERSON)


def _state_before(text: Text, head: Token) -> Ref | None:
    """The state named in a phrase: "the American leader"."""
    found = (text.entity(t) for t in head.children if t.i < head.i)
    return next((r for r in found if r is not None and text.kind(r) in {EntityKind.COUNTRY, EntityKind.BLOC}), None)


def _latest(text: Text, head: Token, state: Ref) -> Ref | None:
    """The person of a state who was named last before a word, or else the only one."""
    ours = [p for p in _people(text) if text.entities[p].country == state]
    before = [m.entity for m in text.mentions.mentions if m.end <= head.idx and m.entity in ours]
    return before[-1] if before else ours[0] if len(ours) == 1 else None


def _other(text: Text, last: Sequence[Ref]) -> Ref | None:
    """Of two persons in the text the one who did not speak before."""
    people = _people(text)
    if len(people) != _TWO or len(last) != 1 or last[0] not in people:
        return None
    return people[people[0] == last[0]]


def _counterpart(text: Text, head: Token, last: Sequence[Ref]) -> Ref | None:
    """The other of two persons: "his counterpart"."""
    owner = next((c for c in head.children if c.dep_ == "poss"), None)
    if owner is None:
        return None
    if owner.lower_ in PERSONAL and len(last) == 1:
        return _other(text, last)
    mine = text.who(owner)
    return _other(text, [mine.ref]) if mine is not None else None
