"""Goods told by the word for their kind: "the metal" after steel was named, "the two grains"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.lexicon import kinds_of
from kg.stages.relate.goods.products import concept, known

if TYPE_CHECKING:
    from kg.stages.relate.goods.products import Goods
    from kg.stages.relate.text import Text

_REACH = 200  # tokens back to the goods that are meant


def is_kind(goods: Goods) -> bool:
    """Whether goods are told by the word for their kind."""
    return goods.head in kinds_of("goods_kinds") and goods.concept is None


def meant(text: Text, goods: Goods) -> list[Goods]:
    """The goods that a word for their kind stands for: those named last, of a plural all in that sentence."""
    chapters = kinds_of("goods_kinds").get(goods.head)  # of HS
    if chapters is None or goods.concept is not None or goods.states:
        return [goods]
    i = text.token(goods.start).i
    before = [t for t in text.doc[max(0, i - _REACH) : i] if known(t) and _chapter(t.lower_) in chapters]
    if not before:
        return [goods]
    last = before[-1].sent
    several = goods.label.lower().endswith("s")
    named = {_chapter(t.lower_): t for t in before if t.sent == last} if several else {"": before[-1]}
    return [replace(goods, label=t.text, concept=concept(t.text), head=t.lemma_.lower()) for t in named.values()]


def _chapter(word: str) -> str:
    found = concept(word)
    return found[1][:2] if found is not None else ""
