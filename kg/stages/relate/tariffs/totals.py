"""What a rate comes to with others: "pays 26.4 percent, which would become 76.4", "that makes 31 percent in all"."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from kg.stages.relate.tariffs.group import Amount, single
from kg.stages.relate.tariffs.words import spoken

if TYPE_CHECKING:
    from kg.stages.relate.tariffs.frame import Frame
    from kg.stages.relate.text import Text
    from kg.tokens import Span

_TOTAL = re.compile(
    r"\b(?:that|this|which|it|they|the (?:rate|total|sum|duty|tariff))\s+"
    r"(?:(?P<ahead>would|will|could)\s+(?:then |thus |soon )?"
    r"(?:be|become|make|come to|add up to|amount to|reach|total|mean)"
    r"|makes?|becomes?|adds? up to|comes? to|came to|amounts? to|totals?)\s+"
    r"(?:a (?:total|sum) of |altogether |together |in all )?(?P<rate>\d{1,3}(?:\.\d+)?)"
    r"(?=\s?%|\s(?:percent|per cent)\b|[.,;](?:\s|$)|\sin all\b|\saltogether\b|\stogether\b|$)",
    re.IGNORECASE,
)
_HIGHEST = 300
_NEAR = 60  # tokens between a rate and what it comes to


def totals(text: Text, sent: Span, here: list[Frame], found: list[Frame]) -> list[Frame]:
    """The tariffs of a sentence with the rates that those told before come to.

    Args:
        text: The document.
        sent: The sentence.
        here: The tariffs read in it.
        found: Those read before.
    """
    told = [f for f in here if f.group is not None]
    more: list[Frame] = []
    for match in _TOTAL.finditer(spoken(sent)):
        at = sent.start_char + match.start("rate")
        rate = Amount(Decimal(match["rate"]), at, at + len(match["rate"]))
        claimed = any(f.group is not None and f.group.words[0] <= at < f.group.words[1] for f in told)
        base = next((f for f in reversed([*found, *here]) if f.rates and f.at.idx < at), None)
        near = base is not None and sent.start - base.sent.end < _NEAR
        if claimed or base is None or not near or rate.value > _HIGHEST or base.group is None:
            continue
        if base.group.rates[0].value >= rate.value:
            continue
        group = single(text, rate, base.group.rates[0] if match["ahead"] else None)
        frame = replace(base, sent=sent, at=text.doc[group.first], rule="tariff-total", group=group, when=None)
        frame.leader = base
        if match["ahead"] and frame.status == "InForce":
            frame.status, frame.firm = "Threatened", True
        more.append(frame)
    return sorted([*here, *more], key=lambda f: f.at.i) if more else here
