"""The default graph as the shapes ask it: values by subject and predicate, things by class."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kg.errors import ValidationFailed
from kg.ntriples import TYPE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from kg.ntriples import Line


class Known:
    """What is known, from the quads of a graph."""

    def __init__(self, lines: Iterable[Line]) -> None:
        """Take up the default graph.

        Raises:
            ValidationFailed: a thing has no name.
        """
        self._about: dict[str, dict[str, dict[str, None]]] = {}  # values in their order; some have thousands
        self._things: dict[str, list[str]] = defaultdict(list)
        for graph, subject, predicate, value in lines:
            if graph:
                continue
            if subject[0] == "_" or value[0] == "_":
                raise ValidationFailed(f"{subject}: a graph of Parley has no blank nodes; give the thing a name")
            about = self._about.get(subject)
            if about is None:
                about = self._about[subject] = {}
            values = about.setdefault(predicate, {})
            if value in values:
                continue
            values[value] = None
            if predicate == TYPE:
                self._things[value].append(subject)

    def values(self, thing: str, predicate: str) -> Collection[str]:
        """The values of a property, each once."""
        about = self._about.get(thing)
        return about.get(predicate, ()) if about is not None else ()

    def is_a(self, thing: str, kind: str) -> bool:
        """Whether a thing is of a class."""
        return kind in self.values(thing, TYPE)

    def targets(self, classes: Sequence[str], subjects_of: Sequence[str]) -> list[str]:
        """The things of the classes, and those with one of the properties."""
        found = [thing for kind in classes for thing in self._things.get(kind, ())]
        for predicate in subjects_of:
            found += [thing for thing, about in self._about.items() if predicate in about]
        return found
