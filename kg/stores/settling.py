"""How the graph of an archive is brought to what its documents say: all at once, or as far as it is touched.

Corrections speak of anything, so with them all documents are joined at once, in memory.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.iris import TERMS
from kg.stores.changes import changes, told
from kg.stores.index import Index
from kg.stores.index.writing import Writer
from kg.version import lexicon, package

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from kg.corrections import Corrections
    from kg.model import DocumentFacts
    from kg.ntriples import Line
    from kg.stages.validate import Violation
    from kg.stores.backend import Backend

_EVIDENCE = f"<{TERMS}evidence>"
_MOST = 50_000  # quads that are taken out at once where a graph is made anew


class Broken(NamedTuple):
    """A shape that is broken, and the IRIs of the documents that tell of the thing."""

    violation: Violation
    documents: frozenset[str]

    @classmethod
    def by(cls, violation: Violation, lines: Iterable[Line]) -> Broken:
        """With the documents from what is said of the thing."""
        cited = (one[3] for one in lines if one[1] == f"<{violation.thing}>" and one[2] == _EVIDENCE)
        return cls(violation, frozenset(one[1:-1].partition("#")[0] for one in cited))


class Records(NamedTuple):
    """What is kept of documents: the lines that go and come with a change of the graph, and those that say it began."""

    remove: Sequence[Line]
    add: Sequence[Line]
    begun: Sequence[Line]


def versions() -> str:
    """What a graph depends on besides its documents."""
    return f"parley-kg {package()}; lexicon {lexicon()}"


def whole(
    backend: Backend, documents: Sequence[DocumentFacts], corrections: Corrections | None, kept: Records
) -> list[Broken]:
    """Join all documents in memory, and write what is different in one transaction; nothing where a shape is broken."""
    graph = told(documents, corrections)
    found = changes(backend.graph(), graph)
    if not found.broken:
        backend.write(remove=[*found.remove, *kept.remove], add=[*found.add, *kept.add])
    return [Broken.by(one, graph) for one in found.broken]


class Touching:
    """Joins and writes what is touched alone."""

    def __init__(self, backend: Backend, load: Callable[[str], DocumentFacts], joined: Mapping[str, str],
                 made_by: str) -> None:  # fmt: skip
        """See that the index knows the documents of which the graph tells.

        Args:
            backend: Where the graph is.
            load: The facts of a document, by the name of its record.
            joined: The documents of which the graph tells, with their records.
            made_by: The versions by which it tells of them; if these are others, all of it is made anew.
        """
        self._backend, self._load = backend, load
        self._records: Mapping[str, str] = joined
        self.index = Index(backend, lambda identity: load(self._records[identity]))
        if joined and made_by != versions():
            self.index.forget()
            self._clear()
        elif joined and not self.index.documents():
            self.index.step(joined, (), None)
            self.index.commit()

    def _clear(self) -> None:
        """Take the whole graph out; readers see the snapshot before."""
        lines = [*self._backend.graph()]
        for at in range(0, len(lines), _MOST):
            self._backend.write(remove=lines[at : at + _MOST], add=())

    def settle(self, after: Mapping[str, str], kept: Records) -> list[Broken]:
        """Bring the graph to what some documents say.

        Where a shape is broken, nothing is written; if so much changes that it takes several transactions, all is but
        what is kept of the documents, and the next call goes on from there.

        Args:
            after: The documents with their records.
            kept: What is kept of them.
        """
        before = self.index.documents()
        self._records = after
        coming = {identity: name for identity, name in after.items() if before.get(identity) != name}
        writer = Writer(self._backend, kept.begun)
        self.index.step(coming, before.keys() - after.keys(), writer)
        remove, add = writer.rest()
        broken = [Broken.by(one, writer.about(f"<{one.thing}>")) for one in writer.broken()]
        if broken and not writer.flushed:
            self.index.rollback()
            return broken
        self._backend.write(
            remove=[*remove, *(() if broken else kept.remove)], add=[*add, *(() if broken else kept.add)]
        )
        self.index.commit()
        return broken
