"""Days of tariffs counted from another day: "since then", "two days later", "a day before it takes effect"."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from kg.stages.relate.tariffs.words import plain

if TYPE_CHECKING:
    from kg.model import Time
    from kg.stages.relate.tariffs.frame import Frame
    from kg.stages.relate.text import Text
    from kg.tokens import Span, Token

# their day is not that of the tariff
_BEFORE_EFFECT = frozenset({"announce", "propose", "publish", "unveil", "sign", "agree"})
_WORDS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen",
)  # fmt: skip
_COUNTS = {"a": 1, "the": 1, **{word: n for n, word in enumerate(_WORDS, 1)}}
_COUNT = rf"\b(?P<n>a|the|{'|'.join(_WORDS)}|\d+) "
_ROUGHLY = r"(?<!less than )(?<!more than )(?<!fewer than )(?<!nearly )(?<!about )(?<!almost )(?<!around )(?<!over )"
_DAYS_BEFORE = re.compile(
    _ROUGHLY + _COUNT
    + r"(?:day|(?P<week>week))s? (?:(?:left |to go )?(?:before|until|till)|ahead of|away from)\b[^,;]*$",
    re.IGNORECASE,
)
_LATER = re.compile(_COUNT + r"days? (?:later|afterwards?|after (?:the|that|this) \w+)\b", re.IGNORECASE)
_SINCE_THEN = re.compile(
    r"\b(?:since (?:then|that (?:day|date))|(?:from|as of) (?:then|that (?:day|date)))\b", re.IGNORECASE
)
_STORY = 400  # characters back to the day that "since then" means


def reckoned(text: Text, frame: Frame, first: int) -> Time | None:
    """The day meant by "since then" and, of what is done, by "two days later": counted from the day told last.

    Only words between the tariff and the one told before it (from token `first`) count.
    """
    base = text.doc[first].idx
    words = plain(text.doc)[base : frame.sent.end_char]
    verb = frame.doing.verb
    done = frame.deed and (verb is None or verb.lemma_ not in _BEFORE_EFFECT)
    match = _SINCE_THEN.search(words) or (_LATER.search(words[: frame.at.idx - base]) if done else None)
    if match is None:
        return None
    start, end = base + match.start(), base + match.end()
    ahead = words[match.start()].lower() in {"f", "a"}  # "from that date", "as of that day"
    latest = "9" if ahead else text.document.published or "9"
    told = [
        t for t in text.mentions.times
        if start - _STORY <= t.start < start and t.date and len(t.date) == 10 and t.date <= latest
    ]  # fmt: skip
    if not told:
        return None
    coming = [t for t in told if ahead and str(t.date) > (text.document.published or "9")]
    base_day = (coming or told)[-1]  # "was put off to July 5, it was announced on Monday. From that date"
    counted = _days(match) if "n" in match.groupdict() else timedelta()
    day = (date.fromisoformat(str(base_day.date)) + counted).isoformat()
    return replace(base_day, start=start, end=end, value=day, date=day, first=day, last=day, preposition="since")


def _days(match: re.Match[str]) -> timedelta:
    """How long "eleven days", "2 weeks" are."""
    count = match["n"].lower()
    number = _COUNTS[count] if count in _COUNTS else int(count)
    return timedelta(days=number * (7 if match.groupdict().get("week") else 1))


def days_before(text: Text, sent: Span, at: Token) -> Time | None:
    """The day meant by "on Thursday, a day before a tariff takes effect"."""
    match = _DAYS_BEFORE.search(text.doc[sent.start : at.i].text)
    if match is None:
        return None
    named = [t for t in text.times(sent) if t.date is not None and len(t.date) == 10 and t.start < at.idx]
    if not named:
        return None
    day = (date.fromisoformat(str(named[-1].date)) + _days(match)).isoformat()
    start, end = sent.start_char + match.start(), sent.start_char + match.end()
    return replace(named[-1], start=start, end=end, value=day, date=day, first=day, last=day, preposition="from")


def led(text: Text, time: Time, first: int, kind: str) -> bool:
    """As in "What is coming: on 1 April the duty on tea goes to 9 percent": the day behind a colon."""
    ahead = (time.first or time.date or "") > (text.document.published or "9")
    before = text.doc[max(0, first - 2) : first].text
    return ahead and ":" in before and kind in {"move", "effect", "raise", "lower", "impose"}


def of_old(text: Text, frame: Frame, time: Time) -> bool:
    """As in "from 8.59 percent a year ago", "from the 10 percent charged since May", "twice the 25 it had borne"."""
    old = frame.group.previous if frame.group is not None else None
    if old is None or time.start < old.end:
        return False
    between, day = plain(text.doc)[old.end : time.start], plain(text.doc)[time.start : time.end]
    clause = time.preposition == "since" and bool(between.strip()) and "," not in between and ";" not in between
    return clause or " had " in between or (not between.strip() and day.endswith((" ago", " earlier", " before")))


def years_on(time: Time, years: int) -> Time:
    """The same day or month of another year."""
    if time.date is None:
        return time
    year = str(int(time.date[:4]) + years)
    first, last = (year + str(day)[4:] if day else None for day in (time.first, time.last))
    return replace(time, date=year + time.date[4:], value=year + time.date[4:], first=first, last=last)
