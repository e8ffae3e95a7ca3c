"""Years of the days that head the lines of a timeline: "Feb. 4 - A tariff comes into effect".

The entries tell of the past in the present tense, so their year is not that of the next such day. The first one lies in
the year of publication, or in the year before where that would be far ahead; the others follow on.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.stages.recognize.time_grammar import Phrase

_HEAD = re.compile(r"(?:^|\n|\s\s|[.:!?]\s)[\s•*·–-]*$")  # line breaks are spaces in a parsed text
_GAP = re.compile(r"\n|\s\s")
_LABEL = re.compile(r"\s*(?:[-–—:|]|--)\s+\S")
_AHEAD = 60  # days after publication that the first entry may lie ahead
_NEXT = 200  # days after publication that a later one may


def heads(text: str, start: int) -> bool:
    """Whether a line begins here."""
    return bool(_HEAD.search(text, max(0, start - 8), start))


class TimelineYears:
    """Gives the days of a timeline their years, in order of the text."""

    def __init__(self, text: str, published: date | None) -> None:
        self._text, self._published = text, published
        self._last: date | None = None  # the day that heads the entry told last
        self._end = -1  # where that entry ends

    def dated(self, read: Phrase) -> Phrase:
        """The same expression, with the year of its entry where it has none."""
        if self._published is None or read.year or read.of_year or not read.month or read.counted:
            return read
        if read.start < self._end and self._last is not None:
            return replace(read, year=self._last.year + (read.month < self._last.month))
        label = heads(self._text, read.start) and _LABEL.match(self._text, read.end)
        day = self._day(read) if label and read.day else None
        if day is None:
            return read
        gap = _GAP.search(self._text, read.end)
        self._last, self._end = day, gap.start() if gap else len(self._text)
        return replace(read, year=day.year)

    def _day(self, read: Phrase) -> date | None:
        """The day of an entry: the first one at or after the entry before that is not far ahead."""
        here = self._published or date.min
        years = (here.year - 1, here.year) if self._last is None else (self._last.year, self._last.year + 1)
        days = [d for year in years if (d := _valid(year, read.month or 1, read.day or 1)) is not None]
        if self._last is None:
            return next((d for d in reversed(days) if (d - here).days <= _AHEAD), None)
        return next((d for d in days if self._last <= d and (d - here).days <= _NEXT), days[0] if days else None)


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
