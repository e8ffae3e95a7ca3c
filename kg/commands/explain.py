"""`kg explain`: the sentences behind a fact, a thing or a value."""

from typing import Annotated

import typer

from kg.commands.options import GraphPath
from kg.commands.output import emit


def explain(
    graph: GraphPath,
    name: Annotated[str, typer.Argument(metavar="IRI-OR-NAME", help="A name, an IRI, id:..., or a value such as 20.")],
) -> None:
    """Show each fact about a thing with its sentences, the words marked, and the rule that read them.

    Example: kg explain exports/talks.trig 20
    """
    from kg.explain import explain as explained
    from kg.explain import render
    from kg.store import Graph

    emit(render(explained(Graph.open(graph), name)))
