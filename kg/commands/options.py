"""Options that several commands share."""

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

Sources: TypeAlias = Annotated[
    list[str] | None,
    typer.Argument(metavar="SOURCE", help="Files, folders, or - for standard input.", show_default=False),
]
Root: TypeAlias = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="Name documents by their path from here (default: the current folder)."),
]
Id: TypeAlias = Annotated[str | None, typer.Option("--id", metavar="NAME", help="Name of the document on stdin.")]
Model: TypeAlias = Annotated[str | None, typer.Option(metavar="NAME", help="An installed English spaCy pipeline.")]
OnlyRelevant: TypeAlias = Annotated[
    bool, typer.Option("--only-relevant", metavar="", help="Leave out documents that show no sign of negotiations.")
]
Jobs: TypeAlias = Annotated[
    int, typer.Option("--jobs", metavar="N", min=1, max=1024, help="Read with N processes; the results are the same.")
]
Scheduler: TypeAlias = Annotated[
    str | None, typer.Option(metavar="ADDRESS", help="Read on the dask cluster with this scheduler (tcp://...).")
]
GraphPath: TypeAlias = Annotated[
    str, typer.Argument(metavar="GRAPH", help="A graph file (.ttl .trig .nq .jsonld), a store folder, or a server.")
]
CorrectionsFile: TypeAlias = Annotated[
    Path | None, typer.Option("--corrections", metavar="FILE", help="Your own judgements, in TOML.")
]
StorePath: TypeAlias = Annotated[
    str, typer.Argument(metavar="STORE", help="A folder made by kg build --store, or a server's address.")
]
