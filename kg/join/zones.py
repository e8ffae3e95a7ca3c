"""In whose local time a document speaks: the zone of its dateline, or of the states that take part."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from kg.iris import fold
from kg.lexicon import mapping
from kg.model import EntityKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.model import DocumentFacts, Ref

APART = 5.0  # hours between two zones from which one evening is often the next morning


def hours(code: str) -> float | None:
    """Hours that a state is ahead of UTC."""
    found = mapping("zones").get(code)
    return None if found is None else float(found)


def of_dateline(one: DocumentFacts) -> float | None:
    """The zone of the place in the dateline, where the document or the list of capitals tells its state."""
    if one.document.place is None:
        return None
    place = fold(one.document.place)
    for entity in one.entities:
        if entity.kind is EntityKind.PLACE and entity.country and fold(entity.label) == place:
            return hours(entity.country.rpartition("/")[2])
    return hours(_capitals().get(place, ""))


@cache
def _capitals() -> Mapping[str, str]:
    return {fold(name): code for name, code in mapping("capitals").items()}


def spread(states: Iterable[Ref]) -> float:
    """Hours between the easternmost and the westernmost of some states."""
    known = _all_hours(states)
    return max(known) - min(known) if known else 0.0


def furthest_east(states: Iterable[Ref]) -> float | None:
    """Hours that the easternmost of some states is ahead of UTC."""
    return max(_all_hours(states), default=None)


def _all_hours(states: Iterable[Ref]) -> list[float]:
    return [h for state in states if (h := hours(state.rpartition("/")[2])) is not None]
