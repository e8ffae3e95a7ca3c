"""`kg build`: documents -> files of the graph they make."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.commands.inputs import Inputs, told
from kg.commands.options import CorrectionsFile, Id, Model, OnlyRelevant, Root, Sources
from kg.commands.output import say, status, warn, written
from kg.errors import GraphError, KGError, SourceError

if TYPE_CHECKING:
    from kg.model import DocumentFacts
    from kg.results import Target

FOLDER = typer.Option("-o", "--output", metavar="DIR", help="Where to write; - is stdout, with a single format.")
NAME = typer.Option(metavar="NAME", help="Name of the files (default: that of a single source, or graph).")
EACH = typer.Option("--each", metavar="", help="One result for each document, named by its stem.")
FORMATS = typer.Option(
    metavar="LIST", help="Some of ttl, trig, html (these by default), nq, jsonld, graphml, gexf, csv."
)
REPORT = typer.Option("--report", metavar="", help="List what was not understood, with its place.")
NO_TEXT = typer.Option("--no-text", metavar="", help="Offsets without any words copied from the documents.")
FACTS = typer.Option(metavar="FILE", help="Build from the output of kg facts instead of text.")
STORE = typer.Option(metavar="DIR", help="Keep the graph in a store that grows; files only with --formats.")
DEFAULT_FORMATS = "ttl,trig,html"


def build(
    sources: Sources = None,
    output: Annotated[str, FOLDER] = "exports",
    name: Annotated[str | None, NAME] = None,
    each: Annotated[bool, EACH] = False,
    formats: Annotated[str | None, FORMATS] = None,
    report: Annotated[bool, REPORT] = False,
    no_text: Annotated[bool, NO_TEXT] = False,
    corrections: CorrectionsFile = None,
    facts: Annotated[str | None, FACTS] = None,
    store: Annotated[str | None, STORE] = None,
    root: Root = None,
    id: Id = None,
    model: Model = None,
    only_relevant: OnlyRelevant = False,
) -> None:
    """Read news of negotiations and write the graph: Turtle, TriG and a page to look at.

    Example: kg build examples/talks.txt
    """
    from kg import results
    from kg.commands.storing import into_store

    inputs = Inputs([facts] if facts else sources or [], facts, root, id, model, only_relevant)
    if not inputs.sources or (facts and sources):
        raise SourceError("give either sources (files, folders, - for standard input) or --facts FILE")
    title = results.title(name, inputs.sources, id)
    where = None if store and not formats else results.target(output, formats or DEFAULT_FORMATS, inputs.sources)
    if store:
        if each or no_text:
            raise GraphError(f"--store keeps one graph, with its words; leave {'--each' if each else '--no-text'} out")
        raise typer.Exit(into_store(store, inputs, corrections, title, where, report=report))
    if where is not None:
        raise typer.Exit(_into_files(inputs, corrections, title, where, each=each, report=report, text=not no_text))


def _into_files(
    inputs: Inputs, corrections: Path | None, title: str, where: "Target", *, each: bool, report: bool, text: bool
) -> int:
    """One graph of all documents, or one for each; the exit status."""
    from kg import corrections as judgements
    from kg import results
    from kg.pipeline import graph
    from kg.summary import kinds, summary

    said = judgements.read(corrections) if corrections else None
    tell = warn if where.folder is None else say
    documents, failed = _collected(inputs, tell, report=report)
    wanted = results.by_document(documents) if each else {title: documents} if documents else {}
    where.refuse_overwriting(wanted, inputs.sources)
    for one, group in wanted.items():
        made = graph(group, corrections=said, text=text)
        wrote = written(where, one, made, [d.document for d in group] if text else [])
        tell(f"{one}: {kinds(made)}" if each else summary(made, group))
        tell(wrote)
    return status(len(documents), failed)


def _collected(
    inputs: Inputs, tell: Callable[[str], None], *, report: bool
) -> tuple[list["DocumentFacts"], list[KGError]]:
    """The documents and the failures; each is told of as it comes."""
    from kg.model import DocumentFacts
    from kg.summary import counted

    documents: list[DocumentFacts] = []
    failed: list[KGError] = []
    left_out = 0
    for one in told(inputs.read(), tell if report else None):
        if isinstance(one, DocumentFacts):
            documents.append(one)
        elif isinstance(one, KGError):
            failed.append(one)
        else:
            left_out += 1
    if left_out:
        warn(f"{counted(left_out, 'document')} left out: no sign of negotiations")
    return documents, failed
