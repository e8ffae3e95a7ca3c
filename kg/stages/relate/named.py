"""The persons that a number or a word for leaders stands for: "the two", "both leaders", "his guests"."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kg.lexicon import mapping
from kg.model import EntityKind, Ref
from kg.stages.relate.clauses import SUBJECTS
from kg.stages.relate.listed import NUMBERS, Listed

if TYPE_CHECKING:

    from kg.tokens import Token

PAIR = 2
OF_RANK = {"minister": "minister", "envoy": "envoy", "negotiator": "negotiator", "secretary": "secretary",
           "president": "president", "premier": "prime minister"}  # fmt: skip
REACH, FAR = 3, 8  # sentences back in which "they", and "the two", find their persons


class Named(Listed):
    """Persons named before who are meant together."""

    def _leaders(self, token: Token, states: list[Ref]) -> list[Ref]:
        """The heads of state and government of these states, else of the sides of the talks, one for each.

        Not those who have left office, nor who does to them what the clause tells ("Doe phoned the two leaders").
        """
        wanted = states or self.likely_sides
        doing = self._doing(token)
        found: dict[Ref, Ref] = {}
        every: list[Ref] = []
        for office in self.mentions.offices:
            state, holder = Ref(f"country/{office.country}"), office.holder
            heads = mapping("offices").get(office.head) in {"head of state", "head of government"}
            if holder is None or not heads or self.kind(holder) is not EntityKind.PERSON or office.status == "Former":
                continue
            if holder not in doing:
                found.setdefault(state, holder)
                every += [holder] if state in states and holder not in every else []
        if len(every) > 1:  # "the European leaders" are the presidents of Council and Commission
            return every
        ours = [holder for state, holder in found.items() if state in wanted]
        if len(ours) < PAIR and not states:
            ours += [holder for holder in dict.fromkeys(found.values()) if holder not in ours]
        return ours[:PAIR] if len(ours) > 1 else states or wanted[:PAIR]

    def _pair_before(self, token: Token, states: list[Ref]) -> list[Ref]:
        """As in "President Doe said she would see President Roe. The two presidents": those just named so."""
        called = token.lemma_.lower()
        if states or self._how_many(token) != PAIR or called not in OF_RANK:
            return []
        holders = {o.holder for o in self.mentions.offices if o.head == OF_RANK[called]}
        others = {m.entity for m in self.persons_between(0, token.i)} - holders
        named = self._named_before(token, PAIR, self._doing(token) | others, 1)
        return named if len({self.state(ref) for ref in named} - {None}) == PAIR else []

    def _told_most(self, token: Token, doing: set[Ref]) -> list[Ref]:
        """As in "received his guests": the two told of most before, but not those of the host's state."""
        told = Counter(m.entity for m in self.persons_between(0, token.i))
        ours = {self.state(ref) for ref in doing}
        others = [ref for ref, _ in told.most_common() if ref not in doing and self.state(ref) not in ours]
        return others[:PAIR] if len(others) > 1 and doing else []

    def _doing(self, token: Token) -> set[Ref]:
        """Who does what the clause tells, in which a token is no subject."""
        return {a.ref for t in self._doers(token) if t.i != token.i and (a := self.who(t)) is not None}

    def _doers(self, token: Token) -> list[Token]:
        """The subjects of the clause in which a token is no subject itself."""
        verb = token.head
        while verb.pos_ not in {"VERB", "AUX"} and verb.head.i != verb.i:
            verb = verb.head
        return self.subjects(verb) if verb.pos_ == "VERB" else []

    def _how_many(self, token: Token) -> int | None:
        """The number in "the two", "all three ministers", "the pair"."""
        words = (token.lower_, *(c.lower_ for c in token.children))
        return next((NUMBERS[word] for word in words if word in NUMBERS), None)

    def _named_before(self, token: Token, number: int, doing: set[Ref], reach: int = REACH) -> list[Ref]:
        """The last persons named before: a list of just so many joined by "and", else the nearest that many.

        Not those who do what the clause tells: "Doe phoned both", "Doe received his guests".
        """
        sent = token.sent
        spans = [(sent.start, token.i), *((s.start, s.end) for s in self.sentences_before(sent, reach))]
        listed = (found for found in self.lists(spans) if len(found) == number and not doing & set(found))
        if number > PAIR and (listed_first := next(listed, None)):
            return listed_first
        seen: list[Ref] = []
        for start, end in spans:
            here = [m.entity for m in self.persons_between(start, end) if m.entity not in doing]
            here = list(dict.fromkeys(here))
            if len(here) >= number:
                return here[-number:] if start == sent.start else here[:number]
            seen = [*here, *(r for r in seen if r not in here)]
            if len(seen) >= number:  # told of one by one
                return next(listed, seen[:number])
        told = reach == REACH and token.dep_ in SUBJECTS and self._how_many(token) and token.lower_ != "both"
        found = self._named_before(token, number, doing, FAR) if told else []  # "The two agreed to meet"
        return found if len({self.state(ref) for ref in found}) > 1 else []
