"""Canonical forms of literals, so that one value is always written in one way."""

from __future__ import annotations

import re
from decimal import Decimal

HALF = re.compile("[\ud800-\udfff]")  # half a pair of UTF-16, which no text in UTF-8 holds; of a word cut in two
_DURATION = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?")


def decimal_text(number: Decimal) -> str:
    """The canonical form of XML Schema 1.0 for xsd:decimal: `27.5`, `20.0`, never `20` or `27.50`."""
    whole, _, part = format(number, "f").partition(".")
    part = part.rstrip("0")
    return f"{'0' if whole == '-0' and not part else whole}.{part or '0'}"


def duration_text(minutes: Decimal) -> str:
    """The canonical form of an xsd:dayTimeDuration: 20 -> `PT20M`, 60 -> `PT1H`, 90.5 -> `PT1H30M30S`."""
    whole, seconds = divmod(minutes * 60, 60)
    hours, rest = divmod(int(whole), 60)
    days, hours = divmod(hours, 24)
    parts = ((str(hours), "H"), (str(rest), "M"), (decimal_text(seconds).removesuffix(".0"), "S"))
    clock = "".join(number + unit for number, unit in parts if number != "0")
    written = "P" + (f"{days}D" if days else "") + (f"T{clock}" if clock else "")
    return "PT0S" if written == "P" else written


def canonical_text(text: str, kind: str) -> str:
    """The text of a literal in canonical form.

    Args:
        text: As an engine gives it.
        kind: The local name of a datatype of XML Schema; only those change that engines write differently.
    """
    if kind == "decimal" and re.fullmatch(r"[+-]?(\d+(\.\d*)?|\.\d+)", text):
        return decimal_text(Decimal(text))
    if kind == "boolean":
        return {"1": "true", "0": "false"}.get(text, text)
    if kind == "dayTimeDuration" and (match := _DURATION.fullmatch(text)):
        days, hours, minutes, seconds = (Decimal(part or 0) for part in match.groups())
        return duration_text(days * 1440 + hours * 60 + minutes + seconds / 60)
    return text
