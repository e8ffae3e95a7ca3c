"""N-Quads: one line for each quad of both levels, sorted; for bulk loading and for comparing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.export.turtle import full

if TYPE_CHECKING:
    from pyoxigraph import Quad

    from kg.store import Graph


def write(graph: Graph) -> bytes:
    """Both levels of the graph as N-Quads."""
    return "".join(_line(quad) for quad in graph.quads()).encode()


def _line(quad: Quad) -> str:
    from pyoxigraph import DefaultGraph

    name = "" if quad.graph_name == DefaultGraph() else f"{quad.graph_name} "
    return f"{quad.subject} {quad.predicate} {full(quad.object)} {name}.\n"
