"""TIMEX3 values of dates, counted from a given day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from kg.dates import is_day, shift_months, week
from kg.stages.recognize.tense import BEHIND, Direction

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.stages.recognize.time_grammar import Phrase

_MONTHS = {"M": 1, "3M": 3, "Y": 12, "10Y": 120, "100Y": 1200}
_OLD = 270  # days
_JUST = timedelta(days=60)
_FARTHEST = {"D": 40000, "W": 5000, "2W": 2500, "M": 1200, "3M": 400, "Y": 100, "10Y": 10, "100Y": 1}  # a century
_SATURDAY = 5
_MONTH_OR_TWO = 60  # days
_LATELY = timedelta(days=90)  # how far back the present tense reaches: half a year would be the nearest date
_SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


def calendar_value(phrase: Phrase, base: date | None, direction: Direction) -> str | None:
    """The date that a phrase names, without its part of day.

    Args:
        phrase: Any form but durations and sets.
        base: The publication date, or the date of the text that the phrase counts from; None where unknown.
        direction: Where to look for a day of the week, or for a day or month without a year.

    Returns:
        A TIMEX3 value; with `X` for unknown digits; None where nothing is known.
    """
    if phrase.of_year and base:
        phrase = replace(phrase, year=base.year + phrase.of_year[0])
    found = _FORMS[phrase.form](phrase, base, direction)
    parts = found.split("/") if found else []
    return found if all(len(part) != 10 or "X" in part or is_day(part) for part in parts) else None


def _month_day(phrase: Phrase, base: date | None, direction: Direction) -> str | None:
    last = phrase.last_day
    tail = f"{phrase.month:02d}-{phrase.day:02d}"
    if phrase.year:
        year = f"{phrase.year:04d}"
    elif base is None:
        year = "XXXX"
    else:
        end = f"{phrase.month:02d}-{last or phrase.day:02d}"  # "28-29 February" is of a leap year
        years = (base.year - 1, base.year, base.year + 1)
        near = [y for y in years if is_day(f"{y:04d}-{tail}") and is_day(f"{y:04d}-{end}")]
        if not near:
            return None
        days = [f"{y:04d}-{tail}" for y in near]
        told = [d for d in days if date.fromisoformat(d).isoweekday() == phrase.weekday]
        days = told or days  # "Saturday, January 31" is of the year in which it was one
        year = _pick(days, base, direction)[:4]
        # A writer gives the year of a day of last year that is nine months old: the parse has taken the wrong verb.
        old = (base - date.fromisoformat(f"{year}-{tail}")).days > _OLD and int(year) < base.year
        if direction in BEHIND - {Direction.SINCE} and old:
            year = _pick(days, base, Direction.NEAR)[:4]
    return f"{year}-{tail}" + (f"/{year}-{phrase.month:02d}-{last:02d}" if last else "")


def _pick(days: list[str], base: date, direction: Direction) -> str:
    """The last day not after the base, the first not before it, or the nearest.

    The present tense tells of the past for some weeks only: in June "the treaty ends Dec. 1" looks ahead.
    """
    dates = [date.fromisoformat(day) for day in days]
    if direction in BEHIND and min(dates) <= base:
        return max(day for day in dates if day <= base).isoformat()
    if direction is Direction.FUTURE and max(dates) >= base:
        ahead, gone = min(day for day in dates if day >= base), max((day for day in dates if day < base), default=None)
        just = gone is not None and (ahead - base).days > _OLD and base - gone < _JUST
        return (gone if gone is not None and just else ahead).isoformat()  # on June 28 "had agreed to meet on June 2"
    if direction is Direction.PRESENT and max(dates) >= base:
        dates = [day for day in dates if base - day < _LATELY]
    return min(dates, key=lambda day: (abs(day - base), day)).isoformat()


def _month(phrase: Phrase, base: date | None, direction: Direction) -> str | None:
    month = phrase.month or 1
    if phrase.year:
        return f"{phrase.year:04d}-{month:02d}"
    if base is None:
        return f"XXXX-{month:02d}"
    if phrase.which is not None and not phrase.counted:
        # "last November" is the latest one that is over, "next April" the first to come.
        year = base.year + phrase.which * (month >= base.month if phrase.which < 0 else month <= base.month)
        return f"{year:04d}-{month:02d}"
    here = f"{base.year:04d}-{base.month:02d}"
    months = [f"{base.year + step:04d}-{month:02d}" for step in (-1, 0, 1)]
    if direction in BEHIND:
        found = max(m for m in months if m <= here)
        if direction in {Direction.PAST, Direction.SINCE} or found > shift_months(here, -10):
            return found
    if direction is Direction.FUTURE:
        return min(m for m in months if m >= here)
    if direction is Direction.PRESENT:
        months = [m for m in months if m > shift_months(here, -4)]
    return min(months, key=lambda m: (abs(int(m[:4]) * 12 + int(m[5:]) - base.year * 12 - base.month), m))


def _weekday(phrase: Phrase, base: date | None, direction: Direction) -> str | None:
    day = phrase.weekday or 1
    if base is None:
        return f"XXXX-WXX-{day}"
    if phrase.day and (found := _numbered(phrase, base)):
        return found
    monday = base - timedelta(days=base.weekday())
    if phrase.of_week:
        return (monday + timedelta(days=7 * phrase.of_week[0] + day - 1)).isoformat()
    back = (base.isoweekday() - day) % 7
    if phrase.counted and phrase.which:
        step = (7 - back) if phrase.which > 0 else -(back or 7)
        return (base + timedelta(days=step)).isoformat()
    if phrase.which is not None and phrase.which > 0:
        return (monday + timedelta(days=6 + day)).isoformat()
    if phrase.which is not None and phrase.which < 0:
        # "last Friday", said on a Saturday, is the one of the week before: yesterday is plain "Friday".
        return (base - timedelta(days=back if back > 1 else back + 7)).isoformat()
    ahead = direction in {Direction.FUTURE, Direction.PRESENT} or (direction is Direction.NEAR and back > 3)
    if phrase.which == 0 and not phrase.counted:
        this = monday + timedelta(days=day - 1)  # "will meet this Wednesday", said on a Sunday, is of the week to come
        return (this + timedelta(days=7 if ahead and this < base else 0)).isoformat()
    if ahead:
        back -= 7 if back else 0
    return (base - timedelta(days=back)).isoformat()


def _numbered(phrase: Phrase, base: date) -> str | None:
    """The nearest day of the week that is this day of its month: "Thursday (16)"."""
    near = (base + timedelta(days=step * sign) for step in range(_MONTH_OR_TWO) for sign in (-1, 1))
    fit = (d for d in near if d.isoweekday() == phrase.weekday and d.day == phrase.day)
    return next((d.isoformat() for d in fit), None)


def _day_of_month(phrase: Phrase, base: date | None, direction: Direction) -> str | None:
    if base is None:
        return f"XXXX-XX-{phrase.day:02d}"
    here = f"{base.year:04d}-{base.month:02d}"
    days = [f"{shift_months(here, step)}-{phrase.day:02d}" for step in (-1, 0, 1)]
    days = [day for day in days if is_day(day)]
    return _pick(days, base, Direction.FUTURE if direction is Direction.PRESENT else direction) if days else None


def _unit(phrase: Phrase, base: date | None, _direction: Direction) -> str | None:
    which, unit = phrase.which or 0, phrase.unit or "D"
    if base is None:
        return None
    if unit == "D":
        return (base + timedelta(days=which)).isoformat()
    if unit in {"W", "2W"}:
        return week(base + timedelta(days=7 * which))
    if unit == "WE":
        saturday = base + timedelta(days=7 * which + 5 - base.weekday())
        return f"{saturday.isoformat()}/{(saturday + timedelta(days=1)).isoformat()}"
    if unit in _SEASONS:
        year = base.year
        if which < 0 and _SEASONS[unit] + 2 >= base.month:
            year -= 1
        if which > 0 and _SEASONS[unit] <= base.month:
            year += 1
        return f"{year:04d}-{unit}"
    if unit not in _MONTHS:
        return None  # "the last hour"
    shifted = shift_months(f"{base.year:04d}-{base.month:02d}", which * _MONTHS[unit])
    return _reduced(shifted, unit)


def _open_weekend(phrase: Phrase, base: date | None, direction: Direction) -> str | None:
    """As in "over the weekend": the last one of the past, else that of this week."""
    past = direction in BEHIND and base is not None and base.weekday() < _SATURDAY
    return _unit(replace(phrase, which=-1 if past else 0), base, direction)


def _open_season(phrase: Phrase, base: date | None, direction: Direction) -> str | None:
    """As in "in the summer": the last one that has begun, or the next that has not ended."""
    if base is None or phrase.unit is None:
        return None
    first = _SEASONS[phrase.unit]
    before = direction in BEHIND and first > base.month
    after = direction is Direction.FUTURE and first + 2 < base.month
    return f"{base.year - before + after:04d}-{phrase.unit}"


def _reduced(month: str, unit: str) -> str | None:
    if unit == "M":
        return month
    if unit == "3M":
        return f"{month[:4]}-Q{(int(month[5:7]) + 2) // 3}"
    return {"Y": month[:4], "10Y": month[:3]}.get(unit)


def _part_of_year(phrase: Phrase, base: date | None, direction: Direction) -> str | None:
    year = phrase.year
    if year is None:
        if base is None:
            return None
        if phrase.which is not None:
            year = base.year + phrase.which
        else:
            first = {"Q": 3, "H": 6}[(phrase.unit or "Q1")[0]] * (int((phrase.unit or "Q1")[1]) - 1) + 1
            ahead = direction in BEHIND and first > base.month
            year = base.year - ahead
    return f"{year:04d}-{phrase.unit}"


def _offset(phrase: Phrase, base: date | None, _direction: Direction) -> str | None:
    shift, unit = phrase.shift, phrase.unit or "D"
    if base is None or shift is None or abs(shift) > _FARTHEST.get(unit, 0):
        return None
    if unit in {"D", "W", "2W"}:
        days = shift * {"D": 1, "W": 7, "2W": 14}[unit]
        day = base + timedelta(days=int(days))
        return day.isoformat() if unit == "D" else week(day)
    months = shift * _MONTHS[unit]
    month = shift_months(f"{base.year:04d}-{base.month:02d}", int(months))
    return month if shift % 1 else _reduced(month, unit)


def _week_of(phrase: Phrase, base: date | None, direction: Direction) -> str | None:
    form = _month_day if phrase.day and phrase.month else _day_of_month if phrase.day else _weekday
    value = form(phrase, base, direction)
    if value is None or not is_day(value):
        return None
    day = date.fromisoformat(value)
    return week(day) if phrase.unit == "W" else _unit(phrase, day, direction)


def _same_day(phrase: Phrase, base: date | None, _direction: Direction) -> str | None:
    """A part of day or a clock time: of the base, of "the following morning", of "last night"."""
    return (base + timedelta(days=phrase.which or 0)).isoformat() if base else None


def _relative_day(phrase: Phrase, base: date | None, _direction: Direction) -> str | None:
    return (base + timedelta(days=int(phrase.shift or Decimal(0)))).isoformat() if base else None


_FORMS: dict[str, Callable[[Phrase, date | None, Direction], str | None]] = {
    "iso": _month_day,
    "month day": _month_day,
    "bracketed": _month_day,
    "day month": _month_day,
    "month": _month,
    "weekday": _weekday,
    "day": _day_of_month,
    "unit": _unit,
    "year part": _part_of_year,
    "season": lambda p, _b, _d: f"{p.year:04d}-{p.unit}",
    "open season": _open_season,
    "open weekend": _open_weekend,
    "fiscal": lambda p, _b, _d: f"FY{p.year:04d}",
    "decade": lambda p, _b, _d: f"{p.year:03d}",
    "year": lambda p, _b, _d: f"{p.year:04d}",
    "offset": _offset,
    "week of": _week_of,
    "part": _same_day,
    "clock": _same_day,
    "relative day": _relative_day,
}
