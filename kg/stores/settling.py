"""How the graph of an archive is brought to what its documents say: all at once, or as far as it is touched.

Corrections speak of anything, so with them all documents are joined at once, in memory.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, NamedTuple

from kg.errors import GraphError
from kg.iris import TERMS
from kg.stores import records
from kg.stores.backend import graph
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
    from kg.stores.index.telling import Put

_EVIDENCE = f"<{TERMS}evidence>"


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
    after = told(documents, corrections)
    found = changes(graph(backend.store), after)
    if not found.broken:
        backend.write(remove=[*found.remove, *kept.remove], add=[*found.add, *kept.add])
    return [Broken.by(one, after) for one in found.broken]


class Touching:
    """Joins and writes what is touched alone.

    Between two calls the index may come to know other documents than the graph tells of: it is lost or damaged, the
    process was killed between two writes, or all was joined at once meanwhile. So it is brought to these first.
    """

    def __init__(self, backend: Backend, load: Callable[[str], DocumentFacts]) -> None:
        """Open the index.

        Args:
            backend: Where the graph is.
            load: The facts of a document, by the name of its record.
        """
        self._backend = backend
        self._records: Mapping[str, str] = {}
        self.index = Index(backend, lambda identity: load(self._records[identity]))

    def settle(self, before: Mapping[str, str], after: Mapping[str, str], kept: Records, *, anew: bool) -> list[Broken]:
        """Bring the graph to what some documents say.

        Where a shape is broken, nothing is written; if so much changes that it takes several transactions, all is but
        what is kept of the documents, and the next call brings the graph from there to what that one asks for.

        Args:
            before: The documents of which the graph tells, with their records.
            after: Those of which it is to tell.
            kept: What is kept of them.
            anew: Whether other versions made the graph, so that all of it is made again.
        """
        try:
            return self._settled(before, after, kept, anew=anew)
        except sqlite3.OperationalError as error:
            raise GraphError(f"{self._backend.beside}: cannot be written: {error}; make room and try again") from error
        except sqlite3.DatabaseError:  # it is damaged
            self.index.tables.clear()
            return self._settled(before, after, kept, anew=anew)

    def _settled(
        self, before: Mapping[str, str], after: Mapping[str, str], kept: Records, *, anew: bool
    ) -> list[Broken]:
        again = records.unfinished(self._backend.store) is not None
        writer = Writer(self._backend, kept.begun, again=again)
        known = self.index.documents()
        if anew or (again and not known):
            self.index.tables.clear()
            writer.clear()
        else:
            self._step(before, writer.put if known else _nowhere)
        self._step(after, writer.put)
        remove, add = writer.rest()
        broken = [Broken.by(one, writer.about(f"<{one.thing}>")) for one in writer.broken()]
        if broken and not writer.flushed:
            self.index.tables.rollback()
            return broken
        self._backend.write(
            remove=[*remove, *(() if broken else kept.remove)], add=[*add, *(() if broken else kept.add)]
        )
        self.index.tables.commit()
        return broken

    def _step(self, to: Mapping[str, str], put: Put) -> None:
        """Let the index know these documents and no others, and tell what that changes."""
        self._records = to
        known = self.index.documents()
        coming = {identity: name for identity, name in to.items() if known.get(identity) != name}
        if coming or known.keys() - to.keys():
            self.index.step(coming, known.keys() - to.keys(), put)


def _nowhere(_things: Iterable[str], _lines: Iterable[Line]) -> None:
    """The graph has these quads already."""
