"""Graphs that grow: the facts of many documents, kept with the graph of what they say together.

Documents go in and out of an `archive`, one transaction each, as `records`; `changes` tells which quads that brings
and takes, and `disk` holds them in a folder.
"""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from kg.addresses import place
from kg.errors import GraphError

if TYPE_CHECKING:
    from kg.stores.archive import Archive
    from kg.stores.backend import Backend


def open_archive(address: str | Path, *, create: bool = False) -> Archive:
    """The archive in a folder or on a server, for writing; one writer at a time.

    Args:
        address: A folder, or the address of a SPARQL 1.1 server.
        create: Begin a new archive where there is none.

    Raises:
        GraphError: there is none, another process writes it, it cannot be read, or the server does not answer.
    """
    from kg.store import is_address
    from kg.stores.archive import Archive
    from kg.stores.disk import open_for_writing

    backend: Backend
    if is_address(address):
        from kg.stores.http import Server
        from kg.stores.remote import Writable

        backend = Writable(Server(str(address)))
    else:
        folder = place(address)
        if not isinstance(folder, Path):
            raise GraphError(f"{address}: a store that grows needs a folder of this machine, or a server (http://...)")
        backend = open_for_writing(folder, create=create)
    with ExitStack() as stack:
        stack.callback(backend.close, empty=False, publish=False)
        archive = Archive(backend, str(address))
        stack.pop_all()
    return archive
