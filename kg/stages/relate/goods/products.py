"""Goods of trade: noun phrases of a text, and the concepts with HS headings that they fall under."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from kg.iris import ref
from kg.lexicon import table
from kg.model import Entity, EntityKind, Ref

if TYPE_CHECKING:
    from kg.stages.relate.text import Text
    from kg.tokens import Token

Named = tuple[Ref, int, int]  # a state and the characters that name it

_STATES = frozenset({EntityKind.COUNTRY, EntityKind.BLOC, EntityKind.PLACE})
_CURRENCIES = frozenset({"dollar", "yuan", "franc", "peso", "rupee", "pound", "yen", "krone", "krona", "ringgit"})
_ORIGIN = re.compile(r"(?: (?:\w+ed|made|grown))? (?:from|of|in)(?: the)? ?$")  # behind goods, before their state
_LONGEST = 4  # words of a name of goods in the lexicon: "upholstered furniture and cabinets"


@dataclass(slots=True)
class Goods:
    """A noun phrase for goods."""

    label: str
    start: int
    end: int
    generic: bool  # goods of any kind: "most Indian goods"
    head: str  # lemma
    states: list[Named]
    concept: tuple[str, str] | None  # name and HS heading
    instance: bool = False  # named as an example: "goods, including steel"

    @property
    def name(self) -> Ref:
        """The name of the goods' node."""
        return ref("product", self.label)

    @property
    def key(self) -> str:
        """What tells kinds of goods apart; empty for goods of any kind."""
        return "" if self.generic else self.concept[0] if self.concept else self.head

    @property
    def of_state(self) -> bool:
        """Whether the phrase ends with the state whose goods they are: "potash from Canada"."""
        return any(self.start < start and end == self.end for _, start, end in self.states)

    @property
    def bare(self) -> str:
        """The words without a state before them: "cars" of "Japanese cars"."""
        lead = max((end - self.start for _, start, end in self.states if start == self.start), default=0)
        return self.label[lead:].strip() or self.label

    @property
    def _anywhere(self) -> str:
        """The words without the state they come from: "cement" of "Peruvian cement", "cement from Peru"."""
        if self.generic or self.label != self.bare or not self.of_state:
            return self.label if self.generic else self.bare
        first = min(start for _, start, end in self.states if end == self.end)
        return _ORIGIN.sub("", self.label[: first - self.start]).strip() or self.label

    def entities(self) -> tuple[Entity, ...]:
        """The goods in the words of the text, and the concept that they fall under: at least those of any origin."""
        label, heading = self.concept or (self._anywhere, "")
        if label == self.label and self.concept is None:
            return (Entity(self.name, EntityKind.PRODUCT, self.label),)
        broader = Entity(ref("product", label), EntityKind.PRODUCT, label, code=heading or None)
        if broader.id == self.name:
            return (broader,)
        return (Entity(self.name, EntityKind.PRODUCT, self.label, within=broader.id), broader)


@cache
def _concepts() -> dict[str, tuple[str, str]]:
    return {row[0]: (row[1], row[2]) for row in table("products")}


@lru_cache(maxsize=10_000)  # the same goods are asked for by many rules
def concept(words: str) -> tuple[str, str] | None:
    """The concept and HS heading of goods by the longest known words in them, the last of equal length.

    >>> concept("imported automobiles")
    ('car', '8703')
    """
    parts = [part.strip(",.'\"“”") for part in words.lower().replace(" - ", "-").replace("’", "'").split()]
    parts = [re.sub(r"(?<=\w\w\w)-?makers?$", "", part) for part in parts]  # "carmakers" are charged for cars
    for size in range(min(_LONGEST, len(parts)), 0, -1):
        for start in range(len(parts) - size, -1, -1):
            found = _concepts().get(" ".join(parts[start : start + size]))
            if found:
                return found
    return None


def known(token: Token) -> bool:
    """Whether a single word names goods of the lexicon."""
    return token.lower_ in _concepts()


def state_at(text: Text, i: int) -> Named | None:
    """The state that a token names, as a country, a demonym or a capital."""
    entity = text.entity(text.doc[i])
    if entity is None or text.kind(entity) not in _STATES:
        return None
    if i + 1 < len(text.doc) and text.doc[i + 1].lemma_ in _CURRENCIES:
        return None  # "30 billion U.S. dollars' worth of goods"
    state = text.state(entity)
    return (state, *text.span_of(i)) if state is not None else None


def unique(states: list[Named]) -> list[Named]:
    """Each state once, where it is named first."""
    return list({s[0]: s for s in reversed(states)}.values())[::-1]
