"""The rates that one part of a line in a list or table states."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from kg.stages.relate.tariffs.group import Amount, Group
from kg.stages.relate.tariffs.old_rates import stepped_in

if TYPE_CHECKING:
    from kg.stages.relate.text import Text

_FREE = re.compile(r"\b(?:zero|nil|duty[- ]free|exempt|none)\b", re.IGNORECASE)
_BESIDE = re.compile(r"\s*[(\[](?P<bare>\d{1,3}(?:\.\d+)?|free|zero|nil)[)\]]", re.IGNORECASE)  # "100 pct (20)"


def amounts_in(text: Text, part: tuple[int, int]) -> list[Amount]:
    """The percentages of a part; a bare number where the column says "percent"."""
    inside = [q for q in text.mentions.quantities if part[0] <= q.start < part[1]]
    first = inside[0] if inside else None
    if first is not None and first.value is None:  # "30% to 120%", no range behind a label
        steps = stepped_in(": ", text.document.text[first.start : first.end])
        return [Amount(Decimal(n), first.start + start, first.start + end) for n, start, end in steps]
    percent = [Amount(q.value, q.start, q.end) for q in inside if q.kind == "percent" and q.value is not None]
    words = text.document.text[part[0] : part[1]]
    beside = _BESIDE.match(text.document.text, percent[0].end, part[1]) if len(percent) == 1 else None
    if beside is not None:
        bare = beside["bare"]
        percent.append(Amount(Decimal(bare if bare[0].isdigit() else 0), beside.start("bare"), beside.end("bare")))
    if percent or re.fullmatch(r"\s*\d{1,3}(?:\.\d+)?\s*", words) is None:
        return percent
    return [Amount(Decimal(words.strip()), *part)]  # the column says "percent"


def free_in(text: Text, part: tuple[int, int]) -> list[Amount]:
    """As in "duty-free", "none"."""
    match = _FREE.search(text.document.text[part[0] : part[1]])
    return [Amount(Decimal(0), part[0] + match.start(), part[0] + match.end())] if match else []


def group_of(text: Text, rates: list[Amount], previous: Amount | None) -> Group | None:
    """The group of the first of some rates, with the one before it."""
    if not rates:
        return None
    span = text.tokens(rates[0].start, rates[0].end)
    ends = max(rates[0].end, previous.end if previous is not None else 0)
    return Group(rates[:1], span[0], span[-1], previous=previous, words=(rates[0].start, ends), ends=[span[-1]])
