"""Quads that a graph is to have, compared with those that stand there; only the difference is written."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from kg.ntriples import lines
from kg.store import KEPT
from kg.stores.backend import about, known_about
from kg.stores.changes import broken

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from kg.ntriples import Line
    from kg.stages.validate import Violation
    from kg.stores.backend import Backend

_MOST = 100_000  # quads of which is known what they are to be, before they are written
_NEAR = 20_000  # things that stay of which is known what is said of them
_FEW = 5_000  # quads that are written in one transaction


class Writer:
    """Things whose quads come out anew, written as many together as memory should hold."""

    def __init__(self, backend: Backend, begun: Collection[Line], *, again: bool) -> None:
        """Write nothing yet.

        Args:
            backend: Where the quads go.
            begun: What says that more than one transaction is needed, for whoever finds them broken off.
            again: Whether some were written before, and not judged to the end.
        """
        self._backend, self._begun, self._again = backend, begun, again
        self.flushed = again  # whether the graph is between two states
        self._before: dict[str, frozenset[Line]] = {}
        self._after: dict[str, frozenset[Line]] = {}
        self._held = 0
        self._near: dict[str, list[Line]] = {}  # what is known of things that stay, as others are judged with them
        self._broken = set[str]()

    def put(self, subjects: Iterable[str], lines: Iterable[Line]) -> None:
        """What is said of things, in all graphs; nothing where they are no more."""
        found: dict[str, set[Line]] = {subject: set() for subject in subjects}
        for line in lines:
            found[line[1]].add(line)
        for subject, new in found.items():
            self._near.pop(subject, None)
            if subject not in self._before:
                self._before[subject] = frozenset(about(self._backend.store, subject))
                self._held += len(self._before[subject])
            self._held += len(new)
            self._after[subject] = frozenset(new)
        if self._held > _MOST:
            self._flush()

    def about(self, subject: str) -> Iterable[Line]:
        """What is known of a thing, or is to be, and perhaps what sentences say of it."""
        known = self._after.get(subject)
        if known is not None:
            return known
        if subject not in self._near:
            if len(self._near) >= _NEAR:
                self._near.clear()
            self._near[subject] = [*known_about(self._backend.store, subject)]
        return self._near[subject]

    def rest(self) -> tuple[list[Line], list[Line]]:
        """The quads that go and those that come and are not written yet; few, as many are written first."""
        if self._held > _FEW:
            self._flush()
        return self._difference()

    def _difference(self) -> tuple[list[Line], list[Line]]:
        changed = {subject: lines for subject, lines in self._after.items() if lines != self._before[subject]}
        self._broken |= {one.thing for one in broken(self._after if self._again else changed, self.about)}
        remove = [line for one in changed for line in self._before[one] - self._after[one]]
        add = [line for one in changed for line in self._after[one] - self._before[one]]
        return remove, add

    def clear(self) -> None:
        """Take the whole graph out, without holding it in memory; the records stay."""
        every = lines(self._backend.store.quads_for_pattern(None, None, None))
        graph = (line for line in every if line[0] != f"<{KEPT}>")
        while some := [*islice(graph, _MOST)]:
            self._write(some, ())

    def _flush(self) -> None:
        self._write(*self._difference())
        self._before, self._after, self._held = {}, {}, 0

    def _write(self, remove: Collection[Line], add: Collection[Line]) -> None:
        """A transaction of several; readers see the snapshot before."""
        if not self.flushed:
            self._backend.write(remove=(), add=self._begun)
            self.flushed = True
        self._backend.write_much(remove=remove, add=add)

    def broken(self) -> list[Violation]:
        """The shapes that are broken once all is known."""
        return broken({f"<{thing}>" for thing in self._broken}, self.about)
