"""Which of several days, lengths and parts of a day are of which single event of one word."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from kg.dates import bounds
from kg.model import FactKind
from kg.stages.relate.events.counted import count_of

if TYPE_CHECKING:
    from kg.model import Time
    from kg.stages.relate.events.trigger import Trigger
    from kg.stages.relate.text import Text
_DAY = 10  # characters of a day
_PAIR = 2
_BOTH = re.compile(r"\d(?:st|nd|rd|th)?\s+and\s+(?:[A-Z][a-z]+\.?\s+)?\d")  # "May 5 and 12"


def each_day(text: Text, trigger: Trigger, dates: list[Time], count: int) -> list[Time]:
    """Of "met twice, on May 5 and 6", "spoke on May 5 and 12" the two days, one for each."""
    time = dates[0] if len(dates) == 1 else None
    if count > _PAIR or time is None or time.first is None or time.last is None or time.end_date is None:
        return dates
    next_day = (date.fromisoformat(time.first) + timedelta(days=1)).isoformat() if len(time.first) == _DAY else ""
    apart = count == 1 and bool(next_day) and time.last > next_day and len(time.last) == _DAY
    apart = apart and time.preposition not in {"between", "from"} and trigger.kind is not FactKind.ROUND
    twice = count == _PAIR and time.last == next_day
    if not (apart or twice) or not _BOTH.search(text.document.text[time.start : time.end]):
        return dates
    return [replace(time, date=day, first=day, last=day, value=day, end_date=None) for day in (time.first, time.last)]


def _finest(dates: list[Time]) -> list[Time]:
    """The times without a year, month or week that holds the day of another: "the fourth time this year, on Friday"."""
    days = [t for t in dates if t.date is not None and len(t.date) == _DAY]
    return [t for t in dates if t in days or not any(_holds(t, day) for day in days)]


def _holds(time: Time, day: Time) -> bool:
    if time.date is None or day.date is None or time.part_of_day is not None:
        return False
    first, last = bounds(time.date) if time.first is None or time.last is None else (time.first, time.last)
    return bounds(first)[0] <= day.date <= bounds(last)[1]


def nearest(text: Text, trigger: Trigger, dates: list[Time], lengths: int) -> list[Time]:
    """Of several days that an event without a number could have, the one nearest to its word.

    As many days as lengths are one for each: "for two hours on Monday and for another hour on Tuesday".
    """
    dates = _finest(dates)
    days = {t.date for t in dates if t.date}
    if 1 < len(days) == lengths:
        return dates
    if len(days) < 2 or count_of(trigger) > 1 or _again(dates, text):
        return dates
    first = min((t for t in dates if t.date), key=lambda t: abs(t.start - trigger.token.idx))
    return [t for t in dates if t.date in {None, first.date}]


def _again(dates: list[Time], text: Text) -> bool:
    """As in "met on Thursday and again on Friday", "on Monday at a hotel and again on Tuesday"."""
    between = text.doc.char_span(dates[0].end, dates[-1].start, alignment_mode="contract")
    words = {t.lower_ for t in between} if between is not None else set()
    last = text.token(dates[-1].start)
    if last.i > 2 and {"and again", "again on"} & {text.doc[last.i - 2 : last.i].text}:
        return True  # "met on Monday for a dinner that went on for hours, and again on Tuesday"
    near = between is not None and (len(between) <= 4 or not any(t.pos_ in {"VERB", "AUX"} for t in between))
    return near and "and" in words and (len(between or ()) <= 4 or bool(words & {"again", "second"}))


def parts(text: Text, dates: list[Time], spans: list[Time], count: int) -> list[tuple[list[Time], Time | None]]:
    """The dates and the length of each single event of one verb: lengths and parts of the day paired in order."""
    days = [t for t in dates if t.date is not None and t.part_of_day is None]
    day_parts = [t for t in dates if t.part_of_day is not None]
    if len(spans) > 1:
        if len(day_parts) == len(spans):
            return [([*days, part], span) for part, span in zip(day_parts, spans, strict=True)]
        exact = [t for t in days if t.date is not None and len(t.date) == 10]
        if len(exact) == len(spans):
            return [([day], span) for day, span in zip(exact, spans, strict=True)]
        return [(dates, span) for span in spans]
    if len(day_parts) == count > 1 and not spans:  # "two rounds, one in the morning and one in the evening"
        return [([*days, part], None) for part in day_parts]
    length = spans[0] if spans else None
    every = [t for t in dates if t.date is not None and len(t.date) == 10]
    if len(every) == 2 and len({t.date for t in every}) == 2 and len(days) < 2:  # "and again on Tuesday evening"
        return _lasting(text, every, length)
    if len(days) > 1 and len(days) in {count, 2} and len({t.date for t in days}) == len(days):
        return _lasting(text, days, length)
    return [(dates, length)]


def _lasting(text: Text, days: list[Time], length: Time | None) -> list[tuple[list[Time], Time | None]]:
    """Each day with the length; of "for an hour on Monday and again on Friday" it is that of the first alone."""
    last = text.token(days[-1].start)
    again = last.i > 1 and "again" in {last.nbor(-1).lower_, last.nbor(-2).lower_}
    first = again and length is not None and length.start < last.idx
    return [([day], None if first and day is not days[0] else length) for day in days]
