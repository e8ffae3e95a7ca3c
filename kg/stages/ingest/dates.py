"""Calendar dates and clock times as lines of metadata write them: "17:44 JST, April 17, 2025", "2 hours ago"."""

from __future__ import annotations

import re
from datetime import date

MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
          "december")  # fmt: skip
MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|"
    r"Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
WEEKDAY = r"(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\b\.?"
DAY = r"\d{1,2}(?:st|nd|rd|th)?\b"
_YEAR = r"(?:,?\s+(?:19|20)\d\d\b)"
DAY_MONTH = rf"(?:{MONTH}\s+{DAY}{_YEAR}?|{DAY}\s+(?:of\s+)?{MONTH}{_YEAR}?)"
_ISO = r"(?:19|20)\d\d[-./](?:0?[1-9]|1[0-2])[-./](?:0?[1-9]|[12]\d|3[01])\b"
_SLASHED = r"\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d\d)\b"
_CLOCK = r"T?\d{1,2}[:.]\d\d(?::\d\d)?(?:\.\d+)?\s*(?:[ap]\.?m\b\.?|Z\b|[+-]\d\d:?\d\d)?|\d{1,2}\s*[ap]\.?m\b\.?"
_AGO = (
    r"(?:\d+\s*|(?:an?|one|two|three|few|several)\s+)(?:s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|wks?|"
    r"weeks?|mos?|"
    r"months?|y|yrs?|years?)\b(?:\s+ago\b)?|yesterday\b|today\b|just now\b|last (?:week|month|year)\b"
)
_ZONE = r"[A-Z]{2,4}T\b|UTC\b|GMT(?:[+-]\d+)?\b|local time\b|IST\b|KST\b"
# One expression of a day or time; `TIMES` also takes the words that may stand between two.
TIME = re.compile(rf"\b(?:{_ISO}|{DAY_MONTH}|{_SLASHED}|{_CLOCK}|{WEEKDAY}(?!\w)|{_AGO})", re.IGNORECASE)
_BESIDE = re.compile(
    rf"(?:{_ZONE}|\b(?:first|last)?\s*(?:published|updated|posted|modified|created|issued|released|edited)\b|\b(?:on|"
    rf"at|"
    r"date|time|time of|release|the|of|ago|edited|min(?:ute)?s? read)\b|[^\w]|\d+ min(?:ute)? read)+",
    re.IGNORECASE,
)
_FULL = re.compile(
    rf"(?P<iso>(?:19|20)\d\d[-./]\d{{1,2}}[-./]\d{{1,2}})|(?P<m1>{MONTH})\s+(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?"
    rf"(?:,?\s+(?P<y1>(?:19|20)\d\d))?\b|\b(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m2>{MONTH})"
    r"(?:,?\s+(?P<y2>(?:19|20)\d\d))?|\b(?P<a>\d{1,2})(?P<sign>[/.])(?P<b>\d{1,2})(?P=sign)(?P<y3>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)


def is_time_line(flat: str) -> bool:
    """True where a line holds a day or a time and nothing else: "Updated June 7, 2025 at 17:46 JST"."""
    if len(flat) > 120 or (not any(c.isdigit() for c in flat) and "ago" not in flat and not TIME.fullmatch(flat)):
        return False
    rest, count = TIME.subn(" ", flat)
    return count > 0 and not _BESIDE.sub("", rest).strip()


def is_dated(flat: str) -> bool:
    """True where a line holds a date with its year and few words but names: "Opinion by Jane Doe, 3 May 2026"."""
    if len(flat) > 120 or flat.endswith(".") or "%" in flat or read_date(flat) is None:
        return False
    rest = _BESIDE.sub(" ", TIME.sub(" ", flat)).split()
    return len(rest) <= 8 and sum(word[0].islower() for word in rest) <= 1


def read_date(words: str, near: str | None = None) -> str | None:
    """The first calendar date in the words as xsd:date, or None.

    A date without a year takes the one that brings it nearest to `near` (xsd:date), and is None without it. "4/21/2026"
    and "21/4/2026" can be read in one way only, "3/4/2026" in two and is left; with dots the day stands first.
    """
    for match in _FULL.finditer(words):
        if match["iso"]:
            year, month, day = (int(part) for part in re.split(r"[-./]", match["iso"]))
        elif match["y3"]:
            year, month, day = int(match["y3"]), int(match["b"]), int(match["a"])
            if match["sign"] == "/" and month > 12:
                month, day = day, month
            elif match["sign"] == "/" and day <= 12 and day != month:
                continue
        else:
            month = _month(match["m1"] or match["m2"])
            day = int(match["d1"] or match["d2"])
            stated = match["y1"] or match["y2"]
            if not stated and not near:
                continue
            year = int(stated) if stated else _nearest_year(month, day, date.fromisoformat(near or ""))
        found = _valid(year, month, day)
        if found:
            return found.isoformat()
    return None


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
