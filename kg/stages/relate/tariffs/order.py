"""Which of two rates in a line of a list held before: by the words above the list, else by the way its rates go."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.stages.relate.tariffs.entries import entries
from kg.stages.relate.tariffs.lines import lines

if TYPE_CHECKING:
    from decimal import Decimal

    from kg.stages.relate.text import Text

_OLD = r"(?:old|previous|before|current|former|existing|present|so far|until|till|today|now|announced)"
_NEW = r"(?:new|after|from|as of|future|then|later|proposed)"
_APART = r"(?:[|/\t]|[^\S\n]{2})"
_FIRST = r"(?:first|left|in front)"
_SECOND = r"(?:second|last|right|behind|(?:square )?brackets|parentheses)"
_NEAR = r"[^%.;]{0,45}?"


def _columns(one: str, other: str) -> re.Pattern[str]:
    """Words that put one column before the other: "Now | From May", "left column: until May", "the new rate second"."""
    beside = rf"\b{one}\b[^|/\t%\n]*{_APART}[^|%\n]*\b{other}\b"
    listed = rf"\b{one}\b{_NEAR},?\s(?:and|then)\b{_NEAR}\b{other}\b"
    before = rf"\b{_FIRST}\b{_NEAR}\b{one}\b|\b{one}\b{_NEAR}\b{_FIRST}\b"
    behind = rf"\b{_SECOND}\b{_NEAR}\b{other}\b|\b{other}\b{_NEAR}\b{_SECOND}\b"
    return re.compile(rf"{beside}|{before}|{behind}|{listed}", re.IGNORECASE)


_OLD_FIRST, _NEW_FIRST = _columns(_OLD, _NEW), _columns(_NEW, _OLD)
_UP = re.compile(r"\b(?:higher|rais(?:e[sd]?|ing)|increas\w+|hik(?:e[sd]?|ing)|steeper|doubl\w+)\b", re.IGNORECASE)
_DOWN = re.compile(r"\b(?:lower\w*|cuts?|cutting|reduc\w+|eliminat\w+|abolish\w*|phas\w+ out|concessions?)\b",
                   re.IGNORECASE)  # fmt: skip
_ABOVE = 700  # characters above a list in which its columns are named
_GAP = 300  # characters between two lines of one list


def columns(words: str) -> bool | None:
    """Whether words tell that the first of two columns holds the old rates; None where they tell neither."""
    found = sorted((m for p in (_OLD_FIRST, _NEW_FIRST) for m in p.finditer(words)), key=lambda m: (m.start(), m.end()))
    last = None
    for match in found:  # of two that overlap the first tells: "until May comes first, then the new rate"
        last = match if last is None or match.start() >= last.end() else last
    return last.re is _OLD_FIRST if last is not None else None


def old_first(text: Text, at: int, first: Decimal, second: Decimal) -> bool:
    """Whether the first of two rates in the line at a character held before the second one.

    Args:
        text: The document.
        at: A character of the line.
        first: The rate told first, as a number.
        second: The one told behind it.
    """
    begins = sorted({x.start for x in lines(text.document.text)} | {e.line for e in entries(text)})
    begin = at
    for start in reversed([b for b in begins if b <= at]):
        begin = start if begin - start < _GAP else begin
    above = text.document.text[max(0, begin - _ABOVE) : begin]
    told = columns(above)
    if told is not None:
        return told
    up, down = _UP.search(above) is not None, _DOWN.search(above) is not None
    return up != down and (first < second) is up
