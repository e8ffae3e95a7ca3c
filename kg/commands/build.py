"""`kg build`: documents -> files of the graph they make."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.commands.options import CorrectionsFile, Id, Model, OnlyRelevant, Root, Sources
from kg.commands.output import emit, say, status, warn, watched
from kg.errors import KGError, SourceError

if TYPE_CHECKING:
    from kg.model import DocumentFacts
    from kg.pipeline import LeftOut

FOLDER = typer.Option("-o", "--output", metavar="DIR", help="Where to write; - is stdout, with a single format.")
NAME = typer.Option(metavar="NAME", help="Name of the files (default: that of a single source, or graph).")
EACH = typer.Option("--each", metavar="", help="One result for each document, named by its stem.")
FORMATS = typer.Option(metavar="LIST", help="Some of ttl, trig, html, nq, jsonld, graphml, gexf, csv.")
REPORT = typer.Option("--report", metavar="", help="List what was not understood, with its place.")
NO_TEXT = typer.Option("--no-text", metavar="", help="Offsets without any words copied from the documents.")
FACTS = typer.Option(metavar="FILE", help="Build from the output of kg facts instead of text.")


def build(
    sources: Sources = None,
    output: Annotated[str, FOLDER] = "exports",
    name: Annotated[str | None, NAME] = None,
    each: Annotated[bool, EACH] = False,
    formats: Annotated[str, FORMATS] = "ttl,trig,html",
    report: Annotated[bool, REPORT] = False,
    no_text: Annotated[bool, NO_TEXT] = False,
    corrections: CorrectionsFile = None,
    facts: Annotated[str | None, FACTS] = None,
    root: Root = None,
    id: Id = None,
    model: Model = None,
    only_relevant: OnlyRelevant = False,
) -> None:
    """Read news of negotiations and write the graph: Turtle, TriG and a page to look at.

    Example: kg build examples/talks.txt
    """
    from kg import corrections as judgements
    from kg import results
    from kg.export import write
    from kg.pipeline import graph
    from kg.summary import kinds, summary

    read_from = [facts] if facts else sources or []
    if not read_from or (facts and sources):
        raise SourceError("give either sources (files, folders, - for standard input) or --facts FILE")
    title = results.title(name, read_from, id)
    where = results.target(output, formats, read_from)
    said = judgements.read(corrections) if corrections else None
    tell = warn if where.folder is None else say
    found = _stored(facts) if facts else _mapped(read_from, root, id, model, only_relevant=only_relevant)
    documents, failed = _collected(found, tell, report=report)
    wanted = results.by_document(documents) if each else {title: documents} if documents else {}
    where.refuse_overwriting(wanted, read_from)
    for one, group in wanted.items():
        made = graph(group, corrections=said, text=not no_text)
        if where.folder is None:
            emit(write(made, where.formats[0]))
        else:
            where.save(one, made, group, text=not no_text)
        tell(f"{one}: {kinds(made)}" if each else summary(made, group))
        tell(f"wrote {', '.join(map(str, where.paths(one)))}" if where.folder else "wrote to standard output")
    raise typer.Exit(status(len(documents), failed))


def _mapped(
    sources: list[str], root: Path | None, id: str | None, model: str | None, *, only_relevant: bool
) -> Iterator["DocumentFacts | LeftOut | KGError"]:
    from kg.pipeline import facts
    from kg.stages.parse import load

    return facts(sources, load(model), root=root, name=id, only_relevant=only_relevant)


def _stored(path: str) -> Iterator["DocumentFacts | KGError"]:
    """The facts of a file, each document's checked as when it is built from text."""
    from kg import facts_json
    from kg.pipeline import checked

    try:
        with os.fdopen(os.dup(sys.stdin.fileno()), "rb") if path == "-" else Path(path).open("rb") as file:
            for one in facts_json.read(file, path):
                try:
                    yield one if isinstance(one, KGError) else checked(one)
                except KGError as error:
                    yield error
    except OSError as error:
        yield SourceError(f"{path}: the facts cannot be read ({error.strerror}); write them with kg facts")


def _collected(
    found: Iterable["DocumentFacts | LeftOut | KGError"], tell: Callable[[str], None], *, report: bool
) -> tuple[list["DocumentFacts"], list[KGError]]:
    """The documents and the failures; each is told of as it comes."""
    from kg.model import DocumentFacts
    from kg.summary import counted
    from kg.summary import report as not_understood

    documents: list[DocumentFacts] = []
    failed: list[KGError] = []
    left_out = 0
    for one in watched(found):
        if isinstance(one, DocumentFacts):
            documents.append(one)
            for warning in one.document.warnings:
                warn(f"{one.document.id}: {warning}")
            for line in not_understood(one) if report else ():
                tell(line)
        elif isinstance(one, KGError):
            failed.append(one)
            warn(one)
        else:
            left_out += 1
    if left_out:
        warn(f"{counted(left_out, 'document')} left out: no sign of negotiations")
    return documents, failed
