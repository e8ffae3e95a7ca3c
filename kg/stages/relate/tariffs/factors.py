"""Rates told by a factor: "doubled to 50 percent" tells the rate before, "doubled the 25 percent" the new one."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from kg.stages.relate.tariffs.group import Amount
from kg.stages.relate.tariffs.words import is_tariff, verb_class

if TYPE_CHECKING:
    from kg.stages.relate.tariffs.group import Group
    from kg.stages.relate.text import Text
    from kg.tokens import Span, Token

_FACTOR_REACH = 12  # tokens from "quadruple" to "100 percent" in "quadruple the duty on cars from China to 100 percent"
_PERCENT = frozenset({"%", "percent", "pct"})
_STEPS = 3  # up from a rate to the subject that it belongs to
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
    subject = _subject(text.doc[group.last])
    if group.rates and group.previous is None and subject is not None:  # "The 50 percent is to be halved"
        verbs = [subject.head, *(c for c in subject.head.children if c.dep_ == "xcomp")]
        alone = (v for v in verbs if v.i > group.last and not _leads_on(v))
        changed = next((v for v in alone if v.lower_ in _FACTORS), None)
        if changed is not None:
            value = _plain(group.rates[0].value * _FACTORS[changed.lower_])
            group.previous, group.rates = group.rates[0], [Amount(value, changed.idx, changed.idx + len(changed))]
            return
    for i in range(max(sent.start, group.first - _FACTOR_REACH), group.first):
        times = _FACTORS.get(text.doc[i].lower_)
        nearly = i > sent.start and text.doc[i - 1].lower_ in {"nearly", "almost", "than", "roughly", "about"}
        if times is None or nearly or not group.rates or group.previous is not None:
            continue
        between = text.doc[i + 1 : group.first]
        if any(verb_class(t) & {"lower", "raise"} or t.lower_ in _PERCENT for t in between):
            continue  # "halved to 75 percent at once and lowered to 40", "halved from 150 to 75 percent and fall to 40"
        amount, link = group.rates[0], text.doc[group.first - 1].lower_
        if link == "to":
            group.previous = Amount(_plain(amount.value / times), text.doc[i].idx, amount.end)
        elif link == "from" or text.doc[group.first - 1].pos_ in {"DET", "PRON"}:
            group.previous = amount
            group.rates = [Amount(_plain(amount.value * times), text.doc[i].idx, amount.end)]


def stepped(group: Group, kind: str) -> None:
    """As in "raised the duty by 25 percentage points, to 50 percent": what it was before."""
    step = group.added
    if kind != "raise" or not group.points or step is None or len(group.rates) != 1 or group.previous is not None:
        return
    rate = group.rates[0]
    if rate.value >= step.value:
        before = _plain(rate.value - step.value)
        group.previous = Amount(before, min(rate.start, step.start), max(rate.end, step.end))


def _subject(rate: Token) -> Token | None:
    """The subject that a rate is or belongs to: "The 25 percent duty doubled", "The duty, 25 percent since May, is"."""
    token = rate
    for _ in range(_STEPS):
        if token.dep_ in {"nsubj", "nsubjpass"}:
            return token if token.head.i > rate.i and (token == rate or is_tariff(token)) else None
        token = token.head
    return None


def _leads_on(verb: Token) -> bool:
    """Whether a verb tells what it leads to itself or acts on something else: "doubled to 50", "doubled prices"."""
    behind = verb.doc[verb.i + 1 : verb.i + 3].text.lower()
    return behind.startswith(("to ", "from ")) or any(c.dep_ == "dobj" for c in verb.children)


def _plain(value: Decimal) -> Decimal:
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
