"""What the events of one document say of each other's day and place, where nothing told of an event itself does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from kg.dates import bounds
from kg.model import EntityKind, FactKind, Ref
from kg.stages.resolve.fit import FAMILY, stage
from kg.stages.resolve.when import DATES
from kg.stages.resolve.where import is_spot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model import Assertion, Entity, Value
    from kg.stages.resolve.cluster import Cluster

_IN_PERSON = frozenset({*FAMILY, FactKind.SIGNING})
_LEAVING = "event-leave"  # where one goes afterwards
_SPOKE = "event-speak"
_NEAR = 1000  # characters: about five sentences
_NIGHT = timedelta(days=1)  # sessions a night apart are held in one city


def complete(found: list[Cluster], entities: dict[Ref, Entity]) -> None:
    """Give events without a day or a place those of the whole they are part of, of the stay, or of the text around."""
    for group in found:
        if not group.values("date"):
            _also(group, list(_of_whole(group, found, DATES)) or _implied(group, "date"))
    for group in found:
        if group.kind is FactKind.CALL and _face_to_face(group, found):
            group.kind = FactKind.MEETING
    for group in found:
        held = stage(group.values("status")) == "held"
        if group.kind is FactKind.ROUND and held and not group.values("participant"):
            _also(group, _heads(group, found, entities))
    for group in found:
        if group.kind in _IN_PERSON and not any(_cities(group, entities)) and not _spots(group, entities):
            _also(group, _place(group, found, entities))


def _face_to_face(group: Cluster, found: list[Cluster]) -> bool:
    """Whether those who "spoke", told without a phone, were together on that very day by another event."""
    persons, day = group.values("participant"), group.values("date")
    if len(persons) < 2 or not day or any(c.evidence.rule != _SPOKE for c in group.claims):
        return False
    near = (g for g in found if g.kind in _IN_PERSON and _same_stage(g, group) and g.values("date") & day)
    return any(persons <= g.values("participant") or _states(group) <= g.values("party") for g in near)


def _states(group: Cluster) -> set[Value]:
    """The states of an event, where there are several; else something that no other event has."""
    return group.values("party") if len(group.values("party")) > 1 else {group.claims[0].key}


def _heads(group: Cluster, found: list[Cluster], entities: dict[Ref, Entity]) -> list[Assertion]:
    """Who leads the talks of two states: those of every other round of theirs that is told with persons of both."""
    sides = group.values("party")
    told: dict[frozenset[Value], list[Assertion]] = {}
    for other in found:
        if other.kind is FactKind.ROUND and len(sides) > 1 and other.values("party") >= sides:
            said = {a.value: a for c in other.claims for a in c.assertions if a.property == "participant"}
            states = {value: _person_of(value, entities) for value in said}
            persons = frozenset(value for value, state in states.items() if state in sides)
            if len({states[value] for value in persons}) > 1:
                told[persons] = [said[value] for value in sorted(persons, key=str)]
    return next(iter(told.values())) if len(told) == 1 else []


def _person_of(value: Value, entities: dict[Ref, Entity]) -> Ref | None:
    """The state that a person stands for."""
    entity = entities.get(value) if isinstance(value, Ref) else None
    return entity.country if entity is not None and entity.kind is EntityKind.PERSON else None


def _place(group: Cluster, found: list[Cluster], entities: dict[Ref, Entity]) -> list[Assertion]:
    """The city of an event that is told without one."""
    stays = [v for v in found if v.kind is FactKind.VISIT and _stays(v, group)]
    near = [g for g in found if g is not group and g.kind in _IN_PERSON and _one_scene(g, group)]
    for others in (_wholes(group, found), stays, near):
        told = [a for other in others for a in _cities(other, entities)]
        if len({a.value for a in told}) == 1:
            return told[:1]
    return _implied(group, "place")


def _stays(visit: Cluster, group: Cluster) -> bool:
    """Whether one who takes part in an event is then on a visit: it has begun, or is told of near by."""
    begun, day = _span(visit), _span(group)
    if not visit.values("participant") & group.values("participant"):
        return False
    if not _same_stage(visit, group):  # "is in Rome until Friday. On Thursday she will meet Doe"
        last = max((str(end) for end in visit.values("endDate")), default="")
        return stage(visit.values("status")) == "held" and day is not None and day[1].isoformat() <= last
    leaving = any(c.evidence.rule == _LEAVING for c in visit.claims)
    if begun is not None and day is not None:
        before = min(c.evidence.start for c in group.claims) < min(v.evidence.start for v in visit.claims)
        away = begun[0] == day[1] and (leaving or _implied(group, "place"))
        return begun[0] - _NIGHT <= day[1] and not (before and away)  # "They met. She then flew to Rome"
    told = visit.values("date")
    if day is not None and told and all(_over(str(v), day) for v in told):
        return False  # "They will meet on Monday. In December she will visit Rome"
    gaps = (abs(c.evidence.start - v.evidence.start) for c in group.claims for v in visit.claims)
    return not leaving and min(gaps) < _NEAR


def _over(told: str, day: tuple[date, date]) -> bool:
    """Whether a month or year lies apart from some days."""
    first, last = (date.fromisoformat(end) for end in bounds(told))
    return last < day[0] or day[1] < first


def _same_stage(a: Cluster, b: Cluster) -> bool:
    return stage(a.values("status")) == stage(b.values("status"))


def _one_scene(a: Cluster, b: Cluster) -> bool:
    """Whether two events are of the same states or of a common participant, no more than a night apart."""
    known = len(a.values("party") & b.values("party")) > 1 or bool(a.values("participant") & b.values("participant"))
    first, second = _span(a), _span(b)
    if not known or not _same_stage(a, b) or first is None or second is None:
        return False
    return first[0] - _NIGHT <= second[1] and second[0] - _NIGHT <= first[1]


def _span(group: Cluster) -> tuple[date, date] | None:
    """First and last day of an event that is told to the day."""
    told = [str(v) for name in ("date", "endDate", "earliest", "latest") for v in group.values(name)]
    days = sorted(v for v in told if len(v) == 10) if all(len(str(v)) == 10 for v in group.values("date")) else []
    return (date.fromisoformat(days[0]), date.fromisoformat(bounds(days[-1])[1])) if days else None


def _cities(group: Cluster, entities: dict[Ref, Entity]) -> Iterator[Assertion]:
    """The places of an event that are cities: neither a spot within one, nor a whole country."""
    for claim in group.claims:
        for said in claim.assertions:
            place = entities.get(said.value) if said.property == "place" and isinstance(said.value, Ref) else None
            if place is not None and not is_spot(place):
                state = entities.get(place.country) if place.country is not None else None
                if state is None or state.label != place.label:
                    yield said


def _spots(group: Cluster, entities: dict[Ref, Entity]) -> bool:
    """Whether an event is told to have taken place in a spot of a known city."""
    places = (entities.get(p) for p in group.values("place") if isinstance(p, Ref))
    return any(p is not None and p.within is not None for p in places)


def _wholes(group: Cluster, found: list[Cluster]) -> list[Cluster]:
    """The summit or round that an event is part of."""
    keys = group.values("partOf")
    return [whole for whole in found if keys & {c.key for c in whole.claims}]


def _of_whole(group: Cluster, found: list[Cluster], names: frozenset[str]) -> Iterator[Assertion]:
    """What is told of the whole: a meeting on the sidelines of a summit takes place when the summit does."""
    for whole in _wholes(group, found)[:1]:
        yield from (a for c in whole.claims for a in c.assertions if a.property in names)


def _implied(group: Cluster, name: str) -> list[Assertion]:
    """What the text around the first claim of an event that has such a hint says."""
    return [a for c in group.claims for a in c.implied if a.property == name][:1]


def _also(group: Cluster, assertions: list[Assertion]) -> None:
    """Give the first claim of a group what is told of another."""
    first = group.claims[0]
    group.claims[0] = replace(first, assertions=(*first.assertions, *assertions))
