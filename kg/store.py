"""The graph as users hold it: opened from a file or a store, asked, and handed to other libraries.

>>> graph = Graph.open("exports/example.trig")
>>> graph.query("meetings-between", a="Ken Tanaka", b="Jane Doe")
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kg import ntriples
from kg.addresses import place
from kg.errors import GraphError
from kg.iris import BASE, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import IO

    import networkx
    import rdflib
    from pyoxigraph import Quad, Store

    from kg.addresses import Place
    from kg.ntriples import Line
    from kg.query import Answer
    from kg.result import Value
    from kg.stores.remote import Remote

KEPT = BASE + "store"  # the graph in which a store keeps its documents
SUFFIXES = (".ttl", ".trig", ".nt", ".nq", ".jsonld", ".rdf")


class Graph:
    """What is known (the default graph) and where it is said (one named graph for each sentence)."""

    def __init__(self, store: Store | Remote, held: IO[bytes] | None = None) -> None:
        """Wrap a store, with what keeps its files there; users call `open` or `from_quads`."""
        self.store, self._held = store, held

    @classmethod
    def from_quads(cls, quads: Iterable[Quad]) -> Graph:
        """A graph in memory."""
        from pyoxigraph import Store

        store = Store()
        store.bulk_extend(quads)
        return cls(store)

    @classmethod
    def from_lines(cls, lines: Iterable[Line]) -> Graph:
        """A graph in memory of quads given as text."""
        from pyoxigraph import RdfFormat, Store

        store = Store()
        store.bulk_load(ntriples.nquads(lines), format=RdfFormat.N_QUADS)
        return cls(store)

    @classmethod
    def open(cls, path: str | Path) -> Graph:
        """A graph from a file (.ttl .trig .nt .nq .jsonld .rdf), read into memory, or a store: its folder or address.

        Raises:
            GraphError: the path is missing, of an unknown ending, no store, or malformed (named file:line); or the
                server does not answer.
        """
        if is_address(path):
            from kg.stores.http import Server
            from kg.stores.remote import Remote

            return cls(Remote(Server(str(path))))
        found = place(path)
        try:
            if not found.exists():
                raise GraphError(f"{path}: no such file or store; build one with kg build")
            if not found.is_dir():
                return cls.from_quads(_parsed(found))
        except OSError as error:
            raise GraphError(f"{path}: cannot be read: {error.strerror or error}") from error
        from kg.stores.disk import is_store, open_for_reading

        if not isinstance(found, Path) or not is_store(found):
            raise GraphError(f"{path}: a folder, but no store; name a graph file, or a folder made by build --store")
        return cls(*open_for_reading(found))

    def __len__(self) -> int:
        kept = self.store.query(f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{KEPT}> {{ ?s ?p ?o }} }}")
        return len(self.store) - int(next(iter(kept))["n"].value)  # type: ignore[arg-type]

    def lines(self, *, known_only: bool = False) -> list[Line]:
        """All quads as text, sorted by graph (the default graph first), subject, predicate and object.

        What a store keeps of its documents is no part of the graph.
        """
        return sorted(ntriples.of_store(self.store, known_only=known_only, but=f"<{KEPT}>"))

    def quads(self) -> list[Quad]:
        """The same as terms of Oxigraph."""
        return ntriples.quads(self.lines())

    def has_sentences(self) -> bool:
        """Whether the graph holds sentence graphs, or (read from Turtle) only what is known."""
        asked = "ASK { ?sentence a kg:Sentence . GRAPH ?sentence { ?fact a ?kind } }"
        return bool(self.store.query(asked, prefixes=PREFIXES))

    def query(self, question: str, **bindings: Value) -> Answer:
        """Ask a named question, SPARQL, or `@file.rq`; see `kg.query.ask`."""
        from kg.query import ask

        return ask(self, question, bindings)

    def to_rdflib(self) -> rdflib.Graph:
        """What is known, as an rdflib Graph: the default graph only, since rdflib is slow with many graphs."""
        import rdflib

        data = ntriples.nquads(self.lines(known_only=True))
        graph = rdflib.Graph()
        for prefix, base in PREFIXES.items():
            graph.bind(prefix, base)
        return graph.parse(data=data, format="nt")

    def to_networkx(self) -> networkx.MultiDiGraph[str]:
        """Entities and facts with edges keyed by the property's local name; see `kg.network.network`."""
        from kg.network import network

        return network(self.quads())


def is_address(path: str | Path) -> bool:
    """Whether the words are the address of a server."""
    return str(path).startswith(("http://", "https://"))


def _parsed(path: Place) -> list[Quad]:
    from pyoxigraph import RdfFormat, parse

    formats = dict(zip(SUFFIXES, (RdfFormat.TURTLE, RdfFormat.TRIG, RdfFormat.N_TRIPLES, RdfFormat.N_QUADS,
                                  RdfFormat.JSON_LD, RdfFormat.RDF_XML), strict=True))  # fmt: skip
    suffix = path.suffix.lower()
    if suffix not in formats:
        raise GraphError(f"{path}: unknown ending {path.suffix!r}; a graph file ends in one of {' '.join(SUFFIXES)}")
    try:
        with path.open("rb") as file:
            return list(parse(file, format=formats[suffix]))
    except SyntaxError as error:
        place = f"{path}:{error.lineno}" if error.lineno else str(path)
        raise GraphError(f"{place}: malformed {suffix[1:]}: {_reason(error)}; build the graph again") from error


def _reason(error: SyntaxError) -> str:
    """The parser's message without its own account of the place, on one line."""
    text = " ".join((error.msg or "").split())
    return text.split(": ", 1)[1] if text.startswith("Parser error ") and ": " in text else text
