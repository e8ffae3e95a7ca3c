"""TriG: what is known, then what each sentence says, one graph for each."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from kg.export.turtle import Names, subjects
from kg.ntriples import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.store import Graph


def write(graph: Graph) -> bytes:
    """Both levels of the graph as TriG."""
    names = Names()
    blocks = list(_blocks(graph, names))
    return one_line("\n".join((names.header(), *blocks))).encode()


def _blocks(graph: Graph, names: Names) -> Iterator[str]:
    for name, said in groupby(graph.lines(), key=itemgetter(0)):
        if not name:
            yield from subjects(said, names)
        else:
            inner = "".join(subjects(said, names)).replace("\n", "\n    ").rstrip()
            yield f"GRAPH {names[name]} {{\n    {inner}\n}}\n"
