"""`kg status`: what a store holds."""

from typing import Annotated

import typer

from kg.commands.options import StorePath
from kg.commands.output import emit


def status(
    store: StorePath,
    documents: Annotated[bool, typer.Option("--documents", metavar="", help="List the documents by name.")] = False,
) -> None:
    """Show what a store holds: documents, facts, time span, sources, size, and the versions that read them.

    Example: kg status talks.store
    """
    from kg.stores.status import documents as names
    from kg.stores.status import status as told

    lines = names(store) if documents else told(store)
    emit("".join(f"{line}\n" for line in lines))
