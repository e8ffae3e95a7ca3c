"""Deadlines that are counted from the day of publication: "16 days left", "before the month is out"."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from kg.stages.relate.deadline_words import relevant
from kg.stages.relate.tariffs.words import spoken

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model import Ref
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
    match = _LEFT.search(spoken(sent))
    if match is not None and relevant(sent):
        count = int(match["n"]) if match["n"].isdigit() else _NUMBERS[match["n"].lower()]
        count *= 7 if match["unit"].lower() == "week" else 1
        start, end = sent.start_char + match.start(), sent.start_char + match.end()
        yield Found((day + timedelta(days=count)).isoformat(), start, end, text.token(start), "deadline-left")
