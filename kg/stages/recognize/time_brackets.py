"""Days in brackets, as papers of Brazil and Indonesia give them: "on Wednesday (9/07)", "last Thursday (16)"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.stages.recognize.time_grammar import Phrase

_BESIDE = re.compile(
    r"\s?\((?P<day>\d{1,2})(?:\s?[-–]\s?(?P<last>\d{1,2}))?(?:/(?P<month>\d{1,2})(?:/(?P<year>(?:19|20)?\d\d))?)?\)"
)
_FORMS = frozenset({"weekday", "relative day"})
_LONGEST = {2: 29, 4: 30, 6: 30, 9: 30, 11: 30}  # days of a month


def with_bracket(text: str, read: Phrase) -> Phrase:
    """A day of the week or "yesterday" with the day of the month that stands in brackets behind it, which says more."""
    match = _BESIDE.match(text, read.end) if read.form in _FORMS else None
    if match is None:
        return read
    day, last, month = (int(match[name]) if match[name] else None for name in ("day", "last", "month"))
    if day is None or (month is None and last is not None):
        return read
    if month is None:
        exact = read.form == "weekday" and read.until is None
        return replace(read, end=match.end(), day=day if exact else None)
    if month > 12 >= day:
        day, month = month, day  # the month first
    if not 1 <= month <= 12 or not 1 <= day <= (last or day) <= _LONGEST.get(month, 31):
        return read
    year = int(match["year"][-2:]) + (1900 if match["year"].startswith("19") else 2000) if match["year"] else None
    plain = replace(read, until=None, which=None, of_week=None, shift=None, weekday=None if last else read.weekday)
    return replace(plain, end=match.end(), form="day month", day=day, last_day=last, month=month, year=year)
