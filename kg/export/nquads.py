"""N-Quads: one line for each quad of both levels, sorted; for bulk loading and for comparing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg import ntriples

if TYPE_CHECKING:
    from kg.store import Graph


def write(graph: Graph) -> bytes:
    """Both levels of the graph as N-Quads."""
    return ntriples.nquads(graph.lines())
