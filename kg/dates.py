"""Dates of reduced precision (`2025-06-28`, `2025-06`, `2025`) and TIMEX3 values as stretches of days.

A date is never made more precise than it is: only its first and last day are computed, for comparisons.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

WEEKDAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})
_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_WEEK = re.compile(r"(\d{4})-W(\d{2})")
# First and last month of the parts of a year. Winter runs into the next year (meteorological seasons, northern
# hemisphere: December to February), so that "the winter of 2025" ends in February 2026.
_PARTS = {
    "Q1": (1, 3), "Q2": (4, 6), "Q3": (7, 9), "Q4": (10, 12), "H1": (1, 6), "H2": (7, 12),
    "SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 14),
}  # fmt: skip


def bounds(value: str) -> tuple[str, str]:
    """First and last day of a date.

    Args:
        value: An ISO 8601 date of any precision (`2025-06-28`, `2025-06`, `2025`), or a TIMEX3 week (`2025-W26`),
            quarter (`2025-Q1`), half (`2025-H2`), season (`2025-SU`) or decade (`199`).

    Returns:
        Both days as `YYYY-MM-DD`, inclusive.

    Raises:
        ValueError: The value is none of these, or no such day exists.
    """
    if match := _ISO.fullmatch(value):
        year, month, day = match.groups()
        if day:
            date.fromisoformat(value)
            return value, value
        return _months(int(year), int(month or 1), int(month or 12))
    if match := _WEEK.fullmatch(value):
        monday = date.fromisocalendar(int(match[1]), int(match[2]), 1)
        return monday.isoformat(), (monday + timedelta(days=6)).isoformat()
    if re.fullmatch(r"\d{3}", value):
        return f"{value}0-01-01", f"{value}9-12-31"
    if re.fullmatch(r"\d{4}-[A-Z][A-Z0-9]", value) and value[5:] in _PARTS:
        return _months(int(value[:4]), *_PARTS[value[5:]])
    raise ValueError(f"{value!r} is no date: write YYYY, YYYY-MM, YYYY-MM-DD or a TIMEX3 week, quarter or season")


def _months(year: int, first: int, last: int) -> tuple[str, str]:
    begin = date(year, first, 1)
    year, last = (year + 1, last - 12) if last > 12 else (year, last)
    return begin.isoformat(), date(year, last, calendar.monthrange(year, last)[1]).isoformat()


def covering(first: str, last: str) -> str | None:
    """The most precise ISO date that covers both days: a day, a month or a year; None where the years differ."""
    if first == last:
        return first
    return next((first[:n] for n in (7, 4) if first[:n] == last[:n]), None)


def week(day: date) -> str:
    """The ISO week of a day as a TIMEX3 value: `2025-W26`."""
    year, number, _ = day.isocalendar()
    return f"{year}-W{number:02d}"


def shift_months(value: str, months: int) -> str:
    """The month `months` after `YYYY-MM`."""
    year, month = divmod(int(value[:4]) * 12 + int(value[5:7]) - 1 + months, 12)
    return f"{year:04d}-{month + 1:02d}"


def is_day(value: str) -> bool:
    """Whether the text is a day that exists: `2024-02-29` is, `2025-02-29` and `2025-02` are not."""
    try:
        return len(value) == 10 and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
