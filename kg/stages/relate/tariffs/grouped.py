"""Lists grouped by rate: a line with a rate above the states or goods that pay it.

"15 percent" above "European Union, Japan, Norway", "The middle: 15%" above "The EU, Japan and Israel.". Where labels
stand above their rates instead ("Canada" above "25% - juice"), the first line of the group is a label: see `entries`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from kg.model import BlockKind
from kg.stages.relate.goods.products import known, state_at
from kg.stages.relate.tariffs.entries import named
from kg.stages.relate.tariffs.frame import Frame
from kg.stages.relate.tariffs.group import Amount, single
from kg.stages.relate.tariffs.list_words import ahead
from kg.stages.relate.tariffs.rows import introduced, of_other
from kg.stages.relate.tariffs.running import lined
from kg.stages.relate.tariffs.words import FINITE

if TYPE_CHECKING:
    from kg.model import Time
    from kg.stages.relate.goods.phrases import Listing
    from kg.stages.relate.text import Text
    from kg.tokens import Span

_HEAD = 9  # words of a line with a rate above its labels: "The hard hit: 30 per cent and no exemptions"
_BULLET = re.compile(r"^[\s\-–—•*·‣▪>#]*")
_LABELS = re.compile(r"^.*?(?=\s*[(\[:;–—]|\s-\s|\.(?:\s|$)|, (?:since|from|as of|until)\b|$)")
_SHUT = frozenset({BlockKind.HEADLINE, BlockKind.META, BlockKind.CAPTION})


class _Head(NamedTuple):
    """A line with a rate that names nobody, in characters of the text."""

    start: int
    end: int
    rate: Amount


class _Labels(NamedTuple):
    """A line of states or goods below it."""

    start: int
    end: int  # of the labels alone
    stop: int  # of the line
    names: Listing


class Grouped(NamedTuple):
    """The lines of such lists."""

    heads: tuple[_Head, ...] = ()
    labels: tuple[tuple[_Head, _Labels], ...] = ()


def by_rate(text: Text, sent: Span, found: list[Frame], context: Time | None) -> list[Frame] | None:
    """The tariffs of the states or goods of a line that stands below its rate; None for any other sentence.

    Args:
        text: The document.
        sent: The sentence; the line with the rate gives no tariff of its own.
        found: The tariffs told before.
        context: The day on which the rates take effect, where a sentence before the list tells it.
    """
    lists = grouped(text)
    if any(h.start <= sent[0].idx < h.end for h in lists.heads):
        return []
    pair = next(((h, x) for h, x in lists.labels if x.start <= sent[0].idx < x.stop), None)
    if pair is None:
        return None
    head, line = pair
    beside = text.document.text[line.start : sent[0].idx].strip(" \t-•*·–—")
    rates = [head.rate] if not beside else _rates(text, max(line.end, sent.start_char), sent.end_char)
    if beside and sent.start_char >= line.end and not rates:
        return None  # "The government has protested."
    days = _days(text, line.end, min(line.stop, sent.end_char)) or (
        _days(text, head.start, head.end) if not beside else []
    )
    frames = [_frame(text, sent, line, rate, days) for rate in rates]
    for frame in frames:
        introduced(text, frame, found, context, lists.heads[0].start)
    return frames


def _frame(text: Text, sent: Span, line: _Labels, rate: Amount, days: list[Time]) -> Frame:
    group = single(text, rate)
    frame = Frame(sent, sent[0], "tariff-row", group=group, goods=line.names.goods, targets=line.names.states)
    frame.when = next((t for t in days if t.preposition not in {"until", "till"}), None)
    frame.status = None if frame.when is None else "Threatened" if ahead(text, frame.when) else "InForce"
    return frame


def _days(text: Text, start: int, end: int) -> list[Time]:
    return [t for t in text.mentions.times if start <= t.start < end and t.kind == "DATE" and t.date]


def _rates(text: Text, start: int, end: int) -> list[Amount]:
    inside = [q for q in text.mentions.quantities if start <= q.start < end and q.kind == "percent"]
    return [Amount(q.value, q.start, q.end) for q in inside if q.value is not None]


@lru_cache(maxsize=1)
def grouped(text: Text) -> Grouped:
    """The lists of a text in which rates stand above their labels; two at least, or one whose rate ends in a colon."""
    heads: list[_Head] = []
    labels: list[tuple[_Head, _Labels]] = []
    head: _Head | None = None
    before, at = False, 0  # whether labels stand right above
    lines: list[tuple[str, int, _Head | None]] = []
    for raw in lined(text.document.text).split("\n"):
        start, at = at, at + len(raw) + 1
        if raw.strip():
            lines.append((raw, start, _head(text, raw, start)))
    if not any(rate for _, _, rate in lines):
        return Grouped()  # as in most texts: to read labels takes far longer
    for raw, start, rate in lines:
        line = _labels(text, raw, start) if rate is None else None
        if line is not None and head is not None:
            labels.append((head, line))
            heads += [head] if head not in heads else []
        else:
            head = rate if not before else None
        before = line is not None and head is None
    clear = len(heads) > 1 or any(text.document.text[h.start : h.end].rstrip().endswith(":") for h in heads)
    return Grouped(tuple(heads), tuple(labels)) if clear and not of_other(text, heads[0].start) else Grouped()


def _head(text: Text, raw: str, start: int) -> _Head | None:
    """A line with one rate and few words, none of them a state, known goods or a finite verb."""
    end = start + len(raw)
    rates = _rates(text, start, end)
    if len(rates) != 1 or len(raw.split()) > _HEAD:
        return None
    inside = [t for t in text.within(start, end) if not t.is_space]
    if not inside or text.block(inside[0]) in _SHUT:
        return None
    if any(t.tag_ in FINITE or known(t) or state_at(text, t.i) is not None for t in inside):
        return None
    return _Head(start, end, rates[0])


def _labels(text: Text, raw: str, start: int) -> _Labels | None:
    """A line that begins with states, or with goods that the lexicon knows, and tells nothing else of them."""
    bullet = _BULLET.match(raw)
    first = bullet.end() if bullet else 0
    match = _LABELS.match(raw[first:])
    end = first + (match.end() if match else 0)
    names = named(text, start + first, start + end) if end > first else None
    if names is None or not (names.states or names.goods):
        return None
    return _Labels(start, start + end, start + len(raw), names)
