"""The states of a list that the text gives of those who negotiate: "the six - Britain, China, France, ..."."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, cached_property
from typing import TYPE_CHECKING

from kg.lexicon import table
from kg.model import Entity, EntityKind, Ref
from kg.stages.relate.sides import Sides
from kg.states import country_entity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.stages.relate.references import Actor
    from kg.tokens import Token

_JOINED = re.compile(r"\s*(?:,|/|&|\band\b|\bas well as\b|\bplus\b)?(?:,?\s*(?:and|the)\b)*\s*", re.IGNORECASE)
_AND_OTHERS = re.compile(r",? (?:and|plus) (?:\w+|\d+) (?:other|more)\b")
_MANY = 4  # states of a list; three where others are counted behind them
_TALK = frozenset({"minister", "negotiator", "leader", "official", "power", "member", "delegation", "diplomat", "six",
                   "envoy", "talk", "representative", "director", "negotiation", "delegate", "bloc"})  # fmt: skip
_MANY_SIDES = 3
NUMBERS = {"two": 2, "both": 2, "three": 3, "four": 4, "pair": 2, "duo": 2, "trio": 3, "five": 5, "six": 6}
_OPENS = frozenset({",", "(", ":", "-", "–", "—"})
_SIX = frozenset({"six", "six-power", "sextet"})


def counted(head: Token) -> Token:
    """The number of "The two last met in May", where the parse takes "last" for a noun."""
    numbers = (c for c in head.children if c.dep_ == "nummod" and c.lower_ in NUMBERS)
    return next(numbers, head) if head.lower_ in {"last", "first", "next"} else head


@cache
def _members(code: str) -> tuple[Entity, ...]:
    """The states of which everybody knows that a bloc is made of them."""
    return tuple(country_entity(row[1]) for row in table("bloc_members") if row[0] == code)


class Listed(Sides):
    """Groups of states that negotiate as one."""

    @cached_property
    def listed(self) -> list[Ref]:
        """The longest such list of the text, in a sentence that tells of those who negotiate."""
        kinds = {EntityKind.COUNTRY, EntityKind.BLOC}
        named = [m for m in sorted(self.mentions.mentions, key=lambda m: m.start) if self.kind(m.entity) in kinds]
        best: list[Ref] = []
        run: list[Ref] = []
        for n, mention in enumerate(named):
            between = self.document.text[named[n - 1].end : mention.start] if run else ""
            joined = bool(run) and mention.start > named[n - 1].end and _JOINED.fullmatch(between) is not None
            run = [*run, mention.entity] if joined else [mention.entity]
            others = _AND_OTHERS.match(self.document.text, mention.end) is not None
            enough = len(set(run)) >= _MANY - others and len(set(run)) > len(best)
            if enough and any(t.lemma_.lower() in _TALK for t in self.token(mention.start).sent):
                best = list(dict.fromkeys(run))
        return best

    def members_of(self, bloc: Ref) -> list[Ref]:
        """The states of which the text says or everybody knows that a pact or group is made of them."""
        code = self.entities[bloc].code or ""
        if bloc == self.pact:
            return self.listed
        known = _members(code)
        self.entities.update({state.id: state for state in known if state.id not in self.entities})
        return [state.id for state in known]

    @cached_property
    def powers(self) -> list[Ref]:
        """The states that "the six powers" stand for, or a group of few that the text names: "the E3"."""
        told = any(t.lower_ in {"powers", "p5"} or t.lower_ in _SIX for t in self.doc)
        if told and self.listed:
            return [state for state in self.listed if self.kind(state) is EntityKind.COUNTRY]
        blocs = [ref for ref, e in sorted(self.entities.items()) if e.kind is EntityKind.BLOC and ref != self.pact]
        return next((found for bloc in blocs if (found := self.members_of(bloc))), [])

    @property
    def likely_sides(self) -> list[Ref]:
        """The sides of the talks; of a group of powers each one."""
        return self._with_powers(super().likely_sides)

    @cached_property
    def negotiating(self) -> list[Ref]:
        """The sides of the talks; of talks of the members of a pact, the pact."""
        return self._with_powers(super().negotiating)

    def _with_powers(self, sides: list[Ref]) -> list[Ref]:
        return list(dict.fromkeys([*sides, *self.powers])) if sides and self.pact is None else sides

    def so_many(self, number: int | None) -> list[Ref]:
        """As in "the four countries": the states that the text joins by "and" most often, where they are just so many.

        Of two one knows who they are by the sides of the talks.
        """
        if number is None or number < _MANY_SIDES or len(self.likely_sides) == number:
            return []
        kinds = {EntityKind.COUNTRY, EntityKind.BLOC}
        told: Counter[frozenset[Ref]] = Counter()
        for head in self.doc:
            if head.dep_ == "conj" or not any(c.dep_ == "conj" for c in head.children):
                continue
            named = (self.entity(t) for t in self.conjuncts(head) if t.tag_ != "NNPS")  # not "the Europeans, Britain"
            states = frozenset(r for r in named if r is not None and self.kind(r) in kinds)
            told[states] += 1
        return max(((told[s], sorted(s)) for s in told if len(s) == number), default=(0, []))[1]

    def spelled_out(self, head: Token, number: int | None) -> list[Actor]:
        """As in "the three Europeans, Britain, France and Germany": the states of the list, of which none is a bloc."""
        opens = head.i + 2 < len(self.doc) and self.doc[head.i + 1].text in _OPENS
        first = self.doc[head.i + 2] if number and opens else None
        if first is None or first.head != head or first.dep_ not in {"conj", "appos"}:
            return []
        states = [a for t in self.conjuncts(first) if (a := self.who(t)) is not None]
        all_states = all(self.kind(a.ref) is EntityKind.COUNTRY for a in states)
        return states if all_states and len(states) == number else []

    def lists(self, spans: list[tuple[int, int]]) -> Iterator[list[Ref]]:
        """The persons joined to each name within these tokens."""
        for start, end in spans:
            for mention in self.persons_between(start, end):
                head = self.doc[self.tokens(mention.start, mention.end)[-1]]
                joined = (self.who(t) for t in self.conjuncts(head))
                yield list(dict.fromkeys(a.ref for a in joined if a is not None and self.is_person(a)))
