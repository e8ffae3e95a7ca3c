"""What a store holds, in a few lines."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from kg.result import Result, words
from kg.store import Graph
from kg.stores import records
from kg.stores.disk import size
from kg.summary import SHOWN, counted, kinds, span

if TYPE_CHECKING:
    from collections.abc import Iterator


_SOURCES = """SELECT ?name (COUNT(DISTINCT ?article) AS ?n)
    WHERE { ?article schema:publisher/schema:name ?name } GROUP BY ?name"""


def documents(address: str) -> list[str]:
    """The identities of all documents, sorted.

    Raises:
        GraphError: there is no store.
    """
    return sorted(set(records.values(Graph.open(address).store, records.IDENTITY).values()))


def status(address: str) -> Iterator[str]:
    """Documents, facts, time span, sources, size, and the versions that read them.

    Raises:
        GraphError: there is no store.
    """
    graph = Graph.open(address)
    joined = records.joined(graph.store)
    versions = records.values(graph.store, records.VERSION)
    waiting = len(versions.keys() - joined)
    yield f"{counted(len(joined), 'document')}" + (f", {waiting:,} more to be joined" if waiting else "")
    yield f"facts: {kinds(graph)}"
    yield from span(graph)
    yield from _sources(graph)
    judged = records.values(graph.store, records.CORRECTIONS)
    if judged:
        yield f"corrections: {counted(sum(text.count('[[') for text in judged.values()), 'judgement')}"
    yield f"size: {len(graph):,} quads" + (f", {size(Path(address)) / 1e6:,.1f} MB" if Path(address).is_dir() else "")
    for made_by, count in sorted(Counter(told.partition(" ")[2] for told in versions.values()).items()):
        yield f"read by {made_by}: {counted(count, 'document')}"


def _sources(graph: Graph) -> Iterator[str]:
    """Publishers, those of most documents first."""
    answer = graph.query(_SOURCES)
    rows = answer.rows if isinstance(answer, Result) else ()
    shown = [words(row[0]) for row in sorted(rows, key=lambda row: (-int(str(row[1])), str(row[0])))]
    if shown:
        more = f" and {len(shown) - SHOWN} more" if len(shown) > SHOWN else ""
        yield f"sources: {', '.join(shown[:SHOWN])}{more}"
