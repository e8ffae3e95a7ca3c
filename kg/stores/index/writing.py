"""Quads that a graph is to have, compared with those that stand there; only the difference is written."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from kg.stages.validate import violations

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from kg.ntriples import Line
    from kg.stages.validate import Violation
    from kg.stores.backend import Backend

_MOST = 100_000  # quads of which is known what they are to be, before they are written
_FEW = 5_000  # quads that are written in one transaction
_STEPS = 2  # from a thing that changes to what its shapes look at


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
        self._broken = set[str]()

    def put(self, subjects: Iterable[str], lines: Iterable[Line]) -> None:
        """What is said of things, in all graphs; nothing where they are no more."""
        found: dict[str, set[Line]] = {subject: set() for subject in subjects}
        for line in lines:
            found[line[1]].add(line)
        for subject, new in found.items():
            if subject not in self._before:
                self._before[subject] = frozenset(self._backend.about(subject))
                self._held += len(self._before[subject])
            self._held += len(new)
            self._after[subject] = frozenset(new)
        if self._held > _MOST:
            self._flush()

    def about(self, subject: str) -> frozenset[Line]:
        """What is said of a thing, or is to be."""
        return self._after[subject] if subject in self._after else frozenset(self._backend.about(subject))

    def rest(self) -> tuple[list[Line], list[Line]]:
        """The quads that go and those that come and are not written yet; few, as many are written first."""
        if self._held > _FEW:
            self._flush()
        return self._difference()

    def _difference(self) -> tuple[list[Line], list[Line]]:
        same = {subject for subject, lines in self._after.items() if lines == self._before[subject]}
        changed = [subject for subject in self._after if subject not in same]
        self._broken |= {v.thing for v in self._violations(self._after if self._again else changed)}
        remove = [line for one in changed for line in self._before[one] - self._after[one]]
        add = [line for one in changed for line in self._after[one] - self._before[one]]
        return remove, add

    def clear(self) -> None:
        """Take the whole graph out."""
        lines = self._backend.graph()
        while some := [*islice(lines, _MOST)]:
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

    def broken(self) -> tuple[Violation, ...]:
        """The shapes that are broken once all is known."""
        return tuple(self._violations([f"<{thing}>" for thing in sorted(self._broken)]))

    def _violations(self, things: Iterable[str]) -> list[Violation]:
        """Those of some things, judged with what they point to: a fact, its sentences, their documents."""
        changed = set(things)
        near: dict[str, list[Line]] = {}
        todo = set(changed)
        for _ in range(_STEPS + 1):
            for subject in sorted(todo - near.keys()):
                near[subject] = [line for line in self.about(subject) if not line[0]]
            todo = {line[3] for subject in todo for line in near[subject] if line[3][0] == "<"}
        lines = [line for found in near.values() for line in found]
        return [one for one in violations(lines) if f"<{one.thing}>" in changed] if lines else []
