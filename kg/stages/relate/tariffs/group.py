"""What the percentages that tell one tariff are put together to: the rate, the one before it, what was added."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from decimal import Decimal

    from kg.stages.relate.text import Text


class Amount(NamedTuple):
    """A number with the characters that state it."""

    value: Decimal
    start: int
    end: int


@dataclass(slots=True)
class Group:
    """Percentages that state one tariff, or several told "respectively"; tokens [first, last]."""

    rates: list[Amount]
    first: int
    last: int
    previous: Amount | None = None
    added: Amount | None = None
    words: tuple[int, int] = field(default=(0, 0))
    ends: list[int] = field(default_factory=list)  # last token of each percentage
    tokens: frozenset[int] = frozenset()  # of the percentages themselves
    points: bool = False  # percentage points
    bare: bool = False  # a number without "percent": "paying 50 since June"
    dropped: bool = False  # the rate before was only threatened: "from the 32 percent that had been threatened"
    now: bool = False  # told as the rate that holds or held: "now 25 percent", "25 percent since March"
    olds: list[Amount] = field(default_factory=list)  # the rates before, of several goods in step

    def lead_to(self, new: list[Amount]) -> None:
        """Make the rates told those before others: "the duties of 5 and 10 percent on A and B go to zero"."""
        self.start_from(self)
        self.rates = new

    def start_from(self, old: Group) -> None:
        """Take the rates of another group for those before."""
        self.previous, self.olds = old.rates[0], list(old.rates)


def single(text: Text, rate: Amount, previous: Amount | None = None) -> Group:
    """The group of a rate that stands alone in a line or step."""
    span = text.tokens(rate.start, rate.end)
    words = (rate.start, rate.end)
    return Group([rate], span[0], span[-1], previous=previous, words=words, ends=[span[-1]], tokens=frozenset(span))
