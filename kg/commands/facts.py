"""`kg facts`: the facts of each document as JSON lines."""

import typer

from kg.commands.options import Id, Jobs, Model, OnlyRelevant, Root, Scheduler, Sources
from kg.commands.output import emit, status, warn, watched
from kg.errors import KGError, SourceError


def facts(
    sources: Sources = None,
    root: Root = None,
    id: Id = None,
    model: Model = None,
    only_relevant: OnlyRelevant = False,
    jobs: Jobs = 1,
    scheduler: Scheduler = None,
) -> None:
    """Print the facts of each document as one line of JSON, from which kg build --facts builds without parsing.

    Example: kg facts examples/talks.txt > talks.jsonl
    """
    from kg import facts_json
    from kg.many.workers import Workers
    from kg.model import DocumentFacts
    from kg.pipeline import documents
    from kg.stages.ingest import count

    if not sources:
        raise SourceError("nothing to read; name a file or a folder")
    done = 0
    failed: list[KGError] = []
    read = documents(sources, root=root, name=id, only_relevant=only_relevant)
    for one in watched(Workers(jobs, scheduler).facts(read, model), lambda: count(sources)):
        if isinstance(one, DocumentFacts):
            emit(facts_json.dump(one) + b"\n")
            done += 1
        elif isinstance(one, KGError):
            warn(one)
            failed.append(one)
    raise typer.Exit(status(done, failed))
