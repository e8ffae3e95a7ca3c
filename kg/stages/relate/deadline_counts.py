"""Deadlines that are counted from the day of publication: "16 days left", "before the month is out"."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from kg.stages.relate.deadline_forms import aims
from kg.stages.relate.tariffs.words import spoken

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model import Ref, Time
    from kg.stages.relate.text import Text
    from kg.tokens import Span, Token

_MONTH_OUT = re.compile(
    r"\bbefore (?:the|this) (?P<unit>month|year|week) (?:is (?:out|over|up)|ends|runs out|comes to an end)",
    re.IGNORECASE,
)
_N = r"(?P<n>\d{1,3}|two|three|four|five|six|seven|eight|nine|ten)"
_LEFT = re.compile(
    rf"\b{_N} (?P<unit>day|week)s? (?:are |were |is )?"
    r"(?:left|remain(?:ing|s)?|to go|before the deadline|until the deadline)\b",
    re.IGNORECASE,
)
_THEN = re.compile(r"\b(?:by|before|until) (?:then|(?:that|this|the same) (?:date|day|deadline))\b", re.IGNORECASE)
_TERM = re.compile(
    rf"\b(?P<lead>within|has|have|had|given|gave|gives|grants|granted)(?: \w+){{0,3}}? {_N} (?P<unit>day|week|month)s?"
    r"(?P<of> (?:of|from|after)\b)?(?= )",
    re.IGNORECASE,
)
_NEAR = 60  # characters from "within two months of" to a day
_HALF = 200  # days ahead from which on "the summit of September 1" was the last one
_DAY = 10  # characters of a day
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}


class Found(NamedTuple):
    """A deadline before it is a claim."""

    day: str
    start: int
    end: int
    clause: Token
    rule: str
    about: tuple[Ref, ...] = ()


def counted(text: Text, sent: Span, published: str) -> Iterator[Found]:
    """As in "before the month is out", "16 days left"."""
    if not published:
        return
    day = date.fromisoformat(published)
    match = _MONTH_OUT.search(spoken(sent))
    if match is not None:
        last = {
            "month": day.replace(day=monthrange(day.year, day.month)[1]), "year": date(day.year, 12, 31),
            "week": day + timedelta(days=6 - day.weekday()),
        }[match["unit"].lower()]  # fmt: skip
        start, end = sent.start_char + match.start(), sent.start_char + match.end()
        yield Found(last.isoformat(), start, end, text.token(start), "deadline-due")
    if not any(t.date and len(t.date) == _DAY and t.preposition in {"by", "until"} for t in text.times(sent)):
        yield from _terms(text, sent, day)
    match = _LEFT.search(spoken(sent))
    dated = any(t.date and len(t.date) == 10 for t in text.times(sent))  # "two weeks left until 1 August"
    if match is not None and not dated:
        count = int(match["n"]) if match["n"].isdigit() else _NUMBERS[match["n"].lower()]
        count *= 7 if match["unit"].lower() == "week" else 1
        start, end = sent.start_char + match.start(), sent.start_char + match.end()
        yield Found((day + timedelta(days=count)).isoformat(), start, end, text.token(start), "deadline-left")


def next_weekday(text: Text, time: Time, day: str, published: str) -> str:
    """The day meant by "if nothing has changed by Sunday": one to come, though the verb is in the perfect."""
    words = text.document.text[time.start : time.end].lower()
    if time.preposition != "by" or not words.endswith("day") or day >= published or not _conditional(text, time):
        return day
    found = date.fromisoformat(day)
    while found.isoformat() < published:
        found += timedelta(days=7)
    return found.isoformat()


def _conditional(text: Text, time: Time) -> bool:
    """Whether a day stands in a clause with "if" or "unless"."""
    verb = next((t for t in text.token(time.start).ancestors if t.pos_ in {"VERB", "AUX"}), None)
    return verb is not None and any(c.lower_ in {"if", "unless", "should"} for c in verb.children)


def _terms(text: Text, sent: Span, day: date) -> Iterator[Found]:
    """As in "within two months of the summit of September 1", "has 60 days from Monday to respond"."""
    for match in _TERM.finditer(spoken(sent)):
        start, end = sent.start_char + match.start(), sent.start_char + match.end()
        times = (t for t in text.times(sent) if end <= t.start < end + _NEAR and t.date and len(t.date) == _DAY)
        base = next(times, None) if match["of"] is not None else None
        verb = next((t for t in (text.token(start), *text.token(start).ancestors) if t.pos_ in {"VERB", "AUX"}), None)
        within = match["lead"].lower() == "within"
        to = "to" in {t.lower_ for t in text.within(end, end + _NEAR)}
        unknown = text.token(start).dep_ == "aux" or (base is None and (within or match["of"] is not None))
        if verb is None or unknown or not (to or (within and aims(verb))):
            continue
        if base is not None or (to and verb.tag_ in {"VBZ", "VBP"}):
            first = date.fromisoformat(str(base.date)) if base is not None else day
            first = first.replace(year=first.year - 1) if first - day > timedelta(days=_HALF) else first
            count = int(match["n"]) if match["n"].isdigit() else _NUMBERS[match["n"].lower()]
            last = _later(first, count, match["unit"].lower())
            if last > day:
                yield Found(last.isoformat(), start, end, verb, "deadline-left")


def _later(day: date, count: int, unit: str) -> date:
    if unit != "month":
        return day + timedelta(days=count * (7 if unit == "week" else 1))
    months = day.month - 1 + count
    year, month = day.year + months // 12, months % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def pointed(text: Text, sent: Span) -> Iterator[Found]:
    """As in "The summit is on 27 January. They are to settle the rest before that date": the day told last."""
    match = _THEN.search(spoken(sent))
    if match is None or spoken(sent).rstrip().endswith("?") or not _is_aim(text, sent, match):
        return
    start, end = sent.start_char + match.start(), sent.start_char + match.end()
    before = text.sentences_before(sent, 1)
    days = [t.date for span in (*before, sent) for t in text.times(span) if t.end <= start and t.date is not None]
    days = [day for day in days if len(day) == 10 and day > (text.document.published or "")]
    if days:
        yield Found(days[-1], start, end, text.token(start), "deadline-due")


def _is_aim(text: Text, sent: Span, match: re.Match[str]) -> bool:
    """Whether something is wanted by then, or depends on it: "must be settled by then", "if nothing is by then"."""
    then = text.token(sent.start_char + match.start())
    verbs = [t for t in then.ancestors if t.pos_ in {"VERB", "AUX"}]
    return any(aims(v) or any(c.lower_ in {"if", "unless"} for c in v.children) for v in verbs[:2])
