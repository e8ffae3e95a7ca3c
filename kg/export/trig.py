"""TriG: what is known, then what each sentence says, one graph for each."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from kg.export.turtle import header, subjects, term, used_prefixes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.store import Graph


def write(graph: Graph) -> bytes:
    """Both levels of the graph as TriG."""
    return "\n".join(_parts(graph)).encode()


def _parts(graph: Graph) -> Iterator[str]:
    from pyoxigraph import DefaultGraph

    quads = graph.quads()
    prefixes = used_prefixes(quads)
    yield header(prefixes)
    for name, said in groupby(quads, key=lambda quad: quad.graph_name):
        if name == DefaultGraph():
            yield from subjects(said, prefixes)
        else:
            inner = "".join(subjects(said, prefixes)).replace("\n", "\n    ").rstrip()
            yield f"GRAPH {term(name, prefixes)} {{\n    {inner}\n}}\n"
