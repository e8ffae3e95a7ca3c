"""Rates that spell out what was told of goods of any kind: "raised duties on 28 products. Walnuts now pay 120"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.stages.relate.tariffs.frame import Frame

_NEAR = 45  # tokens between "duties on 28 products" and the rates on single goods
_AHEAD = frozenset({"Threatened", "Proposed", "Agreed"})


def detail(found: list[Frame], here: list[Frame], published: str | None) -> None:
    """Give the rates of a sentence what was told of all goods right before: who imposes, on whom, since when.

    The tariff on goods of any kind is then their head and told by them.

    Args:
        found: The tariffs before.
        here: Those of the sentence.
        published: The day of the document.
    """
    head = next((f.intro or f for f in found[-1:]), None)
    told = [f for f in here if f.rates and any(g.key for g in f.goods)]
    if head is None or not told or not _general(head) or not 0 <= told[0].sent.start - head.sent.end <= _NEAR:
        return
    imposers, taxed = {i[0] for i in head.imposers}, {t[0] for t in head.taxed}
    for frame in told:
        mine, theirs = {i[0] for i in frame.imposers}, {t[0] for t in frame.taxed}
        if (mine and imposers and mine != imposers) or mine & taxed or theirs & imposers or theirs - taxed:
            return  # of somebody else
    for frame in told:
        frame.intro = head
        frame.leader = frame.leader or head
        frame.imposers = frame.imposers or head.imposers
        frame.targets = frame.targets or ([] if frame.taxed else head.taxed)
        _as_all(frame, head, published)


def made(frame: Frame, found: list[Frame]) -> None:
    """Give the rate of a maker the goods of the case: "duties on lumber ... Doe Timber was given 24 percent"."""
    states = {t[0] for t in frame.taxed}
    if len({g.key for f in found for g in f.goods if g.key}) != 1:
        return  # of several cases
    for head in reversed(found) if frame.maker and not frame.goods else ():
        taxed, goods = {t[0] for t in head.taxed}, [g for g in head.goods if g.key]
        if goods and (not states or not taxed or states & taxed):
            frame.goods = [replace(g, states=[]) for g in goods]
            frame.targets = frame.targets or head.taxed
            frame.leader = frame.leader or head
            frame.intro = frame.intro or (head if head.group is None else head.intro)
            return


def _general(frame: Frame) -> bool:
    """Whether a tariff is one on goods of any kind of some state, without a rate."""
    plain = frame.rule == "tariff-goods" and frame.group is None and bool(frame.taxed)
    return plain and bool(frame.goods) and not any(g.key for g in frame.goods)


def _as_all(frame: Frame, head: Frame, published: str | None) -> None:
    """The day and status of all, where a rate is not told as the one that holds already."""
    now = frame.group is not None and frame.group.now and head.status != "InForce"
    if now or (frame.when is not None and frame.when.date != getattr(head.when, "date", None)):
        return
    frame.when = frame.when or head.when
    later = head.when is not None and (head.when.first or head.when.date or "") > (published or "9")
    if head.status in _AHEAD and frame.status == "InForce":
        frame.status, frame.firm = head.status, head.firm
    elif head.status == "Paused" and later and frame.status == "InForce":
        frame.status = "Threatened"
