"""What a build found, in a few lines; and what it did not understand, line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.iris import TERMS
from kg.model import FactKind
from kg.result import IRI, Result, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.model import DocumentFacts
    from kg.result import Value
    from kg.store import Graph

SHOWN = 12  # names in a line of the summary
_KINDS = "SELECT ?kind (COUNT(DISTINCT ?fact) AS ?n) WHERE { ?fact kg:evidence ?s ; a ?kind } GROUP BY ?kind"
_PEOPLE = "SELECT ?name WHERE { ?who a schema:Person ; schema:name ?name } ORDER BY ?name"
_STATES = """SELECT DISTINCT ?name WHERE { VALUES ?kind { schema:Country kg:Bloc } ?state a ?kind ; rdfs:label ?name }
    ORDER BY ?name"""
_SPAN = "SELECT (MIN(?from) AS ?first) (MAX(?to) AS ?last) WHERE { ?fact kg:earliest ?from ; kg:latest ?to }"


def summary(graph: Graph, documents: Sequence[DocumentFacts]) -> str:
    """Facts by kind, people, countries and time span of a graph; and how many warnings its documents gave."""
    lines = [f"{counted(len(documents), 'document')}: {kinds(graph)}"]
    for label, question in (("people", _PEOPLE), ("countries", _STATES)):
        names = [words(row[0]) for row in _rows(graph, question)]
        if names:
            more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
            lines.append(f"{label}: {', '.join(names[:SHOWN])}{more}")
    lines += span(graph)
    warnings = sum(len(one.document.warnings) for one in documents)
    return "\n".join([*lines, f"warnings: {warnings}"] if warnings else lines)


def span(graph: Graph) -> list[str]:
    """The first and the last day of all facts, as a line; none where nothing is dated."""
    return [f"dates: {words(first)} to {words(last)}" for first, last in _rows(graph, _SPAN) if first and last]


def kinds(graph: Graph) -> str:
    """`2 calls, 1 meeting`, the commonest first."""
    names = {IRI(TERMS + kind): kind for kind in FactKind}
    counts = {names[kind]: int(str(n)) for kind, n in _rows(graph, _KINDS) if isinstance(kind, IRI) and kind in names}
    shown = sorted(counts, key=lambda one: (-counts[one], one))
    return ", ".join(counted(counts[kind], kind.lower()) for kind in shown) or "no facts (none that the rules read)"


def _rows(graph: Graph, question: str) -> tuple[tuple[Value | None, ...], ...]:
    answer = graph.query(question)
    return answer.rows if isinstance(answer, Result) else ()


def counted(number: int, what: str) -> str:
    """`1 call`, `2 calls`."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def report(found: DocumentFacts) -> Iterator[str]:
    """What was not understood of a document, with its line: sentences without a fact; numbers, dates, names unread."""
    text = found.document.text
    told = {evidence.start for fact in found.facts for evidence in fact.evidence}
    unread = [(s.start, "no fact in", s.text) for s in found.sentences if s.start not in told]
    unread += [(one.start, f"{one.what} not read", text[one.start : one.end]) for one in found.unread]
    for start, what, words_ in sorted(unread):
        line = text.count("\n", 0, start) + 1
        yield f"{found.document.id}:{line}: {what}: {' '.join(words_.split())}"
