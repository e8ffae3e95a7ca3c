"""`Phrase` -> `Time`: dates counted from the publication date, or from the last date of the text.

What cannot be known stays unknown: without a publication date "Friday" has no date, only its TIMEX3 form.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from kg.dates import bounds, covering, is_day, shift_months
from kg.model import Time
from kg.stages.recognize.tense import BEHIND, Direction
from kg.stages.recognize.time_calendar import calendar_value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.stages.recognize.time_grammar import Phrase

PARTS = {"MO": "morning", "AF": "afternoon", "EV": "evening", "NI": "night"}
_SECONDS = {"TH": 3600, "TM": 60, "TS": 1}
_DAYS = {"D": 1, "W": 7, "2W": 14, "M": 30, "Y": 365, "10Y": 3653}
# How far behind a date with its year the next one of its story lies, and what is near publication.
_SOON, _LATELY = timedelta(days=100), timedelta(days=120)
_NEXT = timedelta(days=2)  # from a day to come to the next one of its story
_UNTIL = frozenset({"by", "until", "till", "before", "through"})
# Days that a vague span reaches at the least: "the coming days" a week, "recent weeks" a month.
_VAGUE = {"D": 7, "W": 28}


@dataclass(frozen=True, slots=True)
class Context:
    """What an expression is counted from."""

    published: date | None
    direction: Direction = Direction.FUTURE
    anchors: Sequence[str] = ()  # dates of the text before the expression, the nearest last
    near: Sequence[str] = ()  # those of them in the last sentences
    year: int | None = None  # that the sentence has named before
    preposition: str | None = None
    full: str | None = None  # the last date with a year of its own, in this sentence or the one before
    told: Sequence[str] = ()  # the anchors without those of the background: "in force since May"


def resolve(phrase: Phrase, context: Context) -> Time:
    """The time that a phrase stands for in its context."""
    open_end = context.direction in {Direction.FUTURE, Direction.PRESENT}
    ahead = phrase.form == "ahead" and open_end and (phrase.unit or "T")[0] != "T"
    if phrase.form == "set":
        return Time(phrase.start, phrase.end, "SET", _timex(phrase) or "P1W", preposition=context.preposition)
    if phrase.form in {"duration", "span"} or (phrase.form == "ahead" and not ahead):
        return _duration(phrase, context)
    if ahead:
        phrase = replace(phrase, form="offset")
    if phrase.until:
        return _range(phrase, phrase.until, context)
    value, anchored = _value(phrase, context)
    return _time(phrase, value, context, anchored=anchored)


def _value(phrase: Phrase, context: Context) -> tuple[str | None, bool]:
    """TIMEX3 value of a date without its part of day, and whether it was counted from a date of the text."""
    of_day = phrase.form in {"part", "clock"} and not phrase.counted
    if of_day and phrase.which is None:
        found = next((day for day in reversed(context.near) if is_day(day) and _agrees(day, context)), None)
        return (found, True) if found else (calendar_value(phrase, context.published, context.direction), False)
    past = context.direction in BEHIND
    counted = phrase.counted or any(of and of[1] for of in (phrase.of_week, phrase.of_year))
    if not counted:
        if context.year and phrase.month and not (phrase.year or phrase.of_year) and past:
            phrase = replace(phrase, year=context.year)
        value = calendar_value(phrase, context.published, context.direction)
        return _going_on(phrase, value, context) or _week_on(phrase, value, context) or value, False
    return _counted(phrase, context)


def _week_on(phrase: Phrase, value: str | None, context: Context) -> str | None:
    """As in "leaves on Monday. On Tuesday she will meet Doe", written on a Tuesday: the one behind that Monday."""
    today = context.published
    if today is None or not phrase.weekday or phrase.which is not None or phrase.of_week or value != today.isoformat():
        return None
    week = today + timedelta(days=7)
    told = next((day for day in reversed(context.near) if is_day(day)), "")
    soon = told and timedelta(0) <= week - date.fromisoformat(told) <= _NEXT  # a deadline of Sunday is of no story
    return week.isoformat() if context.direction is Direction.FUTURE and soon else None


def _going_on(phrase: Phrase, value: str | None, context: Context) -> str | None:
    """The date that goes on from one with its year: "flew to Rome on 3 May 2024. On 5 May he met Doe".

    A year of the background ("in force since May 2020") is none: what is told next is near publication, or long after.
    """
    bare = phrase.month and phrase.which is None and not (phrase.year or phrase.of_year)
    if not bare or not context.full or not value or context.published is None or context.preposition == "since":
        return None
    if context.direction not in BEHIND | {Direction.NEAR}:
        return None
    first = bounds(context.full)[0]
    other = calendar_value(replace(phrase, year=int(first[:4])), context.published, context.direction)
    if not other or "/" in value or "/" in other:
        return None
    begin, then, told = (date.fromisoformat(bounds(day)[0]) for day in (first, other, value))
    soon = timedelta(0) <= then - begin <= _SOON
    return other if soon and not timedelta(0) <= context.published - told <= _LATELY else None


def _counted(phrase: Phrase, context: Context) -> tuple[str | None, bool]:
    """Counted from the last date of the text that gives a date on the side of publication that the tense tells of."""
    best: str | None = None
    same = phrase.shift is None and context.told  # "the same day"; "a day before that" counts from what stands before
    for anchor in reversed((context.told if same else context.anchors)[-4:]):
        if len(anchor) < _precision(phrase):
            continue
        value = calendar_value(phrase, date.fromisoformat(bounds(anchor)[0]), Direction.NEAR)
        if value and phrase.form == "offset" and phrase.unit == "Y" and len(anchor) == 7:
            value = shift_months(anchor, 12 * int(phrase.shift or 0))  # "in May ... from a year earlier"
        if value and _agrees(value, context):
            return value, True
        best = best or value
    return best, best is not None


def _precision(phrase: Phrase) -> int:
    """Length of the ISO date that an anchor needs at least: "the following day" cannot count from "May"."""
    if phrase.of_year:
        return 4
    if phrase.weekday or phrase.part or phrase.form == "clock":
        return 10
    return {"D": 10, "W": 10, "2W": 10, "WE": 10, "M": 7, "Y": 4, "10Y": 4}.get(phrase.unit or "", 7)


def _agrees(value: str, context: Context) -> bool:
    if context.published is None or "/" in value:
        return True
    first, last = bounds(value)
    if context.direction in BEHIND:
        return first <= context.published.isoformat()
    return context.direction in {Direction.NEAR, Direction.PRESENT} or last >= context.published.isoformat()


def _range(phrase: Phrase, until: Phrase, context: Context) -> Time:
    begin = replace(phrase, until=None)
    if until.year and not begin.year and begin.month:
        begin = replace(begin, year=until.year - (begin.month > (until.month or 12)))
    begin = replace(begin, of_week=begin.of_week or until.of_week,
                    of_year=None if begin.year else begin.of_year or until.of_year)  # fmt: skip
    until = replace(until, of_week=None, of_year=None)
    first = resolve(begin, context)
    if phrase.clock and until.clock:
        value = f"{first.value}/{(first.value or '').split('T')[0]}T{until.clock}"
        return replace(first, value=value, minutes=_minutes_between(phrase.clock, until.clock))
    if first.first is None:
        return replace(first, value=None)
    end = _value(until, replace(context, published=date.fromisoformat(first.first), direction=Direction.FUTURE))[0]
    if end is None or "/" in end or bounds(end)[1] < first.first:
        return replace(first, value=None, date=None, first=None, last=None)
    stated = end if _is_date(end) else None
    return replace(first, value=f"{first.value}/{end}", last=bounds(end)[1], end_date=stated)


def _minutes_between(begin: str, end: str) -> Decimal | None:
    first, last = (int(clock[:2]) * 60 + int(clock[3:]) for clock in (begin, end))
    return Decimal(last - first) if first < last else None


def _time(phrase: Phrase, value: str | None, context: Context, *, anchored: bool) -> Time:
    first, last = _days(value, phrase.mod, context.published)
    begin, _, end = (value or "").partition("/")
    stated, end_date = _date(begin), end if phrase.last_day and end else None
    if end and not end_date and stated:
        stated = stated[:7]  # a weekend
    if phrase.out and first and context.preposition in _UNTIL:
        first = stated = last  # "by the end of the month"
    timed = phrase.clock or phrase.part
    return Time(
        phrase.start,
        phrase.end,
        "TIME" if timed or (phrase.unit or "")[:1] == "T" else "DATE",
        f"{value or 'XXXX-XX-XX'}T{timed}" if timed else value,
        phrase.mod,
        date=stated,
        end_date=end_date,
        first=first,
        last=last,
        part_of_day=PARTS.get(phrase.part or ""),
        clock=f"{phrase.clock}:00" if phrase.clock else None,
        anchored=anchored,
        preposition=context.preposition,
    )


def _days(value: str | None, mod: str | None, published: date | None) -> tuple[str | None, str | None]:
    """First and last day. "early April" is its first half; "earlier this month" ends with publication.

    Writers mean about a third by "early", "mid" and "late"; half a stretch leaves room for loose use.
    """
    if not value or "X" in value or value.startswith("FY"):
        return None, None
    begin, _, end = value.partition("/")
    first, last = bounds(begin)[0], bounds(end or begin)[1]
    here = published.isoformat() if published else ""
    if mod in {"BEFORE", "AFTER"} and first <= here <= last:
        return (first, here) if mod == "BEFORE" else (here, last)
    quarters = {"START": (0, 2), "MID": (1, 3), "END": (2, 4)}.get(mod or "")
    if quarters is None:
        return first, last
    length = date.fromisoformat(last) - date.fromisoformat(first)
    days = [date.fromisoformat(first) + length * quarter / 4 for quarter in quarters]
    return days[0].isoformat(), days[1].isoformat()


def _is_date(value: str) -> bool:
    return is_day(value) or (len(value) in {4, 7} and value.replace("-", "").isdigit())


def _date(value: str) -> str | None:
    """A day, month or year as it is; of a week the month of its Monday; of other stretches what covers them."""
    if not value or "X" in value or value.startswith("FY"):
        return None
    if _is_date(value):
        return value
    first, last = bounds(value)
    return first[:7] if value[5:6] == "W" and value[6:].isdigit() else covering(first, last)


def _duration(phrase: Phrase, context: Context) -> Time:
    seconds = [number * _SECONDS[unit] for number, unit in phrase.amount if number is not None and unit in _SECONDS]
    minutes = sum(seconds, Decimal(0)) / 60 if seconds and len(seconds) == len(phrase.amount) else None
    if minutes is not None and minutes == minutes.to_integral_value():
        minutes = minutes.to_integral_value()
    first, last, stated = _reach(phrase, context.published) if phrase.form == "span" else (None, None, None)
    return Time(
        phrase.start, phrase.end, "DURATION", _timex(phrase), phrase.mod, date=stated, first=first, last=last,
        minutes=minutes, approximate=phrase.mod is not None, preposition=context.preposition,
    )  # fmt: skip


def _reach(phrase: Phrase, published: date | None) -> tuple[str | None, str | None, str | None]:
    """Days of "the past three months", "the coming days"; of a vague number only the date that covers them surely."""
    number, unit = phrase.amount[0]
    days = _VAGUE.get(unit) if number is None else int(number * _DAYS.get(unit, 0))
    if published is None or not phrase.shift or not days or days > 365 * 50:
        return None, None, None
    other = published + timedelta(days=days * int(phrase.shift))
    first, last = sorted((published.isoformat(), other.isoformat()))
    stated = covering(first, last)
    if number is None and stated:  # how far it reaches is open: to the ends of that month or year
        first, last = (bounds(stated)[0], last) if phrase.shift < 0 else (first, bounds(stated)[1])
    return (first, last, stated) if number is not None or stated else (None, None, None)


def _timex(phrase: Phrase) -> str | None:
    """A duration in TIMEX3: P3M, PT1H30M, PXD. Fractions of an hour are written in minutes."""
    days, clock = "", ""
    for number, unit in phrase.amount:
        times, letter = (int(unit[:-1] or 1), unit[-1]) if unit[0] != "T" else (1, unit[1])
        if number is None:
            text = f"X{letter}"
        elif unit == "TH" and number % 1:
            text = (f"{int(number)}H" if number >= 1 else "") + f"{_plain(number % 1 * 60)}M"
        else:
            text = f"{_plain(number * times)}{letter}"
        days, clock = (days, clock + text) if unit[0] == "T" else (days + text, clock)
    return f"P{days}" + (f"T{clock}" if clock else "") if days or clock else None


def _plain(number: Decimal) -> str:
    return format(number.normalize(), "f")
