"""Which event claims of a document speak of one event."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from kg.dates import bounds
from kg.model import FactKind, Ref
from kg.stages.resolve.cluster import Cluster, values
from kg.stages.resolve.fit import ATTENDS, TOLD, VAGUE, fit, told_in_full
from kg.stages.resolve.scene import complete
from kg.stages.resolve.when import with_days
from kg.stages.resolve.who import in_place_of, movements, of_two_sides, told_here

if TYPE_CHECKING:
    from collections.abc import Container

    from kg.model import Claim, Document, Entity, Value

_AHEAD: frozenset[Value] = frozenset({"Planned", "Sought"})
_SPECIFIC = {FactKind.ROUND: 3, FactKind.SUMMIT: 2}  # before a meeting, which counts 1 where it is not vague


def cluster(document: Document, claims: list[Claim], entities: dict[Ref, Entity]) -> list[Cluster]:
    """The events of a document.

    Claims that make events of their own come first, then those that refer to one, then those that tell who was there.
    """
    found: list[Cluster] = []
    wholes = {value for claim in claims for value in values(claim, "partOf")}
    everybody = _of_one_word(claims)
    for claim in sorted(claims, key=lambda c: (c.anaphoric + (c.evidence.rule == ATTENDS), c.evidence.start, c.key)):
        fits = [
            (score, -n)
            for n, c in enumerate(found)
            # a summit in whose margins one met is not one of the meetings
            if (claim.key not in wholes or c.kind is claim.kind) and not _apart(c, claim, everybody)
            and (score := fit(c, claim, entities)) is not None
        ]
        if fits and not _several(claim):
            _, n = max(fits)
            _take(found[-n], _without_stand_ins(found[-n], claim, entities))
        elif not claim.anaphoric or _stands_alone(claim, entities):
            keys = [claim.key, *(Ref(f"{claim.key}.{k}") for k in range(1, claim.count))]
            found += [Cluster(claim.kind, [replace(claim, key=key)]) for key in keys]
    for group in found:
        group.claims.sort(key=lambda c: (c.evidence.start, c.key))
    found = [_in_time(document, with_days(_of_one_status(group))) for group in _with_persons(found)]
    complete(found, entities)
    return [_in_time(document, group) for group in found]


def _with_persons(found: list[Cluster]) -> list[Cluster]:
    """As in "The fifth round took place in Rome on Friday. Doe met Roe": states, and then persons, of one event."""
    kept = list(found)
    for states in found:
        alike = [group for group in kept if group is not states and told_in_full(states, group)]
        if len(alike) == 1:
            merged = Cluster(states.kind, [*states.claims, *alike[0].claims])
            kept[kept.index(states)] = merged
            kept = [group for group in kept if group is not alike[0]]
    for group in kept:
        group.claims.sort(key=lambda c: (c.evidence.start, c.key))
    return kept


def _of_one_word(claims: list[Claim]) -> dict[str, set[Value]]:
    """Who takes part in any of the events that one word tells of: "received Doe and Roe separately"."""
    found: dict[str, set[Value]] = {}
    for claim in claims:
        found.setdefault(_word(claim), set()).update(values(claim, "participant"))
    return found


def _several(claim: Claim) -> bool:
    """As in "have since met twice", "Two sessions were held on Monday": not the one meeting told before."""
    return claim.count > 1 and (not claim.anaphoric or bool(values(claim, "date")))


def _word(claim: Claim) -> str:
    return claim.key.rsplit(".", 1)[0]


def _apart(group: Cluster, claim: Claim, everybody: dict[str, set[Value]]) -> bool:
    """Whether all those whom one met apart were together at an event, which is then another one."""
    every = everybody[_word(claim)]
    return values(claim, "participant") < every <= group.values("participant")


def _stands_alone(claim: Claim, entities: dict[Ref, Entity]) -> bool:
    """Whether a definite event, told nowhere else, is told well enough: "the seventh round", "the talks on Friday"."""
    names = [a.property for a in claim.assertions]
    sides = max(names.count("participant"), names.count("party") + movements(claim, entities))
    if claim.evidence.rule in {ATTENDS, TOLD}:  # "Doe led one delegation, Roe the other": who sat across from whom
        there = claim.evidence.rule == ATTENDS and not values(claim, "status") & _AHEAD  # "Poe will also take part"
        return there and of_two_sides(values(claim, "participant"), entities)
    if claim.kind is FactKind.VISIT and "participant" not in names:
        return False  # "It is her first trip to Japan in a year"
    if sides >= 2 or (sides and claim.kind in {FactKind.VISIT, FactKind.SIGNING}):
        return True
    if claim.kind is FactKind.SUMMIT:
        return "date" in names or "place" in names
    return "round" in names and claim.kind is FactKind.ROUND


def _without_stand_ins(group: Cluster, claim: Claim, entities: dict[Ref, Entity]) -> Claim:
    """The claim without those whom only a sentence before makes part of an event that another of their state was at."""
    there = group.values("participant")
    guests = values(claim, "participant") - there - told_here(claim) if claim.anaphoric else set()
    dropped = {x for x in guests if in_place_of(there, {x}, entities)}
    said = tuple(a for a in claim.assertions if a.property != "participant" or a.value not in dropped)
    return replace(claim, assertions=said) if dropped else claim


def _take(group: Cluster, claim: Claim) -> None:
    """Put a claim into a group, whose kind is that of the most specific one."""
    vague = all(c.evidence.rule in VAGUE for c in group.claims)
    group.claims.append(claim)
    surer = vague and claim.evidence.rule not in VAGUE | {ATTENDS, TOLD}
    if surer or _SPECIFIC.get(claim.kind, 0) > _SPECIFIC.get(group.kind, 0 if vague else 1):
        group.kind = claim.kind


def _of_one_status(group: Cluster) -> Cluster:
    """A plan that the text then tells as held or called off is that: "were to talk, but the call never took place".

    What has got a new day was not called off: "have been postponed. They will now meet on Friday".
    """
    told = group.values("status")
    if "Held" not in told and any(c.day == "new" and values(c, "status") & _AHEAD for c in group.claims):
        return Cluster(group.kind, [_with_status(c, {"Cancelled"}, "Planned") for c in group.claims])
    final = next((s for s in ("Held", "Cancelled") if s in told), None)
    if final is None or not told & _AHEAD:
        return group
    return Cluster(group.kind, [_with_status(c, _AHEAD, final) for c in group.claims])


def _in_time(document: Document, group: Cluster) -> Cluster:
    """A thing told as held that lies more than a day after the report is planned (a slip of tense, not a fact)."""
    if document.published is None or "Held" not in group.values("status"):
        return group
    days = [str(v) for v in group.values("earliest") or group.values("date")]
    next_day = (date.fromisoformat(document.published) + timedelta(days=1)).isoformat()
    if not days or min(bounds(d)[0] for d in days) <= next_day:
        return group
    return Cluster(group.kind, [_with_status(c, {"Held"}, "Planned") for c in group.claims])


def _with_status(claim: Claim, old: Container[Value], new: str) -> Claim:
    """The claim with another status, where it tells one of the old; what it denies or calls off stays."""
    said = (replace(a, value=new) if a.property == "status" and a.value in old else a for a in claim.assertions)
    return replace(claim, assertions=tuple(said))
