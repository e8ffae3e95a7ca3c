"""Rows of tables and of lists such as "Switzerland 39%" within a text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from kg.stages.ingest.lines import Para

_BULLET = r"(?:[-–—•‣◦▪●○·*]\s+|\(?\d{1,2}[.)]\s+)?"
_RATE = r"(?:\d+(?:[.,]\d+)?\s?(?:%|per\s?cent\b|pc\b|percent\b)|zero\b|nil\b|exempt\b|duty[- ]free\b)"
_LABEL = r"[^\W\d_][^.!?%]{0,60}?"
# "Country 39%", "Country: 25 percent", "Country – 30% (was 46%)", "10%: Country, Country".
_RATED = re.compile(
    rf"{_BULLET}(?:{_LABEL}[\s:|–—\-]+\(?{_RATE}.{{0,60}}|{_RATE}\s*[:|–—\-]\s*[^.!?]{{2,200}})",
    re.IGNORECASE,
)
_VALUE = re.compile(rf"\(?{_RATE}\)?(?:\s*\([^)]*\))?", re.IGNORECASE)
_CELLS = re.compile(r"\S\s*(?:\||\t|\s{3,})\s*\S")
_ROWS = {"rated", "cells"}
# A row is no sentence: these words only stand in one.
_VERB = re.compile(r"\b(?:is|are|was|were|will|would|has|have|had|said|says|may|could|on its|from)\b")


def table_rows(paras: Sequence[Para], text: str, apart: Container[int] = ()) -> dict[int, int]:
    """Index of each paragraph that begins a row -> how many paragraphs the row takes (2: label, then value).

    One such line alone is no table: two neighbours make one, or a line of cells above a row. Paragraphs whose index is
    in `apart` (bylines and the like) are none.
    """
    shapes = ["" if i in apart else _shape(para, text) for i, para in enumerate(paras)]
    rows: dict[int, int] = {}
    lines = [i for i, para in enumerate(paras) if any(c.isalnum() for c in para.flat)]  # "|-----|" only parts rows
    for before, i, after in zip([-1, *lines], lines, [*lines[1:], -1], strict=False):
        beside = {shapes[j] for j in (before, after) if j >= 0}
        if shapes[i] in _ROWS and beside & _ROWS:
            rows[i] = 1
    return rows | _stacked(paras, shapes)


def _stacked(paras: Sequence[Para], shapes: Sequence[str]) -> dict[int, int]:
    """Rows whose label and value stand on two lines; at least two such pairs one after the other."""
    pairs = [
        i
        for i in range(len(paras) - 1)
        if shapes[i] == "" and shapes[i + 1] == "value" and len(paras[i].flat) <= 40 and paras[i].flat[-1] not in ".!?:"
    ]
    known = set(pairs)
    return {i: 2 for i in pairs if {i - 2, i + 2} & known}


def _shape(para: Para, text: str) -> str:
    raw = text[para.start : para.end]
    if _VALUE.fullmatch(raw):
        return "value"
    if len(raw) > 300 or len(raw.splitlines()) > 1:
        return ""
    # Tabs and wide gaps stand in the raw line only.
    if _CELLS.search(raw) and not (re.search(r"[.!?]$", raw) and "|" not in raw and "\t" not in raw):
        return "cells"
    if len(raw.split()) <= 14 and _RATED.fullmatch(raw) and raw[-1] not in ".!?," and not _VERB.search(raw):
        return "rated"
    return ""
