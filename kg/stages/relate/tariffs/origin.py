"""Whose goods a tariff falls on, where another sentence says it: "walnuts from Peru ... the levy on walnuts".

Those who make the goods tell it, too: "European carmakers hope that ... the duty on cars".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.stages.relate.goods.lists import listing
from kg.stages.relate.goods.products import concept, state_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.stages.relate.goods.products import Named
    from kg.stages.relate.tariffs.frame import Frame
    from kg.stages.relate.text import Text
    from kg.tokens import Token

_REACH = 14  # tokens from goods to "from the United States"


def origins(text: Text, frame: Frame) -> list[Named]:
    """The one state from which the text says that the goods of a tariff come; none where it names several."""
    kinds = {g.concept for g in frame.goods if g.concept is not None}
    if not kinds or frame.taxed:
        return []
    alike = (t for t in text.doc[: frame.at.i] if t.pos_ in {"NOUN", "PROPN"} and concept(t.lower_) in kinds)
    told = [n for t in alike for n in _beside(text, t)]
    return told[:1] if len({n[0] for n in told}) == 1 else []


def _beside(text: Text, goods: Token) -> Iterator[Named]:
    before = state_at(text, goods.i - 1) if goods.i else None
    if before is not None and text.doc[goods.i - 1].pos_ == "ADJ":
        yield before  # "American walnuts"
    for i in range(goods.i + 1, min(goods.i + _REACH, len(text.doc) - 2)):
        token = text.doc[i]
        if token.pos_ in {"VERB", "AUX"} or token.is_sent_start or token.text in {";", "."}:
            return
        if token.lower_ == "from":
            yield from listing(text, i + 1, len(text.doc)).states
