"""The sides of the talks that an article tells of."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from itertools import takewhile
from typing import TYPE_CHECKING

from kg.lexicon import members, words
from kg.model import BlockKind, EntityKind, Ref
from kg.stages.relate.references import References

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model import Block, Mention
    from kg.tokens import Token
_BODY = frozenset({BlockKind.PARAGRAPH, BlockKind.BULLET, BlockKind.SPEAKER, BlockKind.SPEECH})
_DASHES = frozenset({"-", "–", "/"})
_MOST = 3  # of more states joined by "and" an article gives a list
_RARER = 3  # times less often than the one named most is a side named


class Sides(References):
    """Which states talk with each other."""

    @property
    def headings(self) -> Iterator[Block]:
        """The heading of the article and what stands right below it as one."""
        first = takewhile(lambda b: b.kind not in _BODY, self.document.blocks)
        return (b for b in first if b.kind in {BlockKind.HEADLINE, BlockKind.SUBHEAD})

    @cached_property
    def parties(self) -> list[Ref]:
        """The states of the text: those named and those that its persons represent, most often first."""
        return sorted(self._votes, key=lambda ref: (-self._votes[ref], ref))

    @property
    def likely_sides(self) -> list[Ref]:
        """The sides of the talks, or the two states named most where the text joins none.

        Of a movement that talks and the states that mediate, the movement is a side. The members of a pact that a
        heading names negotiate with each other.
        """
        if self.pact is not None:
            return [self.pact]
        movements = [r for r in self.parties if self.is_movement(r) and self._votes[r] >= _RARER]
        return self.sides or list(dict.fromkeys([*self.parties[:1], *movements[:1], *self.parties[:2]]))[:2]

    @cached_property
    def pact(self) -> Ref | None:
        """The pact of many states that a heading names before any state: "RCEP Ministerial Meeting"."""
        for heading in self.headings:
            named = (m.entity for m in self.mentions.mentions if heading.start <= m.start < heading.end)
            first = next((s for ref in named if (s := self.state(ref)) is not None), None)
            if first is not None:
                code = self.entities[first].code or ""
                return first if code.lower() in members("event_company", "pact") else None
        return None

    @cached_property
    def sides(self) -> list[Ref]:
        """The states that the text joins most often ("Iran and the US", "Iran-US talks"); a host is not one of them."""
        dashes = {t.i - 1 for t in self.doc if t.text in _DASHES}
        heads = [t for t in self.doc if t.dep_ != "conj" and (t.children or t.i in dashes)]
        joined = Counter(found for token in heads if (found := frozenset(self._joined_states(token))))
        top = max(self._votes.values(), default=0)
        joined = Counter({
            s: n for s, n in joined.items()
            if 1 < len(s) <= _MOST and min(self._votes[r] for r in s) * _RARER >= top
        })  # fmt: skip
        if not joined:
            return []
        best = max(joined, key=lambda s: (joined[s] + min(self._votes[r] for r in s), sorted(s)))
        first = self.parties[0]
        rebels = [r for r in self.parties if self.is_movement(r) and self._votes[r] >= _RARER]
        if rebels and first not in {*best, *rebels} and all(self._votes[first] > self._votes[r] for r in best):
            return [first, rebels[0]]  # those joined mediate
        return sorted(best, key=lambda ref: (-self._votes[ref], ref))

    @cached_property
    def two_sides(self) -> list[Ref]:
        """The sides of the talks, where the article joins them, or speaks of two states far more than of any third."""
        if self.sides:
            return self.sides
        first = self.parties[:3]
        clear = len(first) == 2 or (len(first) == 3 and self._votes[first[2]] * 2 <= self._votes[first[1]])
        return first[:2] if clear else []

    @cached_property
    def negotiating(self) -> list[Ref]:
        """The sides of the talks; of talks of the members of a pact, the pact."""
        return self.two_sides if self.pact is None else [self.pact]

    @cached_property
    def _votes(self) -> Counter[Ref]:
        """How often each state is named, or somebody or something of it other than a place."""
        named = (m.entity for m in self.mentions.mentions
                 if self.kind(m.entity) is not EntityKind.PLACE and not self._in_city_state(m))  # fmt: skip
        return Counter(state for ref in named if (state := self.state(ref)) is not None)

    def _in_city_state(self, mention: Mention) -> bool:
        """Whether a state that is a city too is where something is: "met in Singapore"."""
        where = self.document.text.endswith(("in ", "In ", "to "), 0, mention.start)
        return where and self.entities[mention.entity].label in words("cities")

    def _joined_states(self, token: Token) -> Iterator[Ref]:
        """The states of what is joined to a token by "and", a hyphen or "with"."""
        following = self.doc[token.i + 1].text if token.i + 2 < len(self.doc) else ""
        if following in _DASHES:
            yield from self._states_of([token, self.doc[token.i + 2]])
        elif any(c.dep_ == "conj" for c in token.children):
            yield from self._states_of(list(self.conjuncts(token)))

    def _apposed(self, token: Token) -> Ref | None:
        """The state or bloc that a noun is said to be: "the South American bloc Mercosur"."""
        near = (self.entity(t) for t in self.doc[token.i + 1 : token.i + 2])
        return next((r for r in near if r is not None and self.kind(r) is EntityKind.BLOC), None)

    def _states_of(self, tokens: list[Token]) -> list[Ref]:
        """The state of each, or nothing where one has none."""
        actors = [self._head_actor(t) for t in tokens]
        refs = [self.entity(t) or (a.ref if a is not None else self._apposed(t))
                for t, a in zip(tokens, actors, strict=True)]  # fmt: skip
        states = [self.state(ref) for ref in refs if ref is not None and self.kind(ref) is not EntityKind.PLACE]
        found = [s for s in states if s is not None]
        return found if len(found) == len(tokens) else []
