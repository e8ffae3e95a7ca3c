"""The SPARQL 1.1 Protocol's formats: which one a client wants, and an answer of the engine written in it."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, cast

from pyoxigraph import NamedNode, QueryBoolean, QueryResultsFormat, QueryTriples, RdfFormat

from kg import query
from kg.errors import QueryError
from kg.result import NAMESPACES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pyoxigraph import Store

    from kg.store import Graph

# Media types in the order of preference, the first of which answers a client that takes anything.
RESULTS = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "application/xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
}
TRIPLES = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/rdf+xml": RdfFormat.RDF_XML,
}
# https://www.w3.org/TR/sparql11-service-description/
_DESCRIPTION = """\
@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .
@prefix formats: <http://www.w3.org/ns/formats/> .

[] a sd:Service ;
    sd:endpoint <sparql> ;
    sd:supportedLanguage sd:SPARQL11Query ;
    sd:resultFormat formats:SPARQL_Results_JSON, formats:SPARQL_Results_XML, formats:SPARQL_Results_CSV,
        formats:SPARQL_Results_TSV, formats:Turtle, formats:N-Triples, formats:JSON-LD, formats:RDF_XML .
"""


class NotAcceptable(Exception):
    """The client takes none of the formats that fit the answer."""


def answer(
    graph: Graph, text: str, accept: str, *, default: Sequence[str] = (), named: Sequence[str] = ()
) -> tuple[str, bytes]:
    """The media type and the bytes of the answer to SPARQL text.

    Args:
        graph: What to ask.
        text: A SELECT, ASK, CONSTRUCT or DESCRIBE; the prefixes of the graph are known to it.
        accept: The client's `Accept`.
        default: The graphs that are the default graph, where the client names them.
        named: The graphs that `GRAPH` sees, where the client names them.

    Raises:
        QueryError: the query does not parse, calls SERVICE, or names a graph by no IRI.
        NotAcceptable: see there.
    """
    asked = query.sparql(text)
    with query.told(asked):
        store = cast("Store", graph.store)  # a server's address is not served
        if default or named:
            found = store.query(
                asked.text, prefixes=NAMESPACES, default_graph=[*_iris(default)], named_graphs=[*_iris(named)]
            )
        else:
            found = store.query(asked.text, prefixes=NAMESPACES)
        out = BytesIO()
        if isinstance(found, QueryTriples):
            type = preferred(accept, TRIPLES)
            found.serialize(out, TRIPLES[type])
        elif isinstance(found, QueryBoolean):
            type = preferred(accept, {t: f for t, f in RESULTS.items() if not t.startswith("text/")})
            found.serialize(out, RESULTS[type])
        else:
            type = preferred(accept, RESULTS)
            found.serialize(out, RESULTS[type])
    return type, out.getvalue()


def description(accept: str) -> tuple[str, bytes]:
    """What the endpoint can do, for a client that asks nothing."""
    preferred(accept, {"text/turtle": None})
    return "text/turtle; charset=utf-8", _DESCRIPTION.encode()


def preferred(accept: str, offered: Mapping[str, object]) -> str:
    """The media type on offer that a client likes best (RFC 9110, 12.5.1); of equals the first on offer.

    Raises:
        NotAcceptable: it takes none of them.
    """
    asked = list(_ranges(accept)) or [("*/*", 1.0)]

    def liked(type: str) -> float:
        fitting = [(len(r.replace("*", "")), q) for r, q in asked if r in (type, f"{type.split('/')[0]}/*", "*/*")]
        return max(fitting)[1] if fitting else 0.0

    best = max(offered, key=liked)
    if not liked(best):
        raise NotAcceptable(f"none of {', '.join(offered)} is accepted; ask for one of them")
    return best


def _ranges(accept: str) -> Iterable[tuple[str, float]]:
    for part in accept.split(","):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        weight = next((p[2:] for p in parameters if p.startswith("q=")), "1")
        try:
            yield name, min(max(float(weight), 0.0), 1.0)
        except ValueError:
            continue


def _iris(given: Iterable[str]) -> list[NamedNode]:
    try:
        return [NamedNode(one) for one in given]
    except ValueError as error:
        raise QueryError(f"{error}; name graphs by their IRIs") from error
