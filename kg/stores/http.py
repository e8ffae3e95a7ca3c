"""Requests to a SPARQL 1.1 server: where it takes them, who asks, and what happens when it is busy."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from http.client import HTTPException
from typing import TYPE_CHECKING
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlencode
from urllib.request import HTTPBasicAuthHandler, HTTPDigestAuthHandler, HTTPPasswordMgrWithDefaultRealm, Request

from kg import web
from kg.errors import GraphError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from urllib.request import OpenerDirector

USER, PASSWORD, TOKEN = "KG_STORE_USER", "KG_STORE_PASSWORD", "KG_STORE_TOKEN"
TRIES = 6  # of a request, each twice as long after the one before: 0.25 s to 4 s
_FIRST_WAIT, _LONGEST_WAIT = 0.25, 60.0  # seconds
_TIMEOUT = 300.0  # seconds for an answer
_AGAIN = (408, 425, 429, 500, 502, 503, 504)  # a busy server, or one behind a gate that is


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Where a server answers queries, takes updates, and takes whole graphs (Graph Store Protocol)."""

    query: str
    update: str
    graphs: str

    @classmethod
    def of(cls, address: str, *, known: bool) -> Endpoints:
        """The endpoints behind an address.

        Args:
            address: `http://host:7878` (Oxigraph, and any server with /query, /update and /store below an address),
                or the address of Virtuoso's endpoint, `http://host:8890/sparql`.
            known: Whether requests carry a user and a password, for which Virtuoso has addresses of its own.
        """
        base = address.rstrip("/")
        if not base.endswith("/sparql"):
            base = base.removesuffix("/query")
            return cls(f"{base}/query", f"{base}/update", f"{base}/store")
        door = "-auth" if known else ""
        return cls(base, base + door, base.removesuffix("/sparql") + "/sparql-graph-crud" + door)


class Server:
    """A SPARQL 1.1 server; all that can go wrong is a GraphError that names it."""

    def __init__(self, address: str, wait: Callable[[float], None] = time.sleep) -> None:
        try:
            web.split(address)
        except ValueError as error:
            raise GraphError(f"{error}; user and password come from {USER} and {PASSWORD}") from error
        self.address, self._wait = address, wait
        self._user, self._password, self._token = (os.environ.get(name, "") for name in (USER, PASSWORD, TOKEN))
        self.endpoints = Endpoints.of(address, known=bool(self._user))
        self._opener = self._opened()
        self.software = ""  # as the server calls itself in its answers

    def _opened(self) -> OpenerDirector:
        if not self._user:
            return web.opener()
        known = HTTPPasswordMgrWithDefaultRealm()
        for one in (self.endpoints.query, self.endpoints.update, self.endpoints.graphs):
            known.add_password(None, one, self._user, self._password)
        return web.opener(HTTPDigestAuthHandler(known), HTTPBasicAuthHandler(known))

    def query(self, text: str, accept: str, graphs: Iterable[tuple[str, str]] = ()) -> tuple[bytes, str]:
        """The answer to a query, and its type; `graphs` are the parameters that name its data set.

        Raises:
            GraphError: the server does not answer, or not this query.
        """
        body = urlencode([("query", text), *graphs]).encode()
        try:
            return self._send(self.endpoints.query, body, "application/x-www-form-urlencoded", accept)
        except _Refused as error:
            raise GraphError(f"{self.address}: the server does not take the query: {error}") from error

    def update(self, text: str) -> None:
        """Change what the server holds.

        Raises:
            GraphError: it cannot.
        """
        self._change(self.endpoints.update, text.encode("utf-8", "replace"), "application/sparql-update")

    def add(self, triples: bytes, graph: str) -> None:
        """Add triples, as N-Triples, to a named graph.

        Raises:
            GraphError: it cannot.
        """
        self._change(f"{self.endpoints.graphs}?graph={quote(graph, safe='')}", triples, "text/turtle")

    def _change(self, url: str, body: bytes, kind: str) -> None:
        try:
            self._send(url, body, kind, "*/*")
        except _Refused as error:
            raise GraphError(f"{self.address}: the server refuses to write: {error}") from error

    def _send(self, url: str, body: bytes, kind: str, accept: str) -> tuple[bytes, str]:
        """Post a request, again where the server is busy: all that is sent may be sent twice."""
        headers = {"Content-Type": kind, "Accept": accept}
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        why = ""
        for n in range(TRIES):
            wait = _FIRST_WAIT * 2**n
            try:
                with self._opener.open(Request(url, body, headers), timeout=_TIMEOUT) as answer:  # noqa: S310
                    self.software = answer.headers.get("Server", "")
                    return answer.read(), answer.headers.get_content_type()
            except HTTPError as error:
                why = self._refused(error)
                wait = max(wait, web.pause(error.headers.get("Retry-After")))
            except ValueError as error:  # it asks for a kind of login that urllib does not know
                raise self._denied() from error
            except (URLError, OSError, HTTPException) as error:
                why = " ".join(str(getattr(error, "reason", error)).split())
            if n + 1 < TRIES:
                self._wait(min(wait, _LONGEST_WAIT))
        raise GraphError(f"{self.address}: the server does not answer ({why}); start it, or check the address")

    def _refused(self, error: HTTPError) -> str:
        """Why the server does not do it now.

        Raises:
            GraphError: it does not know who asks.
            _Refused: it never will.
        """
        if error.code in (401, 403):
            raise self._denied() from error
        why = f"{web.reason(error)}: {' '.join(error.read().decode(errors='replace').split())[:200]}"
        if error.code not in _AGAIN or "Virtuoso" in why:  # which says 500 for what it does not understand
            raise _Refused(why.rstrip(": ")) from error
        return why

    def _denied(self) -> GraphError:
        given = TOKEN if self._token else f"{USER} and {PASSWORD}"
        remedy = f"check {given}" if self._token or self._user else f"set {given}, or {TOKEN}"
        return GraphError(f"{self.address}: access is denied; {remedy}")


class _Refused(Exception):
    """The server answers that it will not do it."""
