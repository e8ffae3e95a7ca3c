"""What the tariffs of one sentence share: the origin told once behind them, the words before a list of labels."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.stages.relate.tariffs.frame import Frame
    from kg.stages.relate.tariffs.rates import Group
    from kg.tokens import Span


def shared_origin(found: list[Frame]) -> None:
    """As in "25 percent on steel and 10 percent on aluminum from Canada": whose goods both are."""
    for frame, after in pairwise(found):
        behind = [g for g in after.goods if g.of_state and g.start > after.at.idx]
        open_ = bool(frame.goods) and not frame.taxed and all(g.key and g.start > frame.at.idx for g in frame.goods)
        if after.rule == "tariff-listed" and behind and open_ and after.doing == frame.doing:
            frame.targets = list(behind[-1].states)


def shared_day(found: list[Frame]) -> None:
    """The day told once behind a list is that of all: "25 percent on steel and 10 percent on aluminum on June 1"."""
    for frame in found:
        rest = [f for f in found if f.head is frame.head and f.rule != "tariff-elsewhere"]
        days = {f.when.date: f.when for f in rest if f.when is not None}
        when = next(iter(days.values())) if len(days) == 1 else None
        open_ = frame in rest and frame.when is None and (frame.group is None or not frame.group.now)
        if open_ and when is not None and when.start > max(f.at.idx for f in rest):
            frame.when = when


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


def leads(frame: Frame) -> bool:
    """Whether goods or states stand before their rate: "for Serbia it is 35 percent and for Bosnia 30"."""
    starts = [g.start for g in frame.goods] + [t[1] for t in frame.targets]
    return bool(starts) and frame.group is not None and max(starts) < frame.group.words[0]


def as_before(frame: Frame, before: Frame, group: Group) -> None:
    """A further rate of a list shares what it does not say itself with the one before."""
    frame.doing, frame.leader, frame.maker = before.doing, before, before.maker and not frame.goods
    if before.kind == "remove" and before.rates == {Decimal(0)} and before.group is not None and group.rates:
        group.lead_to(before.group.rates)  # "its duties of 30 percent on A and 20 on B"
    frame.imposers = frame.imposers or before.imposers
    onto = frame.at.doc[group.last + 1 : group.last + 2].text == "on"
    frame.goods = frame.goods or ([] if frame.targets or onto else before.goods)
    frame.targets = frame.targets if frame.taxed else before.targets
    apart = ";" in frame.at.doc[before.at.i : frame.at.i].text
    when = frame.when or (None if apart else before.when)
    frame.status, frame.firm, frame.when = before.status, before.firm, when


def verbless(words: Span) -> bool:
    """Whether a rate has no verb of its own: "the rate on cabinets to rise to 50, and that on sofas to 30"."""
    return not any(t.pos_ == "VERB" for t in words)
