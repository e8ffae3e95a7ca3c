"""Lines of lists that open with a rate: "39%  Switzerland - 31% in April", "15%: Japan (25% threatened), South Korea".

Behind the rate stand those who pay it; a bracket or the words behind a dash tell what one of them paid before, or from
which day it pays something else. What follows is a remark.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from kg.stages.relate.tariffs.entries import named
from kg.stages.relate.tariffs.frame import Frame
from kg.stages.relate.tariffs.group import Amount, single
from kg.stages.relate.tariffs.list_words import ahead
from kg.stages.relate.tariffs.rows import introduced, of_other
from kg.stages.relate.tariffs.running import lined

if TYPE_CHECKING:
    from kg.model import Time
    from kg.stages.relate.goods.phrases import Listing
    from kg.stages.relate.text import Text
    from kg.tokens import Span

_LINE = re.compile(
    r"^[\s\-–—•*·‣▪>#]*(?:(?:at|rate(?: of)?|tariff(?: of)?|duty(?: of)?)\s+)?"
    r"(?P<rate>\d{1,3}(?:\.\d+)?\s?(?:%|per ?cent\b))\s*(?:[:|\t]\s*|[–—-]\s+|\s)\s*(?=[A-Z])",
    re.IGNORECASE,
)
_ITEM = re.compile(
    r"\s*(?:and |& )?(?P<label>[^,;:()–—.\d%]+?)\s*(?:\((?P<note>[^()]*)\))?"
    r"\s*(?P<end>,|;|\.|–|—|\s-\s|$|(?=\band\b))"
)
_OLD = re.compile(
    r"\s*(?:it |this )?(?:(?:was|were|is|up|down|from|previously|before|earlier|instead of|after|not)\s+){0,3}"
    r"(?P<old>\d{1,3}(?:\.\d+)?)\s?(?:%|per ?cent\b)?(?P<then>[^,;.]*)",
    re.IGNORECASE,
)
_FROM = re.compile(r"\s*(?:since|from|as of|effective|on|starting|in force)\b", re.IGNORECASE)
_LONGEST = 400  # characters of a line


class _Item(NamedTuple):
    """One who pays the rate of a line, in characters of the text; the words that tell of another rate of it."""

    names: Listing
    start: int
    note: tuple[int, int]


class Line(NamedTuple):
    """A line that opens with its rate."""

    start: int
    end: int
    rate: Amount
    items: tuple[_Item, ...]


def rate_first(text: Text, sent: Span, found: list[Frame], context: Time | None) -> list[Frame] | None:
    """The tariffs of a line that opens with a rate, where others beside it do; None for any other sentence.

    Args:
        text: The document.
        sent: The sentence that begins in the line; its remarks are left to the other readers.
        found: The tariffs told before.
        context: The day on which the rates take effect, where a sentence before the list tells it.
    """
    line = next((x for x in rated_lines(text) if x.start <= sent[0].idx < x.end), None)
    if line is None:
        return None
    if sent[0].idx > line.rate.end:
        return [] if any(item.start >= sent[0].idx for item in line.items) else None
    frames = [frame for item in line.items for frame in _frames(text, sent, line, item)]
    for frame in frames:
        introduced(text, frame, found, context, rated_lines(text)[0].start)
    return frames


def _frames(text: Text, sent: Span, line: Line, item: _Item) -> list[Frame]:
    """The tariff of one who pays; a second one where a note tells what it pays from a later day on."""
    other, day = _noted(text, item)
    later = other is not None and day is not None and ahead(text, day)
    frame = _frame(text, sent, item, line.rate, other if not later else None)
    if other is None and day is not None:
        frame.when, frame.status = day, "Threatened" if ahead(text, day) else "InForce"
    if not later or other is None:
        return [frame]
    second = _frame(text, sent, item, other, line.rate)
    second.when, second.status = day, "Threatened"
    return [frame, second]


def _frame(text: Text, sent: Span, item: _Item, rate: Amount, previous: Amount | None) -> Frame:
    group = single(text, rate, previous)
    at = text.token(item.start)
    return Frame(sent, at, "tariff-row", group=group, goods=item.names.goods, targets=item.names.states, status=None)


def _noted(text: Text, item: _Item) -> tuple[Amount | None, Time | None]:
    """The other rate that a note tells, and the day that stands with it: "31% in April", "50% from August 27"."""
    start, end = item.note
    words = text.document.text[start:end]
    days = [t for t in text.mentions.times if start <= t.start < end and t.kind == "DATE" and t.date]
    day = next((t for t in days if ahead(text, t) and t.preposition not in {"until", "till"}), None)
    match = _OLD.match(words)
    if match is None:
        return None, days[0] if days and _FROM.match(words) else None  # not "to double on August 27"
    at = start + match.start("old")
    return Amount(Decimal(match["old"]), at, at + len(match["old"])), day


@lru_cache(maxsize=1)
def rated_lines(text: Text) -> tuple[Line, ...]:
    """The lines that open with a rate and name who pays it, where two or more stand side by side."""
    found: list[Line | None] = []
    at = 0
    for raw in lined(text.document.text).split("\n"):
        start, at = at, at + len(raw) + 1
        if raw.strip():
            found.append(_line(text, raw, start))
    beside = zip([None, *found], found, [*found[1:], None], strict=False)
    lines = tuple(line for before, line, after in beside if line is not None and (before or after))
    return lines if lines and not of_other(text, lines[0].start) else ()


def _line(text: Text, raw: str, start: int) -> Line | None:
    match = _LINE.match(raw) if len(raw) < _LONGEST else None
    if match is None:
        return None
    number = re.match(r"[\d.]+", match["rate"])
    items = _items(text, raw, start, match.end())
    if number is None or not items or not all(i.names.states for i in items):
        return None
    rate = Amount(Decimal(number[0]), start + match.start("rate"), start + match.end("rate"))
    return Line(start, start + len(raw), rate, tuple(items))


def _items(text: Text, raw: str, start: int, first: int) -> list[_Item]:
    """Those who pay, up to the first word of a remark."""
    found: list[_Item] = []
    while first < len(raw) and (match := _ITEM.match(raw, first)):
        names = named(text, start + match.start("label"), start + match.end("label"))
        if names is None or not (names.states or names.goods):
            break
        note = match.span("note") if match["note"] is not None else (0, 0)
        found.append(_Item(names, start + match.start("label"), (start + note[0], start + note[1])))
        first = match.end()
        if match["end"] in {".", "–", "—", ";"} or match["end"].strip() == "-":
            break
    if len(found) == 1 and found[0].note[0] == found[0].note[1]:  # "Switzerland - 31% in April"
        rest = re.match(r"[^.;]*", raw[first:])
        found[0] = found[0]._replace(note=(start + first, start + first + (rest.end() if rest else 0)))
    return found
