"""Which tariff claims of a document speak of one tariff."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.model import Claim, Entity, Value
    from kg.stages.resolve.cluster import Cluster

_AHEAD = frozenset({"Threatened", "Proposed", "Agreed"})
_AMOUNT = re.compile(r"\d[\d.,]*[ -](?:billion|million|trillion)")
_DAY = 10  # characters of a day
_GENERIC = frozenset({
    "goods", "products", "exports", "imports", "items", "merchandise", "shipments", "commodities", "articles",
    "purchases",
})  # fmt: skip


def same_tariff(group: Cluster, claim: Claim) -> bool:
    """One imposer, target, rate and kind of goods: what one claim leaves open, the other may fill.

    Goods of any kind are as good as none. Rates told with different stages (threatened in April, in force now) are one
    tariff; without a rate, a tariff in force and one that lies ahead are two.
    """
    if any(_told_at(c) == _told_at(claim) or _apart(c, claim) for c in group.claims):
        return False  # one sentence tells them side by side: "whisky and gin"
    for name in ("imposedBy", "target", "rate"):
        a, b = group.values(name), _values(claim, name)
        if a and b and not a & b:
            return False
    worth = _worth(group.claims), _worth([claim])
    if all(worth) and not worth[0] & worth[1]:
        return False  # "$50 billion of Chinese goods" and "another $325 billion of imports"
    rates = group.values("rate"), _values(claim, "rate")
    goods = _goods(group.claims), _goods([claim])
    if rates[0] and rates[1]:
        if _once_more(group, claim):
            return False
        row = any(c.evidence.rule == "tariff-row" for c in (*group.claims, claim))
        return goods[0] == goods[1] and not (row and group.values("product") != _values(claim, "product"))
    if goods[0] != goods[1] or (not goods[0] and not (group.values("target") & _values(claim, "target"))):
        return False
    if not goods[0] and not (group.values("product") and _values(claim, "product")):
        return False
    return _stages_agree(group.values("status"), _values(claim, "status"))


def _apart(one: Claim, other: Claim) -> bool:
    """As in "a reciprocal 25 percent and another 25 percent over Russian oil", told in one sentence."""
    grounds = _values(one, "ground"), _values(other, "ground")
    another = one.key.startswith("further") != other.key.startswith("further")
    return one.evidence.start == other.evidence.start and (another or (all(grounds) and grounds[0] != grounds[1]))


def _once_more(group: Cluster, claim: Claim) -> bool:
    """As in "25 percent since August 7 ... a further 25 percent on August 27": each from a day of its own."""
    dated = [{d for d in read("date") if len(str(d)) == _DAY} for read in (group.values, lambda n: _values(claim, n))]
    further = {c.key.startswith("further") for c in (*group.claims, claim)}
    if all(dated) and not dated[0] & dated[1] and len(further) > 1:
        return True
    told = [({str(d) for d in read("date")}, read("status")) for read in (group.values, lambda n: _values(claim, n))]
    days = {status: max(dates) for dates, stages in told for status in stages if len(stages) == 1 and dates}
    now, then = days.get("InForce", ""), days.get("Threatened", "")
    return len(now) == len(then) == _DAY and now < then


def _told_at(claim: Claim) -> str:
    return claim.key.rpartition(".")[0]


def _stages_agree(a: set[Value], b: set[Value]) -> bool:
    return bool(a & b) or not a or not b or bool(a & _AHEAD) == bool(b & _AHEAD)


def _values(claim: Claim, name: str) -> set[Value]:
    return {a.value for a in claim.assertions if a.property == name}


def _goods(claims: list[Claim]) -> frozenset[str]:
    """The kinds of goods that claims name: the broader concept, else the last word; none for goods of any kind."""
    named = {a.value for c in claims for a in c.assertions if a.property == "product"}
    entities = {e.id: e for c in claims for e in c.entities if e.id in named}
    return frozenset(_of(e) for e in entities.values()) - {""}


def _worth(claims: list[Claim]) -> set[str]:
    """The amounts of goods that claims tell of: "$50 billion"."""
    named = {a.value for c in claims for a in c.assertions if a.property == "product"}
    labels = (e.label for c in claims for e in c.entities if e.id in named)
    return {m[0].replace("-", " ") for label in labels if (m := _AMOUNT.search(label)) is not None}


def _of(goods: Entity) -> str:
    return str(goods.within or goods.id) if goods.within or goods.code else _kind(goods.label)


def _kind(label: str) -> str:
    words = label.lower().split()
    if any(word.strip(",.") in _GENERIC for word in words):
        return ""
    return "product/" + (words[-1] if words else "")
