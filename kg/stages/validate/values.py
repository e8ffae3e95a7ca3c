"""Literals as the shapes compare them: whether one is well formed, and its place in an order."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.dates import is_day
from kg.iris import PREFIXES
from kg.ntriples import unquoted

if TYPE_CHECKING:
    from collections.abc import Callable

_XSD = PREFIXES["xsd"]
_FORMS: dict[str, Callable[[str], object]] = {
    "string": lambda _: True,
    "boolean": re.compile("true|false|0|1").fullmatch,
    "integer": re.compile(r"[+-]?\d+").fullmatch,
    "decimal": re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)").fullmatch,
    "date": is_day,
    "gYearMonth": re.compile(r"\d{4}-(0[1-9]|1[0-2])").fullmatch,
    "gYear": re.compile(r"\d{4}").fullmatch,
    "time": re.compile(r"([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?").fullmatch,
    "dayTimeDuration": re.compile(r"-?P(?=.)(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?").fullmatch,
}
_NUMBERS = ("integer", "decimal")


@lru_cache(maxsize=65536)
def datatype(term: str) -> str | None:
    """The IRI of a literal's datatype if its words have that form, else None; None also for a name."""
    if term[0] != '"':
        return None
    words, kind, _ = unquoted(term)
    form = _FORMS.get(kind.removeprefix(_XSD))
    return kind if form is None or form(words) else None


@lru_cache(maxsize=65536)
def place(term: str) -> tuple[str, Decimal | str] | None:
    """What a literal is compared by: its kind, and the number or the words; None for what has no order."""
    kind = datatype(term)
    if kind is None:
        return None
    name = kind.removeprefix(_XSD)
    words = unquoted(term)[0]
    return ("number", Decimal(words)) if name in _NUMBERS else (name, words)


def at_most(one: str, other: str, *, strictly: bool) -> bool:
    """Whether a literal is not above another, or below it; False where they have no common order."""
    first, second = place(one), place(other)
    if first is None or second is None or first[0] != second[0]:
        return False
    return first < second or (not strictly and first == second)
