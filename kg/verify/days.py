"""Whether words state a date: the date is given, and the words are searched for what would express it.

That is the way round opposite to extraction, and simpler: weekday, day of the month, month and year must fit.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from kg.verify.numbers import digits

if TYPE_CHECKING:
    from kg.verify.view import Passage

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEKDAY = "|".join(rf"{day}s?|{day[:3]}\." for day in WEEKDAYS)
_MONTH = "|".join(rf"{month}|{month[:3]}\.|{month[:4]}\." for month in MONTHS)
_SHIFT = re.compile(
    r"\b(\d+|an?|the|next|following|previous|last|past|same)[\s-](?:\d+[\s-])?(day|week|month|year)s?\b"
    r"(?:\s+(ago|earlier|before|prior|later|after|left|from))?", re.IGNORECASE,
)  # fmt: skip
# "A came a day after B" dates A by B and B by A, so "after" and "before" go both ways.
_BACK = ("previous", "last", "past", "ago", "earlier")
_ONWARD = ("next", "following", "later", "left")
_NEAR_WORDS = (
    (0, r"today|tonight|this (?:morning|afternoon|evening|week)|same day|now|currently|immediately|midnight"),
    (-1, r"yesterday|last night|overnight|(?:day|night) (?:before|earlier)|previous (?:day|night)|eve\b"),
    (1, r"tomorrow|(?:next|following) (?:day|morning)|day (?:after|later)"),
    (-2, r"day before yesterday"), (2, r"day after tomorrow"),
)  # fmt: skip
_SEASONS = {"spring": (3, 4, 5), "summer": (6, 7, 8), "autumn": (9, 10, 11), "fall": (9, 10, 11), "winter": (12, 1, 2)}
REACH = 14  # days: "last Thursday" and "Friday next week" lie at most two weeks from the day of the report


def states(given: str, passage: Passage) -> bool:
    """Whether the sentence, or where it has no date of its own the text before it, states a date.

    Args:
        given: An ISO date of day, month or year precision.
        passage: The sentence.
    """
    anchors = _anchors(passage)
    if _fits(given, passage.text, anchors):
        return True
    if _dated(passage.text):
        return _shifted(given, passage)
    sentences = re.split(r"(?<=[.!?])\s+|\n+", passage.before)
    return any(_fits(given, earlier, anchors) for earlier in reversed(sentences)) or _shifted(given, passage)


def bounds_of(day: str, passage: Passage, *, last: bool) -> bool:
    """Whether a day is the first or last of a week, weekend or month that the sentence states."""
    edge = date.fromisoformat(day)
    anchors = _anchors(passage)
    if re.search(r"\bweek", passage.text, re.IGNORECASE):
        edges = {m + timedelta(days=n) for a in anchors for m in _mondays(a) for n in ((4, 6) if last else (0, 5))}
        if edge in edges:
            return True
    at_edge = (edge + timedelta(days=1)).day == 1 if last else edge.day == 1
    return at_edge and _month(edge.year, edge.month, passage.text, anchors)


def _anchors(passage: Passage) -> list[date]:
    """The day of publication and that of the dateline."""
    known = (passage.document.published, passage.document.place_date)
    return [date.fromisoformat(day) for day in known if day]


def _dated(text: str) -> bool:
    return bool(re.search(rf"\b(?:{_WEEKDAY}|yesterday|today|tomorrow|tonight)|\b(?:{_MONTH})\W+\d|\d{{4}}", text))


def _fits(given: str, text: str, anchors: list[date]) -> bool:
    if re.search(rf"\b{given}\b", text):
        return True
    if len(given) == 4:
        return _year(int(given), text, anchors)
    if len(given) == 7:
        return _month(int(given[:4]), int(given[5:]), text, anchors)
    return _day(date.fromisoformat(given), text, anchors)


def _day(day: date, text: str, anchors: list[date]) -> bool:
    month = MONTHS[day.month - 1]
    named = rf"\b(?:{month}|{month[:3]}\b|{month[:4]}\b)"
    ordinal = rf"\b{day.day}(?:st|nd|rd|th)?\b"
    dated = rf"{named}[^;]{{0,20}}?{ordinal}|{ordinal}[^;.]{{0,16}}?{named}"
    if re.search(dated, text) and _in_year(day.year, text, anchors):
        return True
    if re.search(rf"\bthe {day.day}(?:st|nd|rd|th)\b", text):
        in_month = re.search(rf"\bin {named}", text) and _in_year(day.year, text, anchors)  # "in May ... on the 12th"
        if in_month or any(abs((day - a).days) < 32 for a in anchors):
            return True
    if re.search(rf"\b{day.month}/{day.day}\b|\b{day.day}/{day.month}\b", text):
        return True
    weekday = WEEKDAYS[day.weekday()]
    on_weekday = re.search(rf"\b(?:{weekday}|{weekday[:3]}\.|{weekday[:4]}\.)", text)
    if on_weekday and any(abs((day - a).days) <= REACH for a in anchors):
        return True
    return any(
        day == a + timedelta(days=n) and re.search(rf"\b(?:{words})", text, re.IGNORECASE)
        for a in anchors for n, words in _NEAR_WORDS
    )  # fmt: skip


def _in_year(year: int, text: str, anchors: list[date]) -> bool:
    years = {int(y) for y in re.findall(r"\b((?:19|20)\d\d)\b", text)}
    return year in years if years else any(abs(year - a.year) <= 1 for a in anchors)


def _month(year: int, month: int, text: str, anchors: list[date]) -> bool:
    name = MONTHS[month - 1]
    if re.search(rf"\b(?:{name}\b|{name[:3]}\.|{name[:4]}\.)", text):
        return _in_year(year, text, anchors)
    if re.search(r"\b(?:until|till|through)\b", text):  # of a stay only the end is stated: its month is known
        days = [date(year, month, 1) + timedelta(days=n) for n in range(31)]
        if any(day.month == month and _day(day, text, anchors) for day in days):
            return True
    seasons = [season for season, months in _SEASONS.items() if month in months]
    if any(re.search(rf"\b{season}\b", text, re.IGNORECASE) for season in seasons) and _in_year(year, text, anchors):
        return True
    months = {"month": {_shift(a, n) for a in anchors for n in (-1, 0, 1)},
              "week|weekend": {(m.year, m.month) for a in anchors for m in _mondays(a)}}  # fmt: skip
    return any(
        (year, month) in found and re.search(rf"\b(?:{words})s?\b", text, re.IGNORECASE)
        for words, found in months.items()
    )


def _mondays(day: date) -> list[date]:
    monday = day - timedelta(days=day.weekday())
    return [monday + timedelta(weeks=n) for n in (-1, 0, 1)]


def _shift(day: date, months: int) -> tuple[int, int]:
    count = day.year * 12 + day.month - 1 + months
    return count // 12, count % 12 + 1


def _year(year: int, text: str, anchors: list[date]) -> bool:
    if re.search(rf"\b{year}\b", text):
        return True
    return any(
        re.search(rf"\b{word} (?:\w+ )?year", text, re.IGNORECASE) and any(year == a.year + n for a in anchors)
        for word, n in (("this", 0), ("last", -1), ("next", 1))
    )


def _shifted(given: str, passage: Passage) -> bool:
    """Whether the date follows from another date of the text and words such as "a day after", "for 90 days"."""
    bases = set(_anchors(passage)) | _days_of(passage)
    for before, unit, after in _SHIFT.findall(digits(passage.text)):
        count = int(before) if before.isdigit() else 1
        back, onward = ({before, after} & set(words) for words in (_BACK, _ONWARD))
        steps = [-count] * (not onward) + [count] * (not back)
        if any(_moved(base, n, unit, given) for base in bases for n in steps):
            return True
    return False


def _moved(base: date, count: int, unit: str, given: str) -> bool:
    """Whether a date lies some days, weeks, months or years from another; months and years keep the day."""
    if unit in ("day", "week"):
        return (base + timedelta(days=count * (7 if unit == "week" else 1))).isoformat().startswith(given)
    month = "{:04}-{:02}".format(*_shift(base, count * (12 if unit == "year" else 1)))
    return month.startswith(given) or given == f"{month}-{base.day:02}"


def _days_of(passage: Passage) -> set[date]:
    """The days that the text up to the end of the sentence states, looked for around the day of the report."""
    anchors = _anchors(passage)
    sentences = [passage.text, *re.split(r"(?<=[.!?])\s+|\n+", passage.before)]
    around = {a + timedelta(days=n) for a in anchors for n in range(-100, 101)}
    return {day for day in around if any(_dated(s) and _day(day, s, anchors) for s in sentences)}
