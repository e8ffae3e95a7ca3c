"""`kg diff`: what came, went or changed between two graphs."""

from typing import Annotated

import typer

from kg.commands.output import emit
from kg.errors import QueryError

GRAPH = "A graph file, a store folder, or a server's address."


def diff(
    before: Annotated[str, typer.Argument(metavar="GRAPH-A", help=GRAPH)],
    after: Annotated[str, typer.Argument(metavar="GRAPH-B", help=GRAPH)],
    format: Annotated[str, typer.Option(metavar="FORMAT", help="text or json.")] = "text",
) -> None:
    """Show the facts that came (+), went (-) or changed (~) from one graph to another.

    Example: kg diff exports/talks.ttl talks.store
    """
    from kg.many.diff import as_json, text
    from kg.many.diff import diff as difference
    from kg.store import Graph

    if format not in ("text", "json"):
        raise QueryError(f"unknown format {format!r}; one of text, json")
    found = difference(Graph.open(before), Graph.open(after))
    emit(as_json(found) if format == "json" else "".join(f"{line}\n" for line in text(found)))
