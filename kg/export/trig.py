"""TriG: what is known, then what each sentence says, one graph for each."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from kg.export.turtle import Names, subjects

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.store import Graph


def write(graph: Graph) -> bytes:
    """Both levels of the graph as TriG."""
    names = Names()
    blocks = list(_blocks(graph, names))
    return "\n".join((names.header(), *blocks)).encode()


def _blocks(graph: Graph, names: Names) -> Iterator[str]:
    from pyoxigraph import DefaultGraph

    for name, said in groupby(graph.quads(), key=lambda quad: quad.graph_name):
        if name == DefaultGraph():
            yield from subjects(said, names)
        else:
            inner = "".join(subjects(said, names)).replace("\n", "\n    ").rstrip()
            yield f"GRAPH {names[name]} {{\n    {inner}\n}}\n"
