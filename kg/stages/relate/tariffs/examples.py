"""Goods named a sentence behind the tariff that falls on them: "Roquefort, truffles and pork are all on the list"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.stages.relate.tariffs.goods import Reader

if TYPE_CHECKING:
    from kg.stages.relate.tariffs.frame import Frame
    from kg.stages.relate.text import Text
    from kg.tokens import Span

_LISTED = re.compile(
    r"\b(?:are|is|were|was|stands?|figures?|feature) (?:also |all |both )?(?:on (?:the|its|their|that) (?:\w+ )?list\b"
    r"|among (?:those|them|the (?:goods|products|items|first))\b)",
    re.IGNORECASE,
)
_COVERS = re.compile(
    r"\b(?:list|package|measures?|tariffs?|dut(?:y|ies)|lev(?:y|ies)|they|it) (?:\w+ )?"
    r"(?:covers?|includes?|hits?|targets?)\b",
    re.IGNORECASE,
)
_APPLIES = re.compile(  # to further goods: "This rate applies across most sectors, including cars and drugs"
    r"\b(?:rate|ceiling|tariff|duty|levy|it|this|that) (?:\w+ )?(?:applies|extends) (?:to|across)\b"
    r"(?:[^.;:]*? including\b)?",
    re.IGNORECASE,
)
_REACH = 40  # tokens between a tariff and the goods named behind it


def examples(text: Text, sent: Span, found: list[Frame], here: list[Frame]) -> list[Frame]:
    """The tariffs on goods that a sentence without any of its own says to be on the list of those told last.

    They take the place of one on goods of any kind, but for those that a rate applies to as well.
    """
    last = found[-1]
    if here or sent.start - last.sent.end > _REACH or any(g.concept and g.concept[1] for g in last.goods):
        return []
    listed, applies = _LISTED.search(sent.text), _APPLIES.search(sent.text)
    covers = applies or _COVERS.search(sent.text)
    if not (listed or covers):
        return []
    reader = Reader(text, sent, frozenset())
    if listed is not None:
        start, stop = sent.start, text.token(sent.start_char + listed.start()).i
    else:
        start, stop = text.token(sent.start_char + covers.end()).i, sent.end  # type: ignore[union-attr]
    named = reader.listing(start, stop)
    goods = [g for g in named.goods if g.key and (g.concept or not applies)]
    if not goods or not any(g.concept for g in goods):
        return []
    if not applies:
        found.remove(last)
    return [replace(last, sent=sent, at=text.token(goods[0].start), goods=goods, targets=last.taxed)]
