"""Tariffs that come in steps: "5 percent from June 10, rising to 10 percent on July 1 and 15 on August 1"."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from kg.stages.relate.goods.products import known, state_at
from kg.stages.relate.tariffs.frame import Frame
from kg.stages.relate.tariffs.group import Amount, single
from kg.stages.relate.tariffs.rows import introduced
from kg.stages.relate.tariffs.words import RATE_NOUNS, is_tariff, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model import Time
    from kg.stages.relate.text import Text
    from kg.tokens import Span

_NUMBER = r"(?<![\w.,$€£])(\d{1,3}(?:\.\d+)?|zero)(?: ?%| ?percent| ?per cent| ?pc)?"
_DAY_BEHIND = re.compile(  # "15 percent | on" August 1
    rf"{_NUMBER},?(?: (?:tariff|duty|levy|rate))?(?: (?:starting|beginning|effective|again))?"
    r"(?: (?:on|in|from|of|by|at|as of|with|after))?(?: the)?(?: (?:start|beginning) of)?(?: the)? ?$",
    re.IGNORECASE,
)
_DAY_AHEAD = re.compile(  # July 1 "| to 10 percent", "1 July: 10%", July 1 "| the rate goes up to 10 percent"
    r"^(?:,|:)?(?: (?:it|they|(?:the|its|that) (?:rate|tariff|duty|levy)))?(?: (?:will|would|is|was|is to|was to))?"
    r"(?: (?:then|rises?|climbs?|goe?s?|went|falls?|drops?|increase[sd]?|rose|fell|raised|cut|up|down)){0,2}"
    rf"(?: to| at)? {_NUMBER}",
    re.IGNORECASE,
)
_BETWEEN = 9  # tokens between two steps: ", before it goes up once more, to"
_DAYS_OFF = 14  # tokens between the first rate and its day: "5 percent on all goods from Mexico, starting on June 10"
_BEGINS = frozenset({"from", "on", "of", "starting", "beginning", "effective", "since"})
_LINE = 70  # characters of a line with a day and a rate
_FILLING = frozenset({
    "on", "from", "as", "of", "since", "in", "by", "at", "to", "starting", "effective", "the", "rate", "and"
})  # fmt: skip
_AHEAD = {"InForce": "Threatened", "Lifted": "Threatened", "Paused": "Threatened"}


class _Step(NamedTuple):
    """A rate and the day from which it holds."""

    rate: Amount
    day: Time

    @property
    def start(self) -> int:
        return min(self.rate.start, self.day.start)

    @property
    def end(self) -> int:
        return max(self.rate.end, self.day.end)


def staged(text: Text, sent: Span, here: list[Frame], told: list[Frame]) -> list[Frame]:
    """The tariffs of a sentence, where rates that follow each other have a day each.

    Args:
        text: The document.
        sent: The sentence.
        here: The tariffs read in it.
        told: Those read before.
    """
    steps = _steps(text, sent)
    if min(len({s.day.date for s in steps}), len({s.rate.value for s in steps})) < max(2, len(steps)):
        return here  # "25 percent on August 7 and another 25 on August 27" are two
    base = _base(sent, steps, here, told)
    if base is None:
        return here
    rates = {s.rate.value for s in steps}
    kept = [f for f in here if not f.rates or not f.rates <= rates]
    before = base.group.previous if base.group is not None and base in here else None
    before = None if before is not None and before.value in rates else before
    day = steps[0].day
    for step in steps:
        group = single(text, step.rate, before)
        day = _after(step.day, day)
        frame = replace(base, sent=sent, at=text.doc[group.first], rule="tariff-staged", group=group, when=day)
        if (day.first or "") > (text.document.published or "9"):
            frame.status = _AHEAD.get(frame.status or "", frame.status)
        kept.append(frame)
        before = step.rate
    return sorted(kept, key=lambda f: f.at.i)


def _after(day: Time, before: Time) -> Time:
    """The day of a step, which lies behind the one before: "10 percent from today, 18 percent in July"."""
    if (day.last or day.date or "9") >= (before.first or before.date or "0"):
        return day
    year = str(int((day.date or "0000")[:4]) + 1)
    moved = {name: year + value[4:] for name in ("date", "value", "first", "last") if (value := getattr(day, name))}
    return replace(day, **moved)


def dated(text: Text, sent: Span, found: list[Frame], context: Time | None) -> list[Frame] | None:
    """The tariff of a line of a calendar that says no more than a day and a rate: "July 1: 10 percent"; else None.

    Args:
        text: The document.
        sent: The sentence that begins in the line.
        found: The tariffs told before.
        context: The day on which the rates take effect, where a sentence before the list tells it.
    """
    line = next((x for x in calendar(text) if x.at <= sent[0].idx < x.end), None)
    if line is None:
        return None
    last = found[-1] if found and found[-1].rule == "tariff-staged" else None
    group = single(text, line.step.rate, last.group.rates[0] if last is not None and last.group is not None else None)
    frame = Frame(sent, text.doc[group.first], "tariff-staged", group=group, when=line.step.day, status=None)
    if last is not None:
        frame.imposers, frame.targets, frame.goods = last.imposers, last.targets, last.goods
        frame.status, frame.firm, frame.intro = last.status, last.firm, last.intro
    else:
        introduced(text, frame, found, context, line.at)
        frame.goods = frame.intro.goods if frame.intro is not None else []
    if (line.step.day.first or "") > (text.document.published or "9"):
        frame.status = _AHEAD.get(frame.status or "", frame.status)
    return [frame]


class _Line(NamedTuple):
    """A line that holds a day and a rate and nothing else, in characters of the text."""

    at: int
    end: int
    step: _Step


@lru_cache(maxsize=1)
def calendar(text: Text) -> tuple[_Line, ...]:
    """The lines that hold a day and a rate and nothing else, where two or more follow each other."""
    found: list[_Line | None] = []
    at = 0
    for raw in text.document.text.split("\n"):
        start, at = at, at + len(raw) + 1
        if raw.strip():
            found.append(_dated_line(text, raw, start) if re.search(r"\d", raw) and len(raw) < _LINE else None)
    beside = zip([None, *found], found, [*found[1:], None], strict=False)
    return tuple(line for before, line, after in beside if line is not None and (before or after))


def _dated_line(text: Text, raw: str, at: int) -> _Line | None:
    end = at + len(raw)
    days = [t for t in text.mentions.times if at <= t.start < end and t.kind == "DATE" and t.date]
    rates = [q for q in text.mentions.quantities if at <= q.start < end and q.kind == "percent" and q.value is not None]
    if len(days) != 1 or len(rates) != 1:
        return None
    (_, first), (second, third) = sorted(((days[0].start, days[0].end), (rates[0].start, rates[0].end)))
    start = min(days[0].start, rates[0].start)
    words = text.document.text
    rest = f"{words[at:start]} {words[first:second]} {words[third:end]}"
    if not set(re.findall(r"\w+", rest.lower())) <= _FILLING:
        return None
    rate = Amount(Decimal(rates[0].value or 0), rates[0].start, rates[0].end)
    return _Line(at, end, _Step(rate, days[0]))


def _steps(text: Text, sent: Span) -> list[_Step]:
    """The rates of a sentence that have a day of their own and follow each other, in order."""
    found: list[_Step] = []
    for day in text.times(sent):
        step = _step(text, sent, day, found[-1] if found else None)
        if step is not None and (not found or _goes_on(text, found[-1], step)):
            found.append(step)
        elif step is not None:
            return []
    first = _first(text, sent, found[0]) if found else None
    return [first, *found] if first is not None else found


def _step(text: Text, sent: Span, day: Time, last: _Step | None) -> _Step | None:
    """A day with the rate right before it, or right behind."""
    if day.kind != "DATE" or day.date is None or len(day.date) < 7 or day.end_date is not None:
        return None
    words, start = plain(text.doc), max(sent.start_char, last.end if last is not None else 0)
    behind = _DAY_BEHIND.search(words[start : day.start])
    if behind is not None:
        return _Step(_amount(behind[1], start + behind.start(), start + behind.end(1)), day)
    ahead = _DAY_AHEAD.match(words[day.end : sent.end_char])
    if ahead is None:
        return None
    return _Step(_amount(ahead[1], day.end + ahead.start(1), day.end + ahead.end(1)), day)


def _amount(number: str, start: int, end: int) -> Amount:
    return Amount(Decimal(0) if number.lower() == "zero" else Decimal(number), start, end)


def _goes_on(text: Text, last: _Step, step: _Step) -> bool:
    """Whether no other goods or states stand between two steps: "10 percent on July 1, Peru 20 on August 1"."""
    between = text.tokens(last.end, step.start) if step.start > last.end + 1 else range(0)
    return len(between) <= _BETWEEN and not any(
        state_at(text, i) is not None or known(text.doc[i]) for i in between
    )


def _first(text: Text, sent: Span, step: _Step) -> _Step | None:
    """The rate before the first one with a day right beside it, and its day: "5 percent on all goods from June 10"."""
    days = [t for t in text.times(sent) if t.kind == "DATE" and t.date and t.end < step.start]
    rates = [a for a in _percents(text, sent) if a.end < step.start]
    if not days or not rates or rates[-1].end > days[-1].start:
        return None
    rate, day = rates[-1], days[-1]
    at = text.tokens(day.start, day.end)[0]
    begins = day.preposition in _BEGINS or text.doc[at - 1].lower_ in _BEGINS or text.doc[at].lower_ in _BEGINS
    near = at - text.tokens(rate.start, rate.end)[-1] <= _DAYS_OFF
    first = _Step(rate, day)
    return first if begins and near and _goes_on(text, first, step) else None


def _percents(text: Text, sent: Span) -> Iterator[Amount]:
    for q in text.mentions.quantities:
        if q.kind == "percent" and q.value is not None and sent.start_char <= q.start < sent.end_char:
            yield Amount(q.value, q.start, q.end)


def _base(sent: Span, steps: list[_Step], here: list[Frame], told: list[Frame]) -> Frame | None:
    """The tariff that comes in steps: the one read of the first rates here, or told before and spoken of again."""
    rates = {s.rate.value for s in steps}
    beside = [f for f in here if f.rates & rates or (f.group and f.group.previous and f.group.previous.value in rates)]
    for frame in sorted(beside, key=lambda f: not (f.imposers and f.taxed)):
        return frame
    if here:
        return here[0] if here[0].group is None else None
    again = any(t.lower_ in {"it", "they", *RATE_NOUNS} or is_tariff(t) for t in sent)
    return told[-1] if told and again and 0 <= sent.start - told[-1].sent.end <= 1 else None
