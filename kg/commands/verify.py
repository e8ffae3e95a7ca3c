"""`kg verify`: whether a graph says only what its documents say."""

from typing import Annotated

import typer

from kg.commands.options import CorrectionsFile, GraphPath, Id, Root
from kg.commands.output import emit
from kg.errors import ANSWER_IS_NO, SourceError


def verify(
    graph: GraphPath,
    documents: Annotated[
        list[str] | None, typer.Argument(metavar="DOCUMENT", help="What it was built from.", show_default=False)
    ] = None,
    root: Root = None,
    id: Id = None,
    corrections: CorrectionsFile = None,
) -> None:
    """Read every value of a graph again from the sentences it cites; exit 1 names each that is not there.

    Texts taken out of HTML are kept beside the graph, so their pages need not be named. A store keeps its corrections.

    Example: kg verify exports/talks.trig examples/talks.txt
    """
    from kg import corrections as judgements
    from kg import kept
    from kg.model import Document
    from kg.stages.ingest import read
    from kg.store import Graph
    from kg.verify import verify as verified

    opened = Graph.open(graph)
    given = {}
    for one in read(documents or [], root=root, name=id):
        if isinstance(one, SourceError):
            raise one
        if isinstance(one, Document):
            given[one.id] = one
    documents_ = [*given.values(), *(one for one in kept.texts(graph, opened) if one.id not in given)]
    said = judgements.read(corrections) if corrections else kept.corrections(graph, opened)
    outcome = verified(opened, documents_, said)
    for problem in outcome.problems:
        emit(f"{problem}\n")
    emit(f"{outcome}\n")
    if not outcome:
        raise typer.Exit(ANSWER_IS_NO)
