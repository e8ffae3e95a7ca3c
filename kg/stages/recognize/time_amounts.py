"""Lengths of time in words or digits -> numbers with their units: "an hour and a half", "two to three weeks"."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from kg.stages.recognize.time_patterns import lexicon

_SIGNS = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}
Amount = tuple[tuple[Decimal | None, str], ...]


def amount_of(groups: dict[str, str]) -> Amount:
    """Numbers and units of a length, by the groups of its pattern."""
    if "half" in groups:
        part = Decimal("0.5") if "half" in groups["half"] else Decimal("0.25")
        return ((Decimal("0.75") if groups["half"].startswith("three") else part, unit_of(groups["unit0"])),)
    tail = groups.get("tail") or groups.get("tail2") or ""
    parts = {"half": "0.5", "quarter": "0.25", "": "0"}
    number = count(groups["n"])
    first = None if number is None else number + Decimal(parts.get(tail, "0.75"))
    found: Amount = ((first, unit_of(groups["unit"])),)
    return (*found, (count(groups["n2"]), unit_of(groups["unit2"]))) if "n2" in groups else found


def count(words: str) -> Decimal | None:
    """The number that words or digits state; None for "several"."""
    if words in lexicon("vague number"):
        return None
    if words in lexicon("pair"):
        return Decimal(lexicon("pair")[words])
    total = Decimal(0)
    for word in re.split(r"[-\s]", words):
        if "/" in word:
            fraction = Fraction(word)
            total += Decimal(fraction.numerator) / Decimal(fraction.denominator)
        elif word[0].isdigit():
            total += Decimal(word.rstrip("½¼¾")) + _SIGNS.get(word[-1], Decimal(0))
        elif word in {"a", "an"}:
            total = max(total, Decimal(1))
        elif word == "hundred":
            total = max(total, Decimal(1)) * 100
        else:
            total += Decimal(lexicon("number")[word])
    return total


def unit_of(word: str) -> str:
    """The TIMEX3 unit of a word."""
    return (lexicon("unit") | lexicon("calendar unit") | lexicon("season"))[word]
