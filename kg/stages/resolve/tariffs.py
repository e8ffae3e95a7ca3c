"""Which tariff claims of a document speak of one tariff."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.model import Claim
    from kg.stages.resolve.events import Cluster

_AHEAD = frozenset({"Threatened", "Proposed", "Agreed"})


def same_tariff(group: Cluster, claim: Claim) -> bool:
    """One imposer, target, product, rate and stage: what one claim leaves open, the other may fill."""
    for name in ("imposedBy", "target", "rate"):
        a, b = group.values(name), {x.value for x in claim.assertions if x.property == name}
        if a and b and a != b:
            return False
    products = [group.values("product"), {x.value for x in claim.assertions if x.property == "product"}]
    rates = [group.values("rate"), {x.value for x in claim.assertions if x.property == "rate"}]
    if products[0] != products[1] or (bool(rates[0]) != bool(rates[1]) and not products[0]):
        return False
    stages = [group.values("status"), {x.value for x in claim.assertions if x.property == "status"}]
    return bool(stages[0] & stages[1]) or not stages[0] or not stages[1] or bool(stages[0] & _AHEAD) == bool(stages[1] & _AHEAD)
