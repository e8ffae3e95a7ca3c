"""`kg remove`: a document out of a store."""

from typing import Annotated

import typer

from kg.commands.options import StorePath
from kg.commands.output import say


def remove(
    store: StorePath,
    document: Annotated[str, typer.Argument(metavar="DOCUMENT", help="Its name or IRI; kg status --documents.")],
) -> None:
    """Take a document out of a store, as if it had never been read.

    Example: kg remove talks.store examples/talks.txt
    """
    from kg.stores import open_archive

    with open_archive(store) as archive:
        say(f"{store}: {archive.remove(document)} removed")
