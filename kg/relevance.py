"""Whether a text shows any sign of negotiations: the gate of `--only-relevant`, before any parsing.

A text passes with a word that begins as one of `signs.tsv` does, and the name of an office, a state or a bloc.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.lexicon import table
from kg.stages.recognize.geography import country

if TYPE_CHECKING:
    from collections.abc import Iterable

_CAPITALISED = re.compile(r"[A-ZÀ-Þ][\w.'’-]*")


def relevant(text: str) -> bool:
    """Whether the text may give facts; comments and all, since they stand with their article."""
    return bool(_signs().search(text)) and (bool(_offices().search(text)) or _names_a_state(text))


@cache
def _signs() -> re.Pattern[str]:
    return _beginnings(row[0] for row in table("signs"))


@cache
def _offices() -> re.Pattern[str]:
    return _beginnings(row[0] for row in table("offices"))


def _beginnings(words: Iterable[str]) -> re.Pattern[str]:
    """One of the words at the beginning of a word; with a blank behind it, the whole word."""
    forms = (re.escape(word.strip()) + (r"\b" if word.endswith(" ") else "") for word in words)
    return re.compile(rf"\b(?:{'|'.join(forms)})", re.IGNORECASE)


def _names_a_state(text: str) -> bool:
    """Whether a capitalised word or two of them in a row name one: "Japanese", "Sri Lanka"."""
    words = [(match.start(), match.group().rstrip(".'’-")) for match in _CAPITALISED.finditer(text)]
    singles = {word for _, word in words}
    pairs = {f"{a} {b}" for (at, a), (next_at, b) in pairwise(words) if next_at == at + len(a) + 1}
    return any(country(name) for name in sorted(singles | pairs))
