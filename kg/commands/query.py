"""`kg query`: ask a graph a question."""

import sys
from typing import Annotated

import typer

from kg.commands.output import emit
from kg.errors import QueryError


def query(
    graph: Annotated[
        str | None, typer.Argument(metavar="GRAPH", help="A graph file, store or server.", show_default=False)
    ] = None,
    question: Annotated[
        str | None,
        typer.Argument(metavar="QUESTION", help="A named question, SPARQL text, or @file.rq.", show_default=False),
    ] = None,
    values: Annotated[
        list[str] | None,
        typer.Argument(metavar="NAME=VALUE", help="Parameters, as written in the news.", show_default=False),
    ] = None,
    listing: Annotated[
        bool, typer.Option("--list", metavar="", help="List the named questions; no GRAPH needed.")
    ] = False,
    format: Annotated[str, typer.Option(metavar="FORMAT", help="table, csv, json or ttl.")] = "table",
) -> None:
    """Ask a graph a named question, or one of your own in SPARQL.

    Example: kg query exports/talks.trig calls
    """
    from kg.query import FORMATS, render
    from kg.store import Graph

    if listing:
        emit(_listed())
        return
    if graph is None or question is None:
        raise QueryError("give a GRAPH and a QUESTION; kg query --list shows the named ones")
    if format not in FORMATS:
        raise QueryError(f"unknown format {format!r}; one of {', '.join(FORMATS)}")
    answer = Graph.open(graph).query(question, **_bindings(values or []))
    # Cells are cut to fit a terminal only where there is one.
    emit(render(answer, format, width=None if sys.stdout.isatty() else 10_000))


def _listed() -> str:
    from kg.query import questions

    lines = []
    for name, one in questions().items():
        lines += [f"{name}: {one.question}", *(f"    {p.name}={p.words}" for p in one.parameters)]
    return "\n".join(lines) + "\n"


def _bindings(values: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for given in values:
        name, equals, value = given.partition("=")
        if not equals or not name.isidentifier() or name in found:
            raise QueryError(f"{given}: not NAME=VALUE, or given twice; write for example a=Tanaka")
        found[name] = value
    return found
