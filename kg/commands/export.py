"""`kg export`: a graph in another format."""

from typing import Annotated

import typer

from kg.commands.options import GraphPath
from kg.commands.output import emit


def export(
    graph: GraphPath,
    output: Annotated[str, typer.Option("-o", "--output", metavar="FILE", help="Where to write it; - is stdout.")],
    format: Annotated[
        str | None, typer.Option(metavar="FORMAT", help="ttl, trig, nq, jsonld, html, graphml, gexf or csv.")
    ] = None,
) -> None:
    """Write a graph in another format, known by the ending of the file or named by --format.

    Example: kg export exports/talks.trig -o talks.graphml
    """
    from kg.export import format_of, save, write
    from kg.store import Graph

    chosen = format or format_of(output)
    data = write(Graph.open(graph), chosen)
    if output == "-":
        emit(data)
    else:
        save(output, data)
