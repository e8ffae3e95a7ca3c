"""Whether an event and a claim may be of one day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from kg.dates import bounds
from kg.stages.resolve.cluster import values

if TYPE_CHECKING:
    from kg.model import Claim
    from kg.stages.resolve.cluster import Cluster
SAME_DAY = 2.0  # what the same day weighs


def first_day(value: str) -> date:
    """The first day of a date."""
    return date.fromisoformat(bounds(value)[0])


def last_day(value: str) -> date:
    """The last day of a date."""
    return date.fromisoformat(bounds(value)[1])


def dates_agree(group: Cluster, claim: Claim) -> float | None:
    """2 for the same day, 0.5 where one is unknown, 1 where one lies within the other; None where they differ."""
    a, b = {str(v) for v in group.values("date")}, {str(v) for v in values(claim, "date")}
    if not (a and b):
        return 0.5
    if a & b:
        return SAME_DAY if any(len(v) == 10 for v in a & b) else 1.0
    for x in _days(a):
        for y in _days(b):
            (f1, l1), (f2, l2) = _span(group.claims, x), _span([claim], y)
            if (f1 <= f2 and l2 <= l1) or (f2 <= f1 and l1 <= l2):
                return 1.0
    return None


def _days(told: set[str]) -> set[str]:
    """The days of an event, where any is told: "in June" and "on June 12" do not let it be on June 13."""
    return {v for v in told if len(v) == 10} or told


def _span(claims: list[Claim], value: str) -> tuple[str, str]:
    """First and last day of a date, as the claim that gives it says, else of the calendar."""
    for claim in claims:
        told = {a.property: str(a.value) for a in claim.assertions}
        if told.get("date") == value and "earliest" in told and "latest" in told:
            return told["earliest"], told["latest"]
    return bounds(value)
