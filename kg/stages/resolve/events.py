"""Which event claims of a document speak of one event."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from kg.dates import bounds
from kg.model import FactKind, Ref
from kg.stages.resolve.cluster import Cluster
from kg.stages.resolve.fit import ATTENDS, FAMILY, VAGUE, fit, stage

if TYPE_CHECKING:
    from kg.model import Assertion, Claim, Document, Entity

_SPECIFIC = {FactKind.ROUND: 3, FactKind.SUMMIT: 2}  # before a meeting, which counts 1 where it is not vague
_DATES = frozenset({"date", "endDate", "earliest", "latest"})


def cluster(document: Document, claims: list[Claim], entities: dict[Ref, Entity]) -> list[Cluster]:
    """The events of a document. Claims that make events of their own come first, then those that refer to one."""
    found: list[Cluster] = []
    for claim in sorted(claims, key=lambda c: (c.anaphoric, c.evidence.start, c.key)):
        fits = [(score, -n) for n, c in enumerate(found) if (score := fit(c, claim, entities)) is not None]
        if fits:
            _, n = max(fits)
            _take(found[-n], claim)
        elif not claim.anaphoric or _stands_alone(claim):
            keys = [claim.key, *(Ref(f"{claim.key}.{k}") for k in range(1, claim.count))]
            found += [Cluster(claim.kind, [replace(claim, key=key)]) for key in keys]
    for group in found:
        group.claims.sort(key=lambda c: (c.evidence.start, c.key))
        _date_of_whole(group, found)
        _place_of_stay(group, found)
    return [_in_time(document, group) for group in found]


def _date_of_whole(group: Cluster, found: list[Cluster]) -> None:
    """A meeting on the sidelines of a summit takes place when the summit does."""
    if group.values("date"):
        return
    for whole in found:
        if group.values("partOf") & {c.key for c in whole.claims}:
            _also(group, [a for c in whole.claims for a in c.assertions if a.property in _DATES])
            return


def _place_of_stay(group: Cluster, found: list[Cluster]) -> None:
    """Who is on a visit meets there: a held meeting without a place has that of the only stay of one who took part."""
    if group.kind not in FAMILY or group.values("place") or stage(group.values("status")) != "held":
        return
    held = [v for v in found if v.kind is FactKind.VISIT and stage(v.values("status")) == "held"]
    stays = [v for v in held if v.values("participant") & group.values("participant")]
    if len({p for v in stays for p in v.values("place")}) == 1:
        _also(group, [a for c in stays[0].claims for a in c.assertions if a.property == "place"][:1])


def _also(group: Cluster, assertions: list[Assertion]) -> None:
    """Give the first claim of a group what is told of another."""
    first = group.claims[0]
    group.claims[0] = replace(first, assertions=(*first.assertions, *assertions))


def _stands_alone(claim: Claim) -> bool:
    """Whether a definite event, told nowhere else, is told well enough: "the seventh round", "the talks on Friday"."""
    names = [a.property for a in claim.assertions]
    sides = max(names.count("participant"), names.count("party"))
    if claim.evidence.rule == ATTENDS:
        return False
    if sides >= 2 or (sides and claim.kind in {FactKind.VISIT, FactKind.SIGNING}):
        return True
    return ("round" in names and claim.kind is FactKind.ROUND) or ("date" in names and claim.kind is FactKind.SUMMIT)


def _take(group: Cluster, claim: Claim) -> None:
    """Put a claim into a group, whose kind is that of the most specific one."""
    vague = all(c.evidence.rule in VAGUE for c in group.claims)
    group.claims.append(claim)
    surer = vague and claim.evidence.rule not in VAGUE
    if surer or _SPECIFIC.get(claim.kind, 0) > _SPECIFIC.get(group.kind, 0 if vague else 1):
        group.kind = claim.kind


def _in_time(document: Document, group: Cluster) -> Cluster:
    """A thing told as held that lies more than a day after the report is planned (a slip of tense, not a fact)."""
    if document.published is None or "Held" not in group.values("status"):
        return group
    days = [str(v) for v in group.values("earliest") or group.values("date")]
    next_day = (date.fromisoformat(document.published) + timedelta(days=1)).isoformat()
    if not days or min(bounds(d)[0] for d in days) <= next_day:
        return group
    return Cluster(group.kind, [_planned(c) for c in group.claims])


def _planned(claim: Claim) -> Claim:
    """The claim with what is told as held told as planned."""
    said = (
        replace(a, value="Planned") if (a.property, a.value) == ("status", "Held") else a for a in claim.assertions
    )
    return replace(claim, assertions=tuple(said))
