"""Rates told by a factor: "doubled to 50 percent" tells the rate before, "doubled the 25 percent" the new one."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from kg.stages.relate.tariffs.group import Amount

if TYPE_CHECKING:
    from kg.stages.relate.tariffs.group import Group
    from kg.stages.relate.text import Text
    from kg.tokens import Span

_FACTOR_REACH = 12  # tokens from "quadruple" to "100 percent" in "quadruple the duty on cars from China to 100 percent"
_FACTORS = {
    "double": Decimal(2), "doubled": Decimal(2), "doubling": Decimal(2), "doubles": Decimal(2), "triple": Decimal(3),
    "tripled": Decimal(3), "triples": Decimal(3), "quadruple": Decimal(4), "quadrupled": Decimal(4),
    "quadruples": Decimal(4), "halve": Decimal("0.5"), "halved": Decimal("0.5"), "halving": Decimal("0.5"),
    "halves": Decimal("0.5"),
}  # fmt: skip


def is_subject(text: Text, group: Group) -> bool:
    """Whether a rate is what a verb behind it tells of: "The 50 percent will fall to 10"."""
    return text.doc[group.last].dep_ in {"nsubj", "nsubjpass"} and text.doc[group.last].head.i > group.last


def factor(text: Text, group: Group, sent: Span) -> None:
    """As in "doubled to 50 percent" tells the rate before; "doubled the 25 percent tariff" the new one."""
    if group.rates and group.previous is None and is_subject(text, group):  # "The 50 percent is to be halved"
        verb = text.doc[group.last].head
        verbs = [verb, *(c for c in verb.children if c.dep_ == "xcomp")]
        passive = (v for v in verbs if any(c.dep_ == "auxpass" for c in v.children))
        changed = next((v for v in passive if v.lower_ in _FACTORS), None)
        if changed is not None:
            value = _plain(group.rates[0].value * _FACTORS[changed.lower_])
            group.previous, group.rates = group.rates[0], [Amount(value, changed.idx, changed.idx + len(changed))]
            return
    for i in range(max(sent.start, group.first - _FACTOR_REACH), group.first):
        times = _FACTORS.get(text.doc[i].lower_)
        nearly = i > sent.start and text.doc[i - 1].lower_ in {"nearly", "almost", "than", "roughly", "about"}
        if times is None or nearly or not group.rates or group.previous is not None:
            continue
        amount, link = group.rates[0], text.doc[group.first - 1].lower_
        if link == "to":
            group.previous = Amount(_plain(amount.value / times), text.doc[i].idx, amount.end)
        elif link == "from" or text.doc[group.first - 1].pos_ in {"DET", "PRON"}:
            group.previous = amount
            group.rates = [Amount(_plain(amount.value * times), text.doc[i].idx, amount.end)]


def _plain(value: Decimal) -> Decimal:
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
