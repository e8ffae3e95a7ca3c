"""What is on a list of goods: "a list of American products that runs from ketchup to whisky", "that includes corn"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.stages.relate.goods.products import Goods
    from kg.stages.relate.tariffs.goods import Reader

_LIST = re.compile(r"\b(?:list|range|series|raft|basket|array|slew|host|batch|catalogue) of\b", re.IGNORECASE)
_FROM = re.compile(
    r",? ?(?:(?:that|which) )?(?:(?:run|rang|stretch|reach|go|extend|var)\w* )?from (?=[^,.;%\d]{3,40} to [^,.;%\d])"
)
_INCLUDING = re.compile(r",? ?(?:that|which) (?:also )?(?:includ|contain|compris|cover)(?:es?|s|ed) ")


def spanned(reader: Reader, goods: list[Goods]) -> list[Goods]:
    """The goods named as those on a list in place of the list; others as they are."""
    return [named for one in goods for named in (_named(reader, one) or [one])]


def _named(reader: Reader, whole: Goods) -> list[Goods]:
    doc = reader.text.doc
    if not whole.generic or _LIST.search(whole.label) is None:
        return []
    start = reader.text.tokens(whole.start, whole.end)[-1] + 1
    behind = doc[start : reader.sent.end].text if start < reader.sent.end else ""
    match = _FROM.match(behind.lstrip()) or _INCLUDING.match(behind.lstrip())
    if match is None:
        return []
    base = doc[start].idx + match.end()
    first = next((t.i for t in doc[start : reader.sent.end] if t.idx >= base), reader.sent.end)
    onward = next((t.i for t in doc[first : reader.sent.end] if t.lower_ == "to"), None) if "from" in match[0] else None
    parts = [(first, reader.sent.end)] if onward is None else [(first, onward), (onward + 1, reader.sent.end)]
    found = [g for a, b in parts for g in reader.listing(a, b).goods if g.concept is not None]
    return [replace(g, states=g.states or list(whole.states)) for g in found]
