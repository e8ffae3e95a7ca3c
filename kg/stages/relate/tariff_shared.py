"""What the tariffs of one sentence share: the origin told once behind them, the words before a list of labels."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.stages.relate.tariff_frame import Frame


def shared_origin(found: list[Frame]) -> None:
    """As in "25 percent on steel and 10 percent on aluminum from Canada": whose goods both are."""
    for frame, after in pairwise(found):
        behind = [g for g in after.goods if g.of_state and g.start > after.at.idx]
        open_ = bool(frame.goods) and not frame.taxed and all(g.key and g.start > frame.at.idx for g in frame.goods)
        if after.rule == "tariff-listed" and behind and open_ and after.doing == frame.doing:
            frame.targets = list(behind[-1].states)


def headed(found: list[Frame]) -> None:
    """What a list of labels shares: "Mexico's duties on American goods: pork 20 percent, cheese 25 percent"."""
    listed = [f for f in found if f.rule in {"tariff-labelled", "tariff-listed"}]
    first = next((f for f in listed if f.rule == "tariff-labelled"), None)
    head = next((f for f in found if first and f.rule == "tariff-goods" and f.at.i < first.at.i), None)
    if head is None or any(g.key for g in head.goods):
        return
    found.remove(head)
    for frame in listed:
        frame.imposers = frame.imposers or head.imposers
        frame.targets = frame.targets or ([] if frame.taxed else head.taxed)
