"""Calendar dates and clock times as lines of metadata write them: "17:44 JST, April 17, 2025", "2 hours ago"."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from kg.lexicon import table

if TYPE_CHECKING:
    from collections.abc import Iterator

MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
          "december")  # fmt: skip
MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|"
    r"Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
WEEKDAY = r"(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\b\.?"
DAY = r"\d{1,2}(?:st|nd|rd|th)?\b"
_IN_BRACKETS = rf"(?:\s*\({WEEKDAY}\))?"  # "September 26 (Tue), 2023"
_YEAR = rf"(?:{_IN_BRACKETS}(?:,?\s+|[-/.])(?:19|20)\d\d\b)"
_COMMA = r"(?:,(?=\s*\d\d?(?:/|,\s*)(?:19|20)\d\d))?"  # "September, 26/2023", "April, 13, 2026"
DAY_MONTH = rf"(?:{MONTH}{_COMMA}\s*{DAY}{_YEAR}?|{DAY}[\s/.-]\s*(?:of\s+)?{MONTH}{_YEAR}?)"
_ISO = r"(?:19|20)\d\d(?:[-/]|\.\s?)(?:0?[1-9]|1[0-2])(?:[-/]|\.\s?)(?:0?[1-9]|[12]\d|3[01])\b"
_SLASHED = r"(?:\d{1,2}(?:/|\.\s?)\d{1,2}(?:/|\.\s?)(?:\d{4}|\d\d)|\d{1,2}-\d{1,2}-\d{4})\b"
DATE = rf"(?:{_ISO}\.?|{DAY_MONTH}|{_SLASHED})"
_CLOCK = (
    r"T?\d{1,2}[:.]\d\d(?::\d\d)?(?:\.\d+)?\s*(?:[ap]\.?m\b\.?|Z\b|[+-]\d\d:?\d\d)?|\d{1,2}\s*[ap]\.?m\b\.?|"
    r"\d{1,2}h\d\d\b|[0-2]\d[0-5]\d(?=\s(?:GMT|UTC|hrs|hours)\b)"
)
_AGO = (
    r"(?:\d+\s*|(?:an?|one|two|three|few|several)\s+)(?:s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|wks?|"
    r"weeks?|mos?|months?|y|yrs?|years?)\b(?:\.?\s+ago\b)?|(?:hace|há|il y a|vor)\s+\d+\s+\w+|"
    r"yesterday\b|today\b|just now\b|last (?:week|month|year)\b"
)
_ZONE = (
    r"(?-i:[A-Z]{1,4}T\b)|(?:UTC|GMT)(?:[+-]\d{1,2}(?::?\d\d)?)?\b|[+-]\d\d:?\d\d\b|(?-i:Z|WIB|HKT|PHT)\b|"
    r"(?-i:[A-Z]\w+(?: [A-Z]\w+)?) time\b|all times (?-i:[A-Z]\w+(?: [A-Z]\w+)?)|\d+ min(?:ute)? read"
)
# One expression of a day or time.
_NO_YEAR = r"\d{1,2}[/.]\d{1,2}\.?,?\s+(?:at\s+)?\d{1,2}[:.]\d\d\b"  # "31/10 09:12", below an article
TIME = re.compile(
    rf"\b(?:{DATE}|{_NO_YEAR}|{_CLOCK}|{WEEKDAY}(?!\w)|{_AGO})", re.IGNORECASE
)
_FULL = re.compile(
    rf"\b(?P<iso>(?:19|20)\d\d(?P<by>[-/]|\.\s?)\d{{1,2}}(?P=by)\d{{1,2}})|"
    rf"\b(?P<m1>{MONTH}){_COMMA}\s*(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?:{_IN_BRACKETS}(?:,?\s+|[-/.])(?P<y1>(?:19|20)\d\d))?\b|"
    rf"\b(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?[\s/.-]\s*(?:of\s+)?(?P<m2>{MONTH})"
    rf"(?:{_IN_BRACKETS}(?:,?\s+|[-/.])(?P<y2>(?:19|20)\d\d))?|"
    r"\b(?P<a>\d{1,2})(?P<sign>[/-]|\.\s?)(?P<b>\d{1,2})(?P=sign)(?P<y3>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)


@cache
def _beside() -> re.Pattern[str]:
    """The words and signs that may stand beside the dates and times of a line that has nothing else."""
    labels = "|".join(sorted((row[0] for row in table("page_dates") if row[1] != "other"), key=len, reverse=True))
    return re.compile(rf"(?:{_ZONE}|\b(?:{labels})\b|[^\w])+", re.IGNORECASE)


def is_time_line(flat: str) -> bool:
    """True where a line holds a day or a time and nothing else: "Updated June 7, 2025 at 17:46 JST"."""
    if len(flat) > 120 or (not any(c.isdigit() for c in flat) and "ago" not in flat and not TIME.fullmatch(flat)):
        return False
    rest, count = TIME.subn(" ", flat)
    return count > 0 and not _beside().sub("", rest).strip()


def beside_times(flat: str) -> str:
    """What a line says besides its dates, times and their labels: "Example Times" of "Example Times | 9 May"."""
    return _beside().sub(" ", TIME.sub(" ", flat)).strip()


def read_date(words: str, near: str | None = None) -> str | None:
    """The first calendar date in the words as xsd:date, or None.

    A date without a year takes the one that brings it nearest to `near` (xsd:date), and is None without it. "4/21/2026"
    and "21/4/2026" can be read in one way only, "3/4/2026" in two and is left; with dots the day stands first.
    """
    return next((days[0] for days in readings(words, near) if len(days) == 1), None)


def readings(words: str, near: str | None = None) -> Iterator[tuple[str, ...]]:
    """Of each date in the words the days it can be read as: one, or two ("3/4/2026"). See `read_date`."""
    for match in _FULL.finditer(words):
        days = _readings(match, near)
        if days:
            yield days


def _readings(match: re.Match[str], near: str | None) -> tuple[str, ...]:
    if match["iso"]:
        year, month, day = (int(part) for part in re.split(r"[-./]\s?", match["iso"]))
        return _days(_valid(year, month, day))
    if match["y3"]:
        year, first, second = int(match["y3"]), int(match["a"]), int(match["b"])
        british, american = _valid(year, second, first), _valid(year, first, second)
        return _days(british or american) if match["sign"].strip() == "." else _days(british, american)
    month, day = _month(match["m1"] or match["m2"]), int(match["d1"] or match["d2"])
    stated = match["y1"] or match["y2"]
    if not stated and not near:
        return ()
    year = int(stated) if stated else _nearest_year(month, day, date.fromisoformat(near or ""))
    return _days(_valid(year, month, day))


def _days(*found: date | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(day.isoformat() for day in found if day))


def _month(word: str) -> int:
    return next(i for i, month in enumerate(MONTHS, 1) if month.startswith(word.rstrip(".").lower()[:3]))


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _nearest_year(month: int, day: int, near: date) -> int:
    candidates = [found for year in (near.year - 1, near.year, near.year + 1) if (found := _valid(year, month, day))]
    return min(candidates, key=lambda found: abs((found - near).days)).year if candidates else near.year
