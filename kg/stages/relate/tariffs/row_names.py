"""What the labels of a line of a list and the names of its columns tell: goods and states."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.stages.relate.goods.lists import listing
from kg.stages.relate.goods.phrases import Listing

if TYPE_CHECKING:
    from kg.stages.relate.text import Text

_NARROWED = re.compile(r", | \(| (?:for|of|in|with|from|other than)\b")


def names_of(text: Text, *labels: tuple[int, int]) -> Listing | None:
    """The goods and states of the labels of a line; None where a label says something else."""
    whole = Listing()
    for start, end in labels:
        tokens = [i for i in text.tokens(start, end) if not text.doc[i].is_punct]
        found = listing(text, tokens[0], tokens[-1] + 1) if tokens else Listing()
        if not found or found.end < tokens[-1]:
            return None
        whole.goods += found.goods
        whole.states += found.states
    return whole


def shortened(text: Text, *labels: tuple[int, int]) -> Listing | None:
    """The goods of labels without what narrows them: "Almonds, in shell", "Ethanol (industry)"."""
    cut = [(start, start + len(_NARROWED.split(text.document.text[start:end])[0])) for start, end in labels]
    return names_of(text, *cut)


def under_column(text: Text, named: Listing, head: tuple[int, int]) -> Listing:
    """What a row and the name of a column tell together: "Japan" and "Cars"; "Steel" and "Vietnam"."""
    column = names_of(text, head) or Listing()
    goods = [g for g in column.goods if g.concept is not None]
    if named.goods or len(goods) != len(column.goods):
        goods = named.goods
    return Listing(goods, named.states or column.states)
