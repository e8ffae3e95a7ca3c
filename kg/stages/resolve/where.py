"""Whether what is told of places lets claims be of one event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.lexicon import members
from kg.model import Ref
from kg.stages.resolve.cluster import values

if TYPE_CHECKING:
    from kg.model import Claim, Entity, Value


def places_agree(a: set[Value], b: set[Value], entities: dict[Ref, Entity]) -> bool:
    """Whether places may be of one event: a spot and its city, or a city and its state."""
    if not a or not b or a & b:
        return True
    known = [[entities[p] for p in places if isinstance(p, Ref) and p in entities] for places in (a, b)]
    if not {p.country for p in known[0]} & {p.country for p in known[1]}:
        return False
    every = known[0] + known[1]
    states = [entities.get(p.country) if p.country is not None else None for p in every]
    named_so = any(p.label.endswith(f" {q.label}") for p in every for q in every)  # "Delhi", "New Delhi"
    return named_so or any(p.within for p in every) or any(
        s is not None and p.label == s.label for p, s in zip(every, states, strict=True)
    )


def spot(claim: Claim, entities: dict[Ref, Entity], *, near: bool) -> bool:
    """As in "talks in Lima. The meeting at the Hotel Bolivar lasted an hour": a place unknown is in the city before."""
    told = [entities[p] for p in values(claim, "place") if isinstance(p, Ref) and p in entities]
    return claim.anaphoric and near and all(p.country is None or is_spot(p) for p in told)


def is_spot(place: Entity) -> bool:
    """Whether a place is a building or a room, not a city."""
    return place.within is not None or place.label.split()[-1].lower() in members("state_words", "building")
