"""Stage 7 of 7: quads -> the same quads, or a ValidationFailed naming each broken shape.

The shapes speak of what is known, so only the default graph is checked. They are read once for each process (`shapes`)
and every check takes all things of a graph at once; a test compares the verdicts with those of pySHACL.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.errors import ValidationFailed
from kg.iris import PREFIXES
from kg.stages.validate.known import Known
from kg.stages.validate.shapes import shapes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.ntriples import Line

__all__ = ["Violation", "check", "violations"]


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """A thing that breaks a shape."""

    thing: str  # IRI
    shape: str  # local name: "event-status"
    message: str

    def __str__(self) -> str:
        return f"{_short(self.thing)}: {self.message} ({self.shape})"


def check(lines: list[Line]) -> list[Line]:
    """The same quads, if their default graph keeps every shape of `ontology/shapes.ttl`.

    Raises:
        ValidationFailed: one line for each thing and shape it breaks: `id:event/x: an event has one status ...`.
    """
    found = violations(lines)
    if found:
        raise ValidationFailed("\n".join(map(str, found)))
    return lines


def violations(lines: Iterable[Line]) -> tuple[Violation, ...]:
    """Every thing of the default graph that breaks a shape, sorted."""
    return tuple(sorted(set(_broken(Known(lines)))))


def _broken(known: Known) -> Iterator[Violation]:
    for shape in shapes():
        for thing in known.targets(shape.classes, shape.subjects_of):
            if not shape.holds(known, thing):
                yield Violation(thing[1:-1], shape.name, shape.message)


def _short(iri: str) -> str:
    prefix = next((p for p, base in PREFIXES.items() if iri.startswith(base)), None)
    return f"{prefix}:{iri.removeprefix(PREFIXES[prefix])}" if prefix else iri
