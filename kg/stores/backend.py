"""What an archive asks of the place where its quads lie; and the place in memory or in a folder, which is Oxigraph."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Protocol, TypeAlias

from kg.ntriples import canonical, lines, nquads, of_store
from kg.store import KEPT

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

    from pyoxigraph import Store

    from kg.ntriples import Line
    from kg.stores.remote import Remote


Quads: TypeAlias = "Store | Remote"


class Backend(Protocol):
    """Quads that change by whole transactions."""

    @property
    def store(self) -> Quads:
        """The quads, found by pattern."""

    @property
    def beside(self) -> Path | None:
        """Where what follows from the records may be kept; None where it is made anew each time."""

    def write(self, *, remove: Collection[Line], add: Collection[Line]) -> None:
        """Take quads out and put others in, all or nothing."""

    def write_much(self, *, remove: Collection[Line], add: Collection[Line]) -> None:
        """The same, faster; whoever breaks it off leaves some of it undone."""

    def publish(self) -> None:
        """Let readers see what is written."""

    def close(self, *, empty: bool, publish: bool) -> None:
        """Publish, unless a joining is half done, and let go of the place; one that is new and empty goes."""


def graph(store: Quads) -> Iterator[Line]:
    """All quads of the graph, in any order; not the records."""
    return of_store(store, but=f"<{KEPT}>")


def about(store: Quads, subject: str) -> Iterator[Line]:
    """The quads of a thing, whose name stands in angle brackets."""
    from pyoxigraph import NamedNode

    return lines(store.quads_for_pattern(NamedNode(subject[1:-1]), None, None))


def known_about(store: Quads, subject: str) -> Iterator[Line]:
    """Those of the default graph."""
    from pyoxigraph import DefaultGraph, NamedNode

    for quad in store.quads_for_pattern(NamedNode(subject[1:-1]), None, None, DefaultGraph()):
        yield "", subject, str(quad.predicate), canonical(str(quad.object))


class Memory:
    """An Oxigraph store of this process."""

    def __init__(self, store: Store) -> None:
        self.store = store

    @property
    def beside(self) -> Path | None:
        """Nowhere."""
        return None

    def write(self, *, remove: Collection[Line], add: Collection[Line]) -> None:
        """One transaction, whichever way is the faster."""
        from pyoxigraph import RdfFormat

        if remove:
            self.store.update(update(remove, add))
        elif add:
            self.store.load(nquads(add), format=RdfFormat.N_QUADS)

    def write_much(self, *, remove: Collection[Line], add: Collection[Line]) -> None:
        """What is added goes into files of its own; of transactions, Oxigraph keeps up to some GB in memory."""
        from pyoxigraph import RdfFormat

        if add:
            self.store.bulk_load(nquads(add), format=RdfFormat.N_QUADS)
        self.write(remove=remove, add=())

    def publish(self) -> None:
        """Whoever shares the store sees everything at once."""

    def close(self, *, empty: bool, publish: bool) -> None:
        """Nothing is held."""


def update(remove: Iterable[Line], add: Iterable[Line]) -> str:
    """Quads out and in as one SPARQL update.

    Each graph is an operation of its own: Virtuoso 7 leaves durations where one takes quads out of several graphs.
    """
    parts = (("DELETE DATA", sorted(remove)), ("INSERT DATA", sorted(add)))
    by_graph = ((what, *group) for what, lines in parts for group in groupby(lines, key=itemgetter(0)))
    text = " ;\n".join(f"{what} {{\n{_data(graph, same)}}}" for what, graph, same in by_graph)
    return text.encode("utf-8", "replace").decode()  # half a surrogate pair has no UTF-8


def _data(graph: str, lines: Iterable[Line]) -> str:
    triples = "".join(f"{s} {p} {o} .\n" for _, s, p, o in lines)
    return f"GRAPH {graph} {{\n{triples}}}\n" if graph else triples
