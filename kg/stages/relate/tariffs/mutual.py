"""Tariffs that two states charge each other: "the 24 percent that each put on the other's goods" are two."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.stages.relate.tariffs.words import spoken

if TYPE_CHECKING:
    from kg.stages.relate.goods.products import Goods
    from kg.stages.relate.tariffs.frame import Frame
    from kg.stages.relate.text import Text

_EACH_OTHER = re.compile(r"\b(?:(?:each|the) other|one another)['’]s?\b|\b(?:on|against) (?:each other|one another)\b")
_OWNER = re.compile(r"^(?:(?:each|the) other|one another)?['’]?s? ?(?=\w)")
_APART = 110  # characters between a rate and "each other's goods"


def mutual(text: Text, found: list[Frame]) -> list[Frame]:
    """The tariffs of a text with those that the other side charges at the same rate."""
    result: list[Frame] = []
    for frame in found:
        match = _EACH_OTHER.search(spoken(frame.sent))
        at = frame.sent.start_char + match.start() if match is not None else -1
        if match is None or abs(at - frame.at.idx) > _APART or any(g.states for g in frame.goods):
            result.append(frame)
            continue
        goods = [_bare(g) if abs(g.start - at) < len(match[0]) + 2 else g for g in frame.goods]
        first = {m.entity: (m.entity, m.start, m.end) for m in reversed(text.mentions.mentions)}
        sides = [*frame.imposers[:1], *frame.targets] if frame.imposers and len(frame.targets) == 1 else []
        sides = sides or [first[s] for s in text.two_sides if s in first]
        both = len(sides) == 2
        one = replace(frame, goods=goods, imposers=sides[:1], targets=sides[1:]) if both else frame
        result.append(one)
        if both:
            result.append(replace(one, at=text.token(at), imposers=sides[1:], targets=sides[:1]))
    return result


def _bare(goods: Goods) -> Goods:
    return replace(goods, label=_OWNER.sub("", goods.label))
