"""Whether an event and a claim may be of one day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from kg.dates import bounds
from kg.stages.resolve.cluster import Cluster, values

if TYPE_CHECKING:
    from kg.model import Claim, Value
SAME_DAY = 2.0  # what the same day weighs
DATES = frozenset({"date", "endDate", "earliest", "latest"})
_AHEAD: frozenset[Value] = frozenset({"Planned", "Sought"})
_LONGEST = timedelta(days=31)  # from the first to the last day of one event


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
    return 1.0 if _of_one_stretch(group, claim) or _moved(group, claim) else None


def _of_one_stretch(group: Cluster, claim: Claim) -> bool:
    """As in "The third round ended on Friday. The talks had opened on Monday": its last day and its first."""
    first, last = (
        [d for c in (*group.claims, claim) if c.day == name for d in _told(c)] for name in ("first", "last")
    )
    known = claim.anaphoric or all(c.anaphoric for c in group.claims)
    return bool(known and first and last) and timedelta(0) < last_day(max(last)) - first_day(min(first)) <= _LONGEST


def _moved(group: Cluster, claim: Claim) -> bool:
    """As in "The meeting had been set for Monday. It will now take place on Friday": one plan, with a new day."""
    put_off = claim.day == "new" and group.values("status") == {"Cancelled"}
    if not put_off and not (group.values("status") | values(claim, "status")) <= _AHEAD:
        return False
    if values(claim, "round") & group.values("round"):
        return True
    whom = values(claim, "participant")
    known = claim.anaphoric or (len(whom) > 1 and whom == group.values("participant"))
    return known and any(c.day in {"old", "new"} for c in (*group.claims, claim))


def with_days(group: Cluster) -> Cluster:
    """The event with its first and last day, where sentences tell them apart, and without the days of former plans."""
    opened = [d for c in group.claims if c.day == "first" for d in _told(c)]
    closed = [d for c in group.claims if c.day == "last" for d in _told(c)]
    if opened and closed and min(opened) < max(closed):
        return Cluster(group.kind, [_within(c, min(opened), max(closed)) for c in group.claims])
    dated = [c for c in group.claims if _told(c)]
    if len({d for c in dated for d in _told(c)}) < 2 or not group.values("status") <= _AHEAD:
        return group
    new = [c for c in dated if c.day == "new"] or [c for c in dated if c.day != "old"][-1:]
    former = [c.key for c in dated if c not in new] if new else []
    return Cluster(group.kind, [_undated(c) if c.key in former else c for c in group.claims])


def _told(claim: Claim) -> list[str]:
    """The days that a claim gives."""
    return [v for v in map(str, values(claim, "date")) if len(v) == len("2025-06-28")]


def _within(claim: Claim, first: str, last: str) -> Claim:
    """A claim of an event of several days: what tells of its last day gives that, of a day in between nothing."""
    days = _told(claim)
    if claim.day == "last" and last in days:
        said = (replace(a, property="endDate") if (a.property, a.value) == ("date", last) else a
                for a in claim.assertions)  # fmt: skip
        return replace(claim, assertions=tuple(said))
    inside = bool(days) and first not in days and not values(claim, "endDate") and all(first < d <= last for d in days)
    return _undated(claim) if inside else claim


def _undated(claim: Claim) -> Claim:
    return replace(claim, assertions=tuple(a for a in claim.assertions if a.property not in DATES))


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
