"""Rates in lists and tables: "Japan: 15% (24%)", "Passenger cars | 120% | 60%"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.model import BlockKind
from kg.stages.relate.products import listing
from kg.stages.relate.rates import Amount, Group
from kg.stages.relate.tariff_frames import Frame
from kg.stages.relate.tariff_times import starting
from kg.stages.relate.tariff_words import RATE_NOUNS, is_tariff

if TYPE_CHECKING:
    from spacy.tokens import Span

    from kg.model import Time
    from kg.stages.relate.text import Text

_LABEL = re.compile(r"^\W*(?P<label>[^\d%|:\t]+?)(?:\s*[:|\t]|\s+[–—-]+\s|\s{2,}|\s(?=\d))")
_LINE = re.compile(r"^\W*[A-Z][^\d%|:.]{2,40}:\s*(?:about )?\d[\d.]*\s?(?:%|percent|per cent)")
_OLD_FIRST = re.compile(r"\b(?:old|previous|before|current|former|now|announced)\b[^|%]*\|[^|%]*\b(?:new|after|rate)\b", re.IGNORECASE)


def announced(text: Text, sent: Span) -> Time | None:
    """The day on which "they" or "the rates" take effect, told before a list of rates."""
    subject = next((t for t in sent if t.dep_ == "nsubj" and (is_tariff(t) or t.lower_ in {*RATE_NOUNS, "they", "it"})), None)
    return starting(text, sent, subject) if subject is not None else None


def rows(text: Text, sent: Span, found: list[Frame], context: Time | None) -> list[Frame]:
    """The tariff of one row of a table, or of a line "Thailand: 19 percent (36 percent)".

    Imposer, status and date come from the text before the table.
    """
    row = next((b for b in text.document.blocks if b.start <= sent[0].idx < b.end), None)
    if row is None or sent[0].idx != row.start:
        return []
    if row.kind is not BlockKind.TABLE_ROW:
        if _LINE.match(sent.text) is None:
            return []
        row = replace(row, end=sent.end_char)
    label = _LABEL.match(sent.text)
    amounts = [
        Amount(q.value, q.start, q.end) for q in text.mentions.quantities
        if q.kind == "percent" and q.value is not None and row.start <= q.start < row.end
    ]  # fmt: skip
    if label is None or not amounts:
        return []
    names = text.tokens(sent.start_char + label.start("label"), sent.start_char + label.end("label"))
    named = listing(text, names[0], names[-1] + 1) if names else None
    if not named:
        return []
    first, second = amounts[0], amounts[1] if len(amounts) > 1 else None
    if second is not None and _OLD_FIRST.search(_heading(text, sent)):
        first, second = second, first
    span = text.tokens(first.start, first.end)
    group = Group([first], span[0], span[-1], previous=second, words=(first.start, amounts[-1].end))
    frame = Frame(sent, text.doc[span[0]], "tariff-row", group=group)
    frame.goods, frame.targets = named.goods, named.states
    near = next((f for f in reversed(found) if f.rule == "tariff-row" and sent.start - f.sent.end < 3 * _REACH), None) or next(
        (f for f in reversed(found) if sent.start - f.sent.end < _REACH), None
    )
    before = near or next((f for f in found if f.group is not None), None)
    if before is not None:
        frame.imposers, frame.status, frame.firm = before.imposers, before.status, before.firm
        frame.when = near.when if near is not None else None
    if frame.when is None and context is not None and sent.start_char - context.end < _REACH * 6:
        frame.when = context
        if (context.first or "") > (text.document.published or "9"):
            frame.status, frame.firm = "Threatened", True
    if before is not None:
        if frame.goods and not frame.targets:
            frame.targets = before.targets or [s for g in before.goods for s in g.states]
    return [frame]


_REACH = 120  # tokens between a table and the sentence that introduces it


def _heading(text: Text, sent: Span) -> str:
    """The line of a table that names its columns: the last row without numbers before this one."""
    return text.document.text[max(0, sent.start_char - 400) : sent.start_char]
