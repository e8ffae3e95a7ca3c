"""Which event claims of a document speak of one event."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.dates import bounds
from kg.model import Claim, EntityKind, FactKind, Ref

if TYPE_CHECKING:
    from kg.model import Document, Entity, Value

_FAMILY = {FactKind.MEETING: "meet", FactKind.ROUND: "meet", FactKind.SUMMIT: "meet"}
_AHEAD = frozenset({"Planned", "Sought"})
_VAGUE = frozenset({"event-vague", "event-speak", "event-discuss"})  # "talks" may be a call; "spoke" may be face to face
_NEAR = 400  # characters: about two sentences
_FAR = 1200  # characters: who else was there is told soon after
_SPECIFIC = {FactKind.ROUND: 3, FactKind.SUMMIT: 2}


@dataclass(slots=True)
class Cluster:
    """Claims about one thing, in order of the text."""

    kind: FactKind
    claims: list[Claim]

    def values(self, name: str) -> set[Value]:
        """All values that the claims give for a property."""
        return {a.value for c in self.claims for a in c.assertions if a.property == name}


def cluster(document: Document, claims: list[Claim], entities: dict[Ref, Entity]) -> list[Cluster]:
    """The events of a document. Claims that make events of their own come first, then those that refer to one."""
    found: list[Cluster] = []
    for claim in sorted(claims, key=lambda c: (c.anaphoric, c.evidence.start, c.key)):
        fits = [(score, -n) for n, c in enumerate(found) if (score := _fit(c, claim, entities)) is not None]
        if fits:
            _, n = max(fits)
            _take(found[-n], claim)
        elif not claim.anaphoric or _stands_alone(claim):
            found += [Cluster(claim.kind, [replace(claim, key=claim.key if k == 0 else Ref(f"{claim.key}.{k}"))]) for k in range(claim.count)]
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
            dated = [a for c in whole.claims for a in c.assertions if a.property in {"date", "endDate", "earliest", "latest"}]
            group.claims[0] = replace(group.claims[0], assertions=(*group.claims[0].assertions, *dated))
            return


def _place_of_stay(group: Cluster, found: list[Cluster]) -> None:
    """Who is on a visit meets there: a held meeting without a place has that of the only stay of one who took part."""
    if group.kind not in _FAMILY or group.values("place") or _stage(group.values("status")) != "held":
        return
    stays = [v for v in found if v.kind is FactKind.VISIT and _stage(v.values("status")) == "held"
             and v.values("participant") & group.values("participant")]  # fmt: skip
    places = {p for v in stays for p in v.values("place")}
    if len(places) == 1:
        told = [a for c in stays[0].claims for a in c.assertions if a.property == "place"][:1]
        group.claims[0] = replace(group.claims[0], assertions=(*group.claims[0].assertions, *told))


def _stands_alone(claim: Claim) -> bool:
    """Whether a definite event, told nowhere else, is told well enough here: "the seventh round", "the talks on Friday"."""
    names = [a.property for a in claim.assertions]
    sides = max(names.count("participant"), names.count("party"))
    if claim.evidence.rule == "event-attend":
        return False
    return ("round" in names and claim.kind is FactKind.ROUND) or sides >= 2 or (
        claim.kind is FactKind.SUMMIT and "date" in names
    ) or (claim.kind in {FactKind.VISIT, FactKind.SIGNING} and bool(sides))  # fmt: skip


def _get(claim: Claim, name: str) -> set[Value]:
    return {a.value for a in claim.assertions if a.property == name}


def _stage(values: set[Value]) -> str:
    if "Held" in values:
        return "held"
    return "ahead" if values & _AHEAD else "off"


def _fit(group: Cluster, claim: Claim, entities: dict[Ref, Entity]) -> float | None:
    """How well a claim fits an event, or None where it cannot speak of it."""
    vague = claim.evidence.rule in _VAGUE or all(c.evidence.rule in _VAGUE for c in group.claims)
    mine, theirs = _FAMILY.get(group.kind, group.kind), _FAMILY.get(claim.kind, claim.kind)
    loose = vague and {group.kind, claim.kind} == {FactKind.MEETING, FactKind.CALL}
    loose = loose and _get(claim, "participant") <= group.values("participant")
    if mine != theirs and not loose and claim.evidence.rule != "event-attend":
        return None
    same_day = _dates_agree(group, claim)
    if same_day is None:
        return None
    if _stage(group.values("status")) != _stage(_get(claim, "status")) and not (same_day >= 2 or _called_off(group, claim)):
        return None
    for name in ("minutes", "partOfDay", "round", "time"):
        a, b = group.values(name), _get(claim, name)
        if a and b and not a & b:
            return None
    if not _places_agree(group.values("place"), _get(claim, "place"), entities):
        return None
    if _numbered(group, claim) and same_day < 2 and all(c.evidence.start != claim.evidence.start for c in group.claims):
        return None
    near = min(abs(claim.evidence.start - c.evidence.start) for c in group.claims) < _NEAR and "Held" in _get(claim, "status")
    if not claim.anaphoric and same_day < 2 and not near and bool(group.values("participant")) != bool(_get(claim, "participant")):
        return None  # what persons do and what states do are one only where more than the states says so
    people = _people_agree(group, claim, entities)
    return None if people is None else people + same_day + (0.5 if group.kind is claim.kind else 0)


def _called_off(group: Cluster, claim: Claim) -> bool:
    """ "They were to speak last week, but the call was cancelled": the plan told just before."""
    near = min(abs(claim.evidence.start - c.evidence.start) for c in group.claims) < _NEAR
    return claim.anaphoric and near and _stage(group.values("status")) == "ahead" and _stage(_get(claim, "status")) == "off"


def _numbered(group: Cluster, claim: Claim) -> bool:
    """A numbered round and a meeting of persons are one only where day or sentence say so: a round has many meetings."""
    kinds = {group.kind, claim.kind}
    return kinds == {FactKind.ROUND, FactKind.MEETING} and bool(group.values("participant") or _get(claim, "participant")) and not (
        group.values("round") & _get(claim, "round")
    )


def _dates_agree(group: Cluster, claim: Claim) -> float | None:
    """2 for the same day, 0.5 where one is unknown, 1 where one lies within the other; None where they differ."""
    a, b = {str(v) for v in group.values("date")}, {str(v) for v in _get(claim, "date")}
    if not a or not b:
        return 0.5
    if a & b:
        return 2.0 if any(len(v) == 10 for v in a & b) else 1.0
    for x in a:
        for y in b:
            (f1, l1), (f2, l2) = _span(group.claims, x), _span([claim], y)
            if f1 <= f2 and l2 <= l1 or f2 <= f1 and l1 <= l2:
                return 1.0
    return None


def _span(claims: list[Claim], value: str) -> tuple[str, str]:
    for claim in claims:
        values = {a.property: str(a.value) for a in claim.assertions}
        if values.get("date") == value and "earliest" in values and "latest" in values:
            return values["earliest"], values["latest"]
    return bounds(value)


def _places_agree(a: set[Value], b: set[Value], entities: dict[Ref, Entity]) -> bool:
    if not a or not b or a & b:
        return True
    states = [{entities[p].country for p in places if isinstance(p, Ref) and p in entities} for places in (a, b)]
    spots = any(entities[p].within for p in a | b if isinstance(p, Ref) and p in entities)
    whole = any(entities[p].label == entities[c].label for p in a | b if isinstance(p, Ref) and p in entities
                and (c := entities[p].country) is not None and c in entities)  # fmt: skip
    return bool(states[0] & states[1]) and (spots or whole)


def _people_agree(group: Cluster, claim: Claim, entities: dict[Ref, Entity]) -> float | None:
    a, b = group.values("participant"), _get(claim, "participant")
    p, q = group.values("party"), _get(claim, "party")
    common = len(a & b)
    if group.kind is FactKind.VISIT:
        return common + 0.0 if common or not a or not b else None
    if claim.evidence.rule == "event-attend":
        gap = min((claim.evidence.start - c.evidence.start for c in group.claims if c.evidence.start <= claim.evidence.start), default=_FAR)
        return None if group.kind is FactKind.VISIT or gap >= _FAR else 5 - gap / _FAR  # the event told last
    if a and b:
        named = [{x for x in s if isinstance(x, Ref) and x in entities and entities[x].kind is EntityKind.PERSON} for s in (a, b)]
        inside = a <= b or b <= a or (claim.anaphoric and common)
        if common >= 2 or (inside and common):
            return float(common)
        if named[0] and named[1] or not (p & q):
            return None
        return 0.3 if (p <= q or q <= p) and claim.anaphoric else None
    if p and q and not (p <= q or q <= p):
        return None
    if not claim.anaphoric and not (p & q) and not common:
        return None
    return 0.2 + len(p & q) / 4


def _take(group: Cluster, claim: Claim) -> None:
    group.claims.append(claim)
    vague = all(c.evidence.rule in _VAGUE for c in group.claims[:-1])
    if (vague and claim.evidence.rule not in _VAGUE) or _SPECIFIC.get(claim.kind, 0) > _SPECIFIC.get(group.kind, 1 if not vague else 0):
        group.kind = claim.kind


def _in_time(document: Document, group: Cluster) -> Cluster:
    """A thing told as held that lies more than a day after the report is planned (a slip of tense, not a fact)."""
    if document.published is None or "Held" not in group.values("status"):
        return group
    days = [str(v) for v in group.values("earliest") or group.values("date")]
    if not days or min(bounds(d)[0] for d in days) <= _next_day(document.published):
        return group
    claims = [replace(c, assertions=tuple(replace(a, value="Planned") if a.property == "status" and a.value == "Held" else a
                                          for a in c.assertions)) for c in group.claims]  # fmt: skip
    return Cluster(group.kind, claims)


def _next_day(day: str) -> str:
    from datetime import date, timedelta

    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()
