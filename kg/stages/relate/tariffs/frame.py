"""A tariff as one sentence tells it: the record that the tariff rules fill in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.stages.relate.goods.products import Goods, Named, unique
from kg.stages.relate.tariffs.acts import NOTHING, Act

if TYPE_CHECKING:
    from decimal import Decimal

    from kg.model import Time
    from kg.stages.relate.tariffs.grounds import Ground
    from kg.stages.relate.tariffs.group import Group
    from kg.tokens import Span, Token


_FURTHER = frozenset({"another", "further", "additional", "extra", "second"})


@dataclass(slots=True, eq=False)
class Frame:
    """A tariff as one sentence tells it; several goods or targets are as many tariffs."""

    sent: Span
    at: Token
    rule: str
    doing: Act = NOTHING  # what is done to it
    imposers: list[Named] = field(default_factory=list)
    targets: list[Named] = field(default_factory=list)
    goods: list[Goods] = field(default_factory=list)
    group: Group | None = None
    status: str | None = "InForce"
    firm: bool = False  # the words say the status plainly
    when: Time | None = None
    until: Time | None = None
    ground: Ground | None = None
    host: Token | None = None  # the tariff noun
    refers: bool = False  # speaks of a tariff told before: "the duty", "it"
    described: bool = False  # on goods of a state that is meant but not named
    bargained: bool = False  # what somebody came away with: "talked its way down to a tariff of 15 percent"
    strange: bool = False  # borne by something else than goods or states
    pair: bool = False  # on goods of "the two countries"
    by_modifier: bool = False  # the imposer is only a word before the noun: "the Swiss duty"
    stranger: bool = False  # a person does it whose state is not known
    deed: bool = False  # told as imposed, raised or threatened
    eased: bool = False  # to be charged less, though no agreement is told
    pays: bool = False  # the goods are the subject: "steel is hit by duties"
    answers: bool = False  # retaliatory
    background: bool = False  # what others come on top of: it is in force
    leader: Frame | None = None  # of a further rate of a list: the tariff told before it
    intro: Frame | None = None  # of a line of a list: the tariff that introduces the list
    labelled: bool = False  # of a list whose labels are those who impose
    maker: bool = False  # borne by a firm or by those who make the goods: "Doe Motors pays 17 percent"
    provoked: bool = False  # what another tariff answers: "in response to the duties on steel"

    @property
    def head(self) -> Frame:
        """The first tariff of the list that it is told in; itself where it is told alone."""
        return self if self.leader is None else self.leader.head

    @property
    def kind(self) -> str:
        """What is done to it in one word: see `Act`."""
        return self.doing.kind

    @property
    def taxed(self) -> list[Named]:
        """The states on whose goods it falls, each once."""
        return unique([*self.targets, *(s for g in self.goods for s in g.states)])

    @property
    def further(self) -> bool:
        """Whether it comes beside another at the same rate: "and another 25 percent"."""
        return any(t.lower_ in _FURTHER for t in self.at.doc[max(self.sent.start, self.at.i - 2) : self.at.i])

    @property
    def rates(self) -> set[Decimal]:
        """The rates stated."""
        return {a.value for a in self.group.rates} if self.group is not None else set()
