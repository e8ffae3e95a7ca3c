"""`kg build`: documents -> files of the graph they make."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.commands.inputs import Inputs
from kg.commands.options import CorrectionsFile, Id, Jobs, Model, OnlyRelevant, Root, Scheduler, Sources
from kg.commands.output import say, status, warn, written
from kg.errors import GraphError, KGError, SourceError

if TYPE_CHECKING:
    from kg.many.workers import Result
    from kg.model import DocumentFacts
    from kg.results import Target

FOLDER = typer.Option("-o", "--output", metavar="DIR", help="Where to write, also s3://...; - is stdout (one format).")
NAME = typer.Option(metavar="NAME", help="Name of the files (default: that of a single source, or graph).")
EACH = typer.Option("--each", metavar="", help="One result for each document, named by its stem.")
FORMATS = typer.Option(
    metavar="LIST", help="Some of ttl, trig, html (these by default), nq, jsonld, graphml, gexf, csv."
)
REPORT = typer.Option("--report", metavar="", help="List what was not understood, with its place.")
NO_TEXT = typer.Option("--no-text", metavar="", help="Offsets without any words copied from the documents.")
FACTS = typer.Option(metavar="FILE", help="Build from the output of kg facts instead of text.")
STORE = typer.Option(
    metavar="DIR|URL", help="Keep a graph that grows, in a folder or on a SPARQL server; files only with --formats."
)
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
    jobs: Jobs = 1,
    scheduler: Scheduler = None,
) -> None:
    """Read news of negotiations and write the graph: Turtle, TriG and a page to look at.

    Example: kg build examples/talks.txt
    """
    from kg import results
    from kg.commands.storing import into_store

    inputs = Inputs([facts] if facts else sources or [], facts, root, id, model, only_relevant, jobs, scheduler)
    if not inputs.sources or (facts and sources):
        raise SourceError("give either sources (files, folders, - for standard input) or --facts FILE")
    title = results.title(name, inputs.sources, id)
    where = None if store and not formats else results.target(output, formats or DEFAULT_FORMATS, inputs.sources)
    if store:
        if each or no_text:
            raise GraphError(f"--store keeps one graph, with its words; leave {'--each' if each else '--no-text'} out")
        raise typer.Exit(into_store(store, inputs, corrections, title, where, report=report))
    if where is not None:
        write = _into_each if each else _into_files
        raise typer.Exit(write(inputs, corrections, title, where, report=report, text=not no_text))


def _into_files(
    inputs: Inputs, corrections: Path | None, title: str, where: "Target", *, report: bool, text: bool
) -> int:
    """One graph of all documents; the exit status."""
    from kg import corrections as judgements
    from kg.pipeline import graph
    from kg.summary import summary

    said = judgements.read(corrections) if corrections else None
    tally = _Tally(warn if where.folder is None else say, report=report)
    documents = list(tally.documents(inputs.told(tally.report)))
    if documents:
        where.refuse_overwriting([title], inputs.sources)
        made = graph(documents, corrections=said, text=text)
        wrote = written(where, title, made, [d.document for d in documents] if text else [])
        tally.tell(summary(made, documents))
        tally.tell(wrote)
    return status(len(documents), tally.failed)


def _into_each(
    inputs: Inputs, corrections: Path | None, _title: str, where: "Target", *, report: bool, text: bool
) -> int:
    """One graph for each document, written as it comes; the exit status."""
    from kg import corrections as judgements
    from kg.many.each import Each
    from kg.summary import counted, kinds

    said = judgements.read(corrections) if corrections else None
    tally = _Tally(warn if where.folder is None else say, report=report)
    each = Each(where, inputs.sources, inputs.model, corrections=said, text=text)
    done = 0
    for one in tally.documents(inputs.told(tally.report, known=lambda document, _: each.done(document))):
        name, made = each.graph(one)
        wrote = written(where, name, made, [one.document] if text else [])
        each.wrote(one.document)
        tally.tell(f"{name}: {kinds(made)}")
        tally.tell(wrote)
        done += 1
    each.finish()
    if tally.known:
        warn(f"{counted(tally.known, 'document')} done by an interrupted build")
    return status(done + tally.known, tally.failed)


class _Tally:
    """What became of the documents."""

    def __init__(self, tell: Callable[[str], None], *, report: bool) -> None:
        self.tell, self.report = tell, tell if report else None
        self.known = 0
        self.failed: list[KGError] = []

    def documents(self, found: Iterable["Result"]) -> Iterator["DocumentFacts"]:
        """The documents that were read; the others are counted."""
        from kg.model import DocumentFacts, Known
        from kg.summary import counted

        left_out = 0
        for one in found:
            if isinstance(one, DocumentFacts):
                yield one
            elif isinstance(one, KGError):
                self.failed.append(one)
            elif isinstance(one, Known):
                self.known += 1
            else:
                left_out += 1
        if left_out:
            warn(f"{counted(left_out, 'document')} left out: no sign of negotiations")
