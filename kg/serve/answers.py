"""What each address answers: a request in, a response out; nothing here knows of sockets."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from kg import query
from kg.errors import QueryError
from kg.export import FORMATS, write
from kg.serve import sparql

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.store import Graph

TYPES = {
    "ttl": "text/turtle", "trig": "application/trig", "nq": "application/n-quads", "jsonld": "application/ld+json",
    "html": "text/html", "graphml": "application/xml", "gexf": "application/xml", "csv": "text/csv",
    "json": "application/json",
}  # fmt: skip
_TEXT = ("text/", "application/sparql", "application/json")
_READING = ("GET", "HEAD")


class Request(NamedTuple):
    """A request as the addresses see it."""

    method: str
    path: str
    parameters: Mapping[str, Sequence[str]]  # of the address, and of a form in the body
    accept: str = "*/*"
    type: str = ""  # of the body, without its parameters
    body: str = ""


class Response(NamedTuple):
    """What is sent back."""

    status: int
    type: str
    body: bytes
    allow: str = ""


class Refused(Exception):
    """A request that gets no answer, with the status and the line that say why."""

    def __init__(self, status: int, message: str, allow: str = "") -> None:
        super().__init__(message)
        self.status, self.allow = status, allow


def answer(request: Request, graph: Graph) -> Response:
    """The response to a request; what the caller did wrong is one line of text with a status from 400 to 415."""
    try:
        return _answer(request, graph)
    except Refused as error:
        return Response(error.status, "text/plain; charset=utf-8", f"{error}\n".encode(), error.allow)
    except sparql.NotAcceptable as error:
        return Response(406, "text/plain; charset=utf-8", f"{error}\n".encode())
    except QueryError as error:
        return Response(400, "text/plain; charset=utf-8", f"{error}\n".encode())


def _answer(request: Request, graph: Graph) -> Response:
    if request.path == "/sparql":
        return _sparql(request, graph)
    if request.method not in _READING:
        raise Refused(405, f"{request.path} is only read", ", ".join(_READING))
    if request.path == "/":
        return _response("html", write(graph, "html"))
    if request.path == "/questions":
        listed = [
            {"name": name, "question": one.question, "parameters": {p.name: p.words for p in one.parameters}}
            for name, one in query.questions().items()
        ]
        return _response("json", json.dumps(listed, ensure_ascii=False, indent=1).encode() + b"\n")
    if request.path.startswith("/questions/"):
        return _named(request, request.path.removeprefix("/questions/"), graph)
    name, _, ending = request.path.removeprefix("/").rpartition(".")
    if name == "graph" and ending in FORMATS:
        return _response(ending, write(graph, ending))
    raise Refused(404, "no such address; there are / /sparql /questions /questions/NAME and /graph.FORMAT, FORMAT one "
                       f"of {', '.join(FORMATS)}")  # fmt: skip


def _named(request: Request, name: str, graph: Graph) -> Response:
    """The answer to a named question, as JSON or, with `format=csv`, as CSV."""
    if name not in query.questions():
        raise Refused(404, f"no question is called {name!r}; /questions lists them")
    given = {key: _one(request, key) for key in request.parameters}
    format = given.pop("format", "json")
    if format not in ("json", "csv"):
        raise Refused(400, f"unknown format {format!r}; json or csv")
    return _response(format, query.render(graph.query(name, **given), format).encode())


def _sparql(request: Request, graph: Graph) -> Response:
    """The query operation of the SPARQL 1.1 Protocol: by GET, by POST of a form, by POST of the query itself."""
    if request.method not in (*_READING, "POST"):
        raise Refused(405, "/sparql takes GET and POST", "GET, HEAD, POST")
    if "update" in request.parameters or request.type == "application/sparql-update":
        raise Refused(403, "this graph is only read; build it with kg build --store")
    if request.method == "POST" and request.type == "application/sparql-query":
        if "query" in request.parameters:
            raise Refused(400, "the query stands in the body, so not in the address too")
        text = request.body
    elif request.method == "POST" and request.type != "application/x-www-form-urlencoded":
        raise Refused(415, "send application/sparql-query, or a form (application/x-www-form-urlencoded)")
    elif "query" not in request.parameters:
        return Response(200, *sparql.description(request.accept))
    else:
        text = _one(request, "query")
    graphs = {key: list(request.parameters.get(f"{key}-graph-uri", ())) for key in ("default", "named")}
    type, body = sparql.answer(graph, text, request.accept, default=graphs["default"], named=graphs["named"])
    return Response(200, _with_charset(type), body)


def _one(request: Request, key: str) -> str:
    values = request.parameters[key]
    if len(values) != 1:
        raise Refused(400, f"{key} is given {len(values)} times; give it once")
    return values[0]


def _response(ending: str, body: bytes) -> Response:
    return Response(200, _with_charset(TYPES[ending]), body)


def _with_charset(type: str) -> str:
    return f"{type}; charset=utf-8" if type.startswith(_TEXT) else type
