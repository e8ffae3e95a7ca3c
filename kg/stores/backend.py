"""What an archive asks of the place where its quads lie; and the place in memory or in a folder, which is Oxigraph."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Protocol

from pyoxigraph import DefaultGraph, Store

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from pyoxigraph import Literal, NamedNode, Quad

    from kg.store import Graph


class Quads(Protocol):
    """Quads that are found by pattern."""

    def quads(
        self,
        subject: NamedNode | None,
        predicate: NamedNode | None = None,
        value: NamedNode | Literal | None = None,
        graph: NamedNode | DefaultGraph | None = None,
    ) -> Iterator[Quad]:
        """The quads of a pattern; None matches everything."""


class Backend(Quads, Protocol):
    """Quads that change by whole transactions."""

    def write(self, *, remove: Collection[Quad], add: Collection[Quad]) -> None:
        """Take quads out and put others in, all or nothing."""

    def publish(self) -> None:
        """Let readers see what is written."""

    def close(self, *, empty: bool) -> None:
        """Publish and let go of the place; one that was made just now and is empty goes."""


class Reading:
    """The quads of a graph, with the records that a store keeps."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph

    def quads(
        self,
        subject: NamedNode | None,
        predicate: NamedNode | None = None,
        value: NamedNode | Literal | None = None,
        graph: NamedNode | DefaultGraph | None = None,
    ) -> Iterator[Quad]:
        """The quads of a pattern."""
        return self.graph.store.quads_for_pattern(subject, predicate, value, graph)


class Memory:
    """An Oxigraph store of this process."""

    def __init__(self, store: Store | None = None) -> None:
        self.store = Store() if store is None else store

    def quads(
        self,
        subject: NamedNode | None,
        predicate: NamedNode | None = None,
        value: NamedNode | Literal | None = None,
        graph: NamedNode | DefaultGraph | None = None,
    ) -> Iterator[Quad]:
        """The quads of a pattern."""
        return self.store.quads_for_pattern(subject, predicate, value, graph)

    def write(self, *, remove: Collection[Quad], add: Collection[Quad]) -> None:
        """One transaction, whichever way is the faster."""
        if remove:
            self.store.update(update(remove, add))
        elif add:
            self.store.extend(add)

    def publish(self) -> None:
        """Whoever shares the store sees everything at once."""

    def close(self, *, empty: bool) -> None:
        """Nothing is held."""


def update(remove: Iterable[Quad], add: Iterable[Quad]) -> str:
    """Quads out and in as one SPARQL update.

    Each graph is an operation of its own: Virtuoso 7 leaves durations where one takes quads out of several graphs.
    """
    parts = (("DELETE DATA", sorted(remove, key=_graph)), ("INSERT DATA", sorted(add, key=_graph)))
    return " ;\n".join(
        f"{what} {{\n{_data(graph, same)}}}" for what, quads in parts for graph, same in groupby(quads, key=_graph)
    )


def _data(graph: str, quads: Iterable[Quad]) -> str:
    triples = "".join(f"{quad.triple} .\n" for quad in quads)
    return f"GRAPH {graph} {{\n{triples}}}\n" if graph else triples


def _graph(quad: Quad) -> str:
    return "" if isinstance(quad.graph_name, DefaultGraph) else str(quad.graph_name)
