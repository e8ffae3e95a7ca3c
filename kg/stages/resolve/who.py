"""Who takes part in an event, and on how many sides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.lexicon import words
from kg.model import EntityKind, Ref
from kg.stages.resolve.cluster import values

if TYPE_CHECKING:
    from kg.model import Claim, Entity, Value


def movements(claim: Claim, entities: dict[Ref, Entity]) -> int:
    """How many movements that are no states take part: "Hamas"."""
    known = (entities.get(x) for x in values(claim, "participant") if isinstance(x, Ref))
    return sum(1 for e in known if e is not None and e.label in words("movements"))


def told_here(claim: Claim) -> set[Value]:
    """Those who take part by the sentence of a claim itself, not by one before."""
    here = (claim.evidence.start, claim.evidence.end)
    return {a.value for a in claim.assertions if a.property == "participant" and here[0] <= a.evidence.start < here[1]}


def in_place_of(a: set[Value], b: set[Value], entities: dict[Ref, Entity]) -> bool:
    """Whether different persons of one state are told: "Doe met Roe" is not the meeting of Doe and Poe."""
    states = [{e.country for x in told if isinstance(x, Ref) and (e := entities.get(x)) is not None} for told in (a, b)]
    return bool(states[0] & states[1] - {None})


def of_two_sides(persons: set[Value], entities: dict[Ref, Entity]) -> bool:
    """Whether those who took part in both faced each other; two of one delegation meet many people."""
    known = [entities[x] for x in persons if isinstance(x, Ref) and x in entities]
    return len({e.country or e.id for e in known}) > 1


def persons(found: set[Value], entities: dict[Ref, Entity]) -> bool:
    """Whether any of those who take part is a person."""
    return any(isinstance(x, Ref) and x in entities and entities[x].kind is EntityKind.PERSON for x in found)
