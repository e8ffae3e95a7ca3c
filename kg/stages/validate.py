"""Stage 7 of 7: quads -> the same quads, or a ValidationFailed naming each broken shape.

The shapes speak of what is known, so only the default graph is checked. pySHACL checks the core constraints on an
rdflib graph in memory; the SPARQL constraints run in Oxigraph. The shapes are read once for each process and
rearranged for speed, without a change of meaning: a test compares the verdicts with those of plain pySHACL. On a
document of 400 triples a check takes 17 ms of processor time; plain pySHACL with the shapes at hand takes 120 ms, 90
of them for the two SPARQL constraints.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from kg.errors import ValidationFailed
from kg.iris import PREFIXES
from kg.resources import ontology

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import rdflib
    from pyoxigraph import Quad, Triple
    from pyshacl.shapes_graph import ShapesGraph

SHAPES = "https://w3id.org/parley/shapes#"
_STRING = PREFIXES["xsd"] + "string"
# pySHACL keeps state in the shapes it was given, so two threads must not check at once.
_LOCK = threading.Lock()


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """A thing that breaks a shape."""

    thing: str  # IRI
    shape: str  # local name: "event-status"
    message: str

    def __str__(self) -> str:
        return f"{_short(self.thing)}: {self.message} ({self.shape})"


class Shapes(NamedTuple):
    """The shapes in the two forms that the two engines take."""

    core: ShapesGraph
    queries: tuple[tuple[str, str, str], ...]  # shape, message, SPARQL that selects every ?this that breaks it


def check(quads: list[Quad]) -> list[Quad]:
    """The same quads, if their default graph keeps every shape of `ontology/shapes.ttl`.

    Raises:
        ValidationFailed: one line for each thing and shape it breaks: `id:event/x: an event has one status ...`.
    """
    found = violations(quads)
    if found:
        raise ValidationFailed("\n".join(map(str, found)))
    return quads


def violations(quads: Iterable[Quad]) -> tuple[Violation, ...]:
    """Every thing of the default graph that breaks a shape, sorted."""
    from pyoxigraph import DefaultGraph

    default = DefaultGraph()
    triples = [quad.triple for quad in quads if quad.graph_name == default]
    with _LOCK:
        return tuple(sorted({*_core(triples), *_calculated(triples)}))


@cache
def _shapes() -> Shapes:
    import rdflib
    from pyshacl.shapes_graph import ShapesGraph
    from rdflib.namespace import SH

    graph = rdflib.Graph(store="SimpleMemory").parse(ontology("shapes.ttl"), format="turtle")
    # pySHACL parses and runs a query for each focus node, 10 ms each time; Oxigraph runs it once for all.
    queries = sorted(
        (str(shape).removeprefix(SHAPES), str(graph.value(query, SH.message)), str(graph.value(query, SH.select)))
        for shape, query in graph.subject_objects(SH.sparql)
    )
    graph.remove((None, SH.sparql, None))
    # A property shape below a node shape is started anew for each focus node, 40 us each time; one with the node
    # shape's targets of its own takes all of them at once.
    for shape, part in list(graph.subject_objects(SH.property)):
        for kind in (SH.targetClass, SH.targetSubjectsOf):
            targets = list(graph.objects(shape, kind))
            for target in targets:
                graph.add((part, kind, target))
            if targets:
                graph.remove((shape, SH.property, part))
    return Shapes(ShapesGraph(graph), tuple(queries))


def _core(triples: Iterable[Triple]) -> Iterator[Violation]:
    import rdflib
    from pyshacl.graph_abstraction import DataGraph
    from pyshacl.validator import Validator
    from rdflib import RDF, SH

    data = DataGraph.from_rdflib_graph(_rdflib(triples))
    # pyshacl.validate() would read the shapes again for each graph, which takes as long as checking a document.
    validator = Validator(data, shacl_graph=rdflib.Graph(), options={"inplace": True})
    validator.shacl_graph = _shapes().core
    conforms, report, _ = validator.run()  # type: ignore[no-untyped-call]
    if conforms:
        return
    for result in report.subjects(RDF.type, SH.ValidationResult):
        shape = str(report.value(result, SH.sourceShape)).removeprefix(SHAPES)
        message = min(str(text) for text in report.objects(result, SH.resultMessage))
        yield Violation(str(report.value(result, SH.focusNode)), shape, message)


def _calculated(triples: Iterable[Triple]) -> Iterator[Violation]:
    from pyoxigraph import Quad, QuerySolutions, Store

    store = Store()
    store.bulk_extend(Quad(t.subject, t.predicate, t.object) for t in triples)
    for shape, message, query in _shapes().queries:
        broken = store.query(query, prefixes=PREFIXES)
        if isinstance(broken, QuerySolutions):
            yield from (Violation(str(row["this"].value), shape, message) for row in broken)


def _rdflib(triples: Iterable[Triple]) -> rdflib.Graph:
    import rdflib
    from pyoxigraph import Literal, NamedNode

    @cache
    def node(iri: str) -> rdflib.URIRef:
        return rdflib.URIRef(iri)

    @cache
    def literal(words: str, datatype: str, language: str | None) -> rdflib.Literal:
        # rdflib holds a plain string and the same one marked xsd:string to be different; SHACL lists are plain.
        marked = None if language or datatype == _STRING else node(datatype)
        return rdflib.Literal(words, lang=language, datatype=marked)

    def term(of: object) -> rdflib.URIRef | rdflib.Literal:
        if isinstance(of, Literal):
            return literal(of.value, of.datatype.value, of.language)
        if isinstance(of, NamedNode):
            return node(of.value)
        raise ValidationFailed(f"{of}: a graph of Parley has no blank nodes; give the thing a name")

    graph = rdflib.Graph(bind_namespaces="none")
    for triple in triples:
        graph.add((term(triple.subject), term(triple.predicate), term(triple.object)))
    return graph


def _short(iri: str) -> str:
    prefix = next((p for p, base in PREFIXES.items() if iri.startswith(base)), None)
    return f"{prefix}:{iri.removeprefix(PREFIXES[prefix])}" if prefix else iri
