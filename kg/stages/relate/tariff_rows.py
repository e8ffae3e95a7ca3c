"""Rates in lists and tables: "Japan: 15% (24%)", "Passenger cars | 120% | 60%"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.model import BlockKind
from kg.stages.relate.goods_lists import listing
from kg.stages.relate.rates import Amount, Group
from kg.stages.relate.tariff_frames import Frame
from kg.stages.relate.tariff_times import starting
from kg.stages.relate.tariff_words import RATE_NOUNS, is_tariff, spoken

if TYPE_CHECKING:
    from spacy.tokens import Span

    from kg.model import Block, Time
    from kg.stages.relate.text import Text

_LABEL = re.compile(r"^\W*(?P<label>[^\d%|:\t]+?)(?:\s*[:|\t]|\s+[–—-]+\s|\s{2,}|\s\(?(?=\d))")
_LINE = re.compile(r"^\W*[A-Z][^\d%|:.]{2,40}:\s*(?:about )?\d[\d.]*\s?(?:%|percent|per cent)")
_OLD_FIRST = re.compile(
    r"\b(?:old|previous|before|current|former|now|announced)\b[^|/\t%\n]*(?:[|/\t]|\s{2})[^|%\n]*\b(?:new|after)\b",
    re.IGNORECASE,
)
_BEGIN = frozenset({"from", "starting", "beginning", "effective"})
_REACH = 120  # tokens between a table and the sentence that introduces it
_LIST = 360  # tokens between two lines of a list with remarks
_HEADING = 400  # characters before a row in which the columns are named
_CONTEXT = 700  # characters between "They take effect on August 7" and a row


def announced(text: Text, sent: Span) -> Time | None:
    """The day on which "they" or "the rates" take effect, told before a list of rates."""
    if not text.times(sent):
        return None
    back = {*RATE_NOUNS, "they", "it"}
    told = [t for t in sent if t.lower_ in back or is_tariff(t)]
    relative = [t for t in sent if t.lower_ in {"that", "which"} and t.dep_ == "nsubj" and t.head.head in told]
    subject = next((t for t in [*told, *relative] if t.dep_ in {"nsubj", "nsubjpass"}), None)
    found = starting(text, sent, subject) if subject is not None else None
    heads = text.block(sent[0]) is BlockKind.SUBHEAD or spoken(sent).rstrip().endswith(":")
    if found is not None or not (told or heads):
        return found
    begin = (
        t for t in text.times(sent) if t.kind == "DATE" and t.date and (t.preposition in _BEGIN or _as_of(text, t))
    )
    return next(begin, None)


def _as_of(text: Text, time: Time) -> bool:
    before = text.document.text[max(0, time.start - 14) : time.start].lower()
    return before.endswith(("as of ", "as from ", "effective ", "starting on ", "effective on ", "beginning on "))


def rows(text: Text, sent: Span, found: list[Frame], context: Time | None) -> list[Frame]:
    """The tariff of one row of a table, or of a line "Thailand: 19 percent (36 percent)"; none of any other sentence.

    Args:
        text: The document.
        sent: The sentence; of a row cut in two, the first part.
        found: The tariffs told before: imposer, status and date of a row come from there.
        context: The day on which the rates take effect, where a sentence before the list tells it.
    """
    row = _row(text, sent)
    label = _LABEL.match(spoken(sent)) if row is not None else None
    if row is None or label is None:
        return []
    amounts = [
        Amount(q.value, q.start, q.end) for q in text.mentions.quantities
        if q.kind == "percent" and q.value is not None and row.start <= q.start < row.end
    ]  # fmt: skip
    names = text.tokens(sent.start_char + label.start("label"), sent.start_char + label.end("label"))
    named = listing(text, names[0], names[-1] + 1) if names else None
    if not amounts or not named:
        return []
    first, second = amounts[0], amounts[1] if len(amounts) > 1 else None
    heading = text.document.text[max(0, sent.start_char - _HEADING) : sent.start_char]
    if second is not None and _OLD_FIRST.search(heading):
        first, second = second, first
    span = text.tokens(first.start, first.end)
    group = Group([first], span[0], span[-1], previous=second, words=(first.start, amounts[-1].end), ends=[span[-1]])
    frame = Frame(sent, text.doc[span[0]], "tariff-row", group=group, goods=named.goods, targets=named.states)
    _introduced(text, frame, found, context)
    dated = (t for t in text.mentions.times if row.start <= t.start < row.end and t.kind == "DATE" and t.date)
    frame.when = next(dated, frame.when)  # a column of dates
    return [frame]


def _row(text: Text, sent: Span) -> Block | None:
    """The row that a sentence begins, or the sentence where it is a line of a list."""
    block = next((b for b in text.document.blocks if b.start <= sent[0].idx < b.end), None)
    if block is None or sent[0].idx != block.start:
        return None
    if block.kind is BlockKind.TABLE_ROW:
        return block
    return replace(block, end=sent.end_char) if _LINE.match(spoken(sent)) else None


def _introduced(text: Text, frame: Frame, found: list[Frame], context: Time | None) -> None:
    """What the text before a table says of all its rows."""
    start = frame.sent.start
    row = next((f for f in reversed(found) if f.rule == "tariff-row" and start - f.sent.end < _LIST), None)
    near = row or next((f for f in reversed(found) if start - f.sent.end < _REACH), None)
    before = near or next((f for f in found if f.group is not None), None)
    if before is not None:
        frame.imposers, frame.status, frame.firm = before.imposers, before.status, before.firm
        frame.when = near.when if near is not None else None
        frame.targets = frame.targets or (before.taxed if before.rule != "tariff-row" or before.goods else [])
    if frame.when is None and context is not None and frame.sent.start_char - context.end < _CONTEXT:
        frame.when = context
        if (context.first or "") > (text.document.published or "9"):
            frame.status, frame.firm = "Threatened", True
