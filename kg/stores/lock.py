"""Who writes on a server: SPARQL knows no locks, so whoever writes says so there, and gives way to who said it before.

    <store> store:writer "host 4711 5c0e8a1f" .

First it is said, then looked at: of two that come at once the later one sees both, whatever the server thinks of
transactions. (A conditional INSERT would be no lock on Virtuoso 7, which inserts all the same.)
"""

from __future__ import annotations

import os
import secrets
import socket
from contextlib import suppress
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from kg.errors import GraphError
from kg.ntriples import lines, nquads, quoted
from kg.stores.backend import update
from kg.stores.records import KEPT, TERMS

if TYPE_CHECKING:
    from kg.ntriples import Line
    from kg.stores.remote import Remote

_WRITER = NamedNode(TERMS + "writer")
_REMOVE = f"DELETE WHERE {{ GRAPH {KEPT} {{ {KEPT} {_WRITER} ?any }} }}"


class Lock:
    """The lock of a server, held until it is released."""

    def __init__(self, store: Remote) -> None:
        """Take it.

        Raises:
            GraphError: another process writes there, or the server cannot be written.
        """
        self._server = store.server
        self._mine: Line = (
            str(KEPT), str(KEPT), str(_WRITER), quoted(f"{socket.gethostname()} {os.getpid()} {secrets.token_hex(4)}")
        )  # fmt: skip
        self._server.add(nquads([("", *self._mine[1:])]), KEPT.value)
        others = [one for one in lines(store.quads_for_pattern(KEPT, _WRITER, None, KEPT)) if one != self._mine]
        dead = [one for one in others if _dead(*_told(one))]
        if dead:
            self._server.update(update(dead, ()))
        for host, number in (_told(one) for one in others if one not in dead):
            self.release()
            raise GraphError(
                f"{store.server.address}: process {number} on {host} writes this store; wait until it is done, or if "
                f"it was killed take away its lock with the update {_REMOVE}"
            )

    def release(self) -> None:
        """Let others write; where the server is gone, they are told whose lock it is."""
        with suppress(GraphError):
            self._server.update(update([self._mine], ()))


def _told(line: Line) -> tuple[str, str]:
    """The host and the number of the process that holds a lock."""
    host, _, rest = line[3].strip('"').partition(" ")
    return host, rest.partition(" ")[0]


def _dead(host: str, number: str) -> bool:
    """Whether a process was one of this host and is gone."""
    if host != socket.gethostname() or not number.isdecimal():
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except PermissionError:  # somebody else's
        return False
    return False
