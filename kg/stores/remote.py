"""A store on a SPARQL 1.1 server: asked like one in memory, changed like one in a folder.

Servers disagree on what the default graph is. Virtuoso has none that can be written, so there what is known stands in a
graph of its own, which every query names.
"""

from __future__ import annotations

import base64
import re
import zlib
from contextlib import ExitStack
from itertools import islice
from typing import TYPE_CHECKING

from pyoxigraph import (
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
    parse,
    parse_query_results,
    serialize,
)

from kg.errors import GraphError
from kg.iris import BASE
from kg.ntriples import canonical, lines, nquads
from kg.store import KEPT
from kg.stores.backend import update
from kg.stores.lock import Lock
from kg.stores.sparql import question

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    from pyoxigraph import BlankNode, Triple, Variable

    from kg.ntriples import Line
    from kg.stores.http import Server

KNOWN = NamedNode(BASE + "known")  # what is known, on servers whose default graph cannot be written
BATCH = 2_000  # quads in a request; Virtuoso takes at most 5,000
_JOURNAL, _ENTRY = NamedNode(BASE + "store/journal"), NamedNode("https://w3id.org/parley/store#update")
_BETWEEN = b"# then\n"  # what goes and what comes, in the journal
_ACCEPT = "application/sparql-results+json, application/n-triples"


class Remote:
    """The quads of a server, for reading."""

    def __init__(self, server: Server) -> None:
        self.server = server
        if not isinstance(self._ask("ASK {}"), QueryBoolean):
            raise GraphError(f"{server.address}: no SPARQL server answers there; check the address")
        self._known = KNOWN if "Virtuoso" in server.software else None
        self._parser = Store()

    def query(
        self,
        query: str,
        *,
        prefixes: Mapping[str, str] | None = None,
        substitutions: Mapping[Variable, NamedNode | BlankNode | Literal | Triple] | None = None,
    ) -> QuerySolutions | QueryBoolean | Iterator[Quad]:
        """The answer to a query.

        Raises:
            SyntaxError: it does not parse.
            RuntimeError: it does not select a variable that is to be bound.
            GraphError: the server does not answer.
        """
        # The parser here says where a query is wrong, and servers do not all say the same.
        self._parser.query(query, prefixes=dict(prefixes or {}), substitutions=dict(substitutions or {}))
        return self._ask(question(query, prefixes or {}, substitutions or {}), known=True)

    def _ask(self, text: str, *, known: bool = False) -> QuerySolutions | QueryBoolean | Iterator[Quad]:
        graphs = [("default-graph-uri", self._known.value)] if known and self._known else []
        if graphs:  # a graph that the query names must be named here too
            graphs += [("named-graph-uri", name) for name in re.findall(r"GRAPH\s*<([^>]*)>", text, re.IGNORECASE)]
        answer, kind = self.server.query(text, _ACCEPT, graphs)
        if kind in ("application/n-triples", "text/plain", "text/turtle"):
            triples: Iterator[Quad] = iter(parse(answer, format=RdfFormat.TURTLE))
            return triples
        if b'"vars": ["__ASK_RETVAL"]' in answer:  # Virtuoso 7 answers ASK by a number
            answer = b'{"head":{},"boolean":%s}' % (b"true" if b'"value": "1"' in answer else b"false")
        try:
            return parse_query_results(answer, format=QueryResultsFormat.JSON)
        except SyntaxError as error:
            raise GraphError(f"{self.server.address}: no answer of a SPARQL server ({kind})") from error

    def quads_for_pattern(
        self,
        subject: NamedNode | None,
        predicate: NamedNode | None,
        value: NamedNode | Literal | None,
        graph: NamedNode | DefaultGraph | None = None,
    ) -> Iterator[Quad]:
        """The quads of a pattern; None matches everything."""
        names = {"s": subject, "p": predicate, "o": value}
        triple = " ".join(str(one) if one else f"?{name}" for name, one in names.items())
        place = self._known if isinstance(graph, DefaultGraph) else graph
        if isinstance(place, NamedNode):
            patterns = [f"GRAPH {place} {{ {triple} }}"]
        else:
            patterns = [] if graph is None and self._known else [triple]
            patterns += [f"GRAPH ?g {{ {triple} }}"] if graph is None else []
        for pattern in patterns:
            found = self._ask(f"SELECT * WHERE {{ {pattern} }}")
            for row in found if isinstance(found, QuerySolutions) else ():
                named = row["g"] if "GRAPH ?g" in pattern else place or DefaultGraph()
                one, what, other = (given or row[name] for name, given in names.items())
                home = DefaultGraph() if named == self._known else named
                yield Quad(one, what, other, home)  # type: ignore[arg-type]

    def dump(self, *, format: RdfFormat, from_graph: DefaultGraph | None = None) -> bytes:
        """All quads, or the triples of the default graph, as text."""
        found = self.quads_for_pattern(None, None, None, from_graph)
        return serialize((q.triple for q in found) if from_graph else found, format=format) or b""

    def __len__(self) -> int:
        parts = ["{ GRAPH ?g { ?s ?p ?o } }"] + ([] if self._known else ["{ ?s ?p ?o }"])
        found = self._ask(f"SELECT (COUNT(*) AS ?n) WHERE {{ {' UNION '.join(parts)} }}")
        return sum(int(row["n"].value) for row in found) if isinstance(found, QuerySolutions) else 0


class Writable(Remote):
    """The quads of a server, held for writing by one process at a time.

    Several requests that belong together are noted there first, so that they are all done.
    """

    def __init__(self, server: Server) -> None:
        super().__init__(server)
        with ExitStack() as stack:
            self._lock = Lock(self)
            stack.callback(self._lock.release)
            self._recover()
            stack.pop_all()

    @property
    def store(self) -> Remote:
        """Itself."""
        return self

    @property
    def beside(self) -> Path | None:
        """Nowhere: a server keeps no files."""
        return None

    def write(self, *, remove: Collection[Line], add: Collection[Line]) -> None:
        """Take quads out and put others in: one request, or several that a journal holds together."""
        graphs = {line[0] for line in add}
        if not remove and len(graphs) == 1 and "" not in graphs and len(add) <= BATCH:
            self.server.add(_triples(add), next(iter(graphs))[1:-1])
            return
        out, into = [*map(self._placed, remove)], [*map(self._placed, add)]
        if len(out) + len(into) <= BATCH:
            if out or into:
                self.server.update(update(out, into))
            return
        note = base64.b64encode(zlib.compress(_BETWEEN.join((nquads(out), nquads(into))))).decode()
        journal = (f"<{KEPT}>", str(_JOURNAL), str(_ENTRY), f'"{note}"')
        self.server.add(_triples([journal]), KEPT)
        self._apply(out, into, journal)

    def write_much(self, *, remove: Collection[Line], add: Collection[Line]) -> None:
        """The same: it is several requests already."""
        self.write(remove=remove, add=add)

    def _apply(self, out: Iterable[Line], into: Iterable[Line], journal: Line) -> None:
        for part in _batches(out):
            self.server.update(update(part, ()))
        for part in _batches(into):
            self.server.update(update((), part))
        self.server.update(update([journal], ()))

    def _recover(self) -> None:
        """Finish what a writer that was broken off has noted."""
        for one in list(lines(self.quads_for_pattern(_JOURNAL, _ENTRY, None, NamedNode(KEPT)))):
            parts = zlib.decompress(base64.b64decode(one[3].strip('"'))).split(_BETWEEN)
            out, into = (lines(parse(part, format=RdfFormat.N_QUADS)) for part in parts)
            self._apply(out, into, one)

    def _placed(self, line: Line) -> Line:
        """The quad as the server takes it: in the graph that stands for the default graph; Virtuoso finds no PT900S."""
        graph, subject, predicate, value = line
        return graph or str(self._known or ""), subject, predicate, canonical(value)

    def publish(self) -> None:
        """Whoever asks the server sees everything at once."""

    def close(self, *, empty: bool, publish: bool) -> None:  # noqa: ARG002
        """Let another process write."""
        self._lock.release()


def _triples(lines: Iterable[Line]) -> bytes:
    return nquads(("", *line[1:]) for line in lines)


def _batches(given: Iterable[Line]) -> Iterator[list[Line]]:
    rest = iter(given)
    while part := list(islice(rest, BATCH)):
        yield part
