"""The sockets: a process for each request, which ends when its time or its memory is used up.

The engine has no limit of its own for a query, and one that is broken off only ends with its process. So the server
forks for each request; the graph of a file is shared by all of these processes, a store is opened anew by each, and so
answers from its newest snapshot while a build writes. Made for one machine; before the world, put a proxy.
"""

from __future__ import annotations

import os
import re
import select
import signal
import socket
import sys
import time
import traceback
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib import import_module
from pathlib import Path
from socketserver import ForkingMixIn, TCPServer
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from kg.errors import GraphError
from kg.export import FORMATS
from kg.serve.answers import Refused, Request, Response, answer

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.store import Graph

LONGEST_BODY = 1_000_000  # bytes; the longest of the named questions has 4,000
MEMORY = 2 << 30  # bytes that an answer may take beyond what the server has
_LOCAL = re.compile(r"(?:localhost|127(?:\.\d+){3}|\[::1\])(?::\d+)?", re.IGNORECASE)


class Server(ForkingMixIn, HTTPServer):
    """Answers requests to one graph, each in a process of its own.

    Args:
        host: The name or number of the interface, ::1 and the like included.
        port: 0 takes one that is free.
        graph: Gives the graph as it is now.
        seconds: How long an answer may take.

    Raises:
        GraphError: the address cannot be listened at.
    """

    allow_reuse_address = True
    request_queue_size = 64
    block_on_close = False

    def __init__(self, host: str, port: int, graph: Callable[[], Graph], seconds: float) -> None:
        self.graph, self.seconds = graph, seconds
        for module in FORMATS.values():  # once here, or again in each process
            import_module(f"kg.export.{module}")
        self.local = _LOCAL.fullmatch(f"[{host}]" if ":" in host else host) is not None
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
            self.address_family = found[0]
            super().__init__(found[4][:2], Handler)  # type: ignore[arg-type]
        except (OSError, OverflowError) as error:
            reason = getattr(error, "strerror", None) or error
            raise GraphError(f"{host} port {port}: cannot be listened at ({reason}); choose another --port") from error

    def server_bind(self) -> None:
        """Bind without asking the network for this machine's name, as HTTPServer does."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = self.server_address[:2]  # type: ignore[assignment]

    @property
    def address(self) -> str:
        """Where a browser finds it."""
        host = str(self.server_name)
        return f"http://{f'[{host}]' if ':' in host else host}:{self.server_port}/"


class Handler(BaseHTTPRequestHandler):
    """Reads one request and sends one response."""

    server: Server
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "parley", ""
    error_message_format, error_content_type = "%(message)s\n", "text/plain; charset=utf-8"
    timeout = 20  # seconds that a client may take to send its request

    def handle_expect_100(self) -> bool:
        """Ask for a body only where it would be read."""
        return self.headers.get("Content-Length", "").isdecimal() and super().handle_expect_100()

    def _handle(self) -> None:
        self.close_connection = True
        try:
            request = self._request()
        except Refused as error:
            self._send(Response(error.status, "text/plain; charset=utf-8", f"{error}\n".encode(), error.allow))
        else:
            self._send(_within(self.server.seconds, lambda: answer(request, self.server.graph())))

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = do_PATCH = do_OPTIONS = _handle  # noqa: N815

    def _request(self) -> Request:
        # A page of another site must not read this one by a name of its own that points here (DNS rebinding).
        if self.server.local and not _LOCAL.fullmatch(self.headers.get("Host", "localhost")):
            raise Refused(421, "ask for localhost: this server answers this machine only")
        try:
            parts = urlsplit(self.path)
            body = self._body().decode()
            type = self.headers.get_content_type() if body or "Content-Type" in self.headers else ""
            fields = parse_qs(parts.query, keep_blank_values=True, errors="strict", max_num_fields=100)
            if type == "application/x-www-form-urlencoded" and self.command == "POST":
                form = parse_qs(body, keep_blank_values=True, errors="strict", max_num_fields=100)
                fields = {key: fields.get(key, []) + form.get(key, []) for key in {**fields, **form}}
        except ValueError as error:
            raise Refused(400, f"the request cannot be read: {error}") from None
        accept = ",".join(self.headers.get_all("Accept", ["*/*"]))
        return Request(self.command, parts.path, fields, accept, type, body)

    def _body(self) -> bytes:
        if self.command != "POST":
            return b""
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal():
            raise Refused(411, "say how long the body is (Content-Length)")
        if int(length) > LONGEST_BODY:
            raise Refused(413, f"the body is longer than {LONGEST_BODY:,} bytes; write a shorter query")
        return self.rfile.read(int(length))

    def _send(self, response: Response) -> None:
        self.send_response(response.status)
        headers = {
            "Content-Type": response.type, "Content-Length": str(len(response.body)), "Allow": response.allow,
            "Connection": "close", "Cache-Control": "no-store", "Vary": "Accept", "X-Content-Type-Options": "nosniff",
        }  # fmt: skip
        for name, value in headers.items():
            if value:
                self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(response.body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: what people ask is theirs."""


def _within(seconds: float, ask: Callable[[], Response]) -> Response:
    """The response of a process that has so many seconds and MEMORY for it."""
    receiving, sending = os.pipe()
    child = os.fork()
    if not child:
        _ask(ask, receiving, sending)
    os.close(sending)
    data, end = bytearray(), time.monotonic() + seconds
    try:
        while select.select([receiving], [], [], max(end - time.monotonic(), 0))[0]:
            part = os.read(receiving, 1 << 20)
            if not part:
                break
            data += part
        else:
            return _line(503, f"no answer within {seconds:g} seconds; ask for less, or raise --seconds")
    finally:
        os.close(receiving)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    if not data:
        return _line(503, "the answer takes too much memory; ask for less")
    head, _, body = bytes(data).partition(b"\n")
    status, type, allow = head.decode().split("\t")
    return Response(int(status), type, body, allow)


def _ask(ask: Callable[[], Response], receiving: int, sending: int) -> None:
    """Send the response and end this process."""
    try:
        os.close(receiving)
        _limit_memory()
        response = ask()
        _tell(sending, response)
    except MemoryError:
        pass
    except GraphError as error:
        _tell(sending, _line(503, str(error)))
    except BaseException:
        traceback.print_exc(file=sys.stderr)
        _tell(sending, _line(500, "this is a defect; the server's error output names the place"))
    finally:
        os._exit(0)


def _tell(sending: int, response: Response) -> None:
    with os.fdopen(sending, "wb") as file:
        file.write(f"{response.status}\t{response.type}\t{response.allow}\n".encode() + response.body)


def _limit_memory() -> None:
    import resource

    try:
        now = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    except OSError:  # not on Linux: no limit
        return
    resource.setrlimit(resource.RLIMIT_AS, (now + MEMORY, now + MEMORY))


def _line(status: int, message: str) -> Response:
    return Response(status, "text/plain; charset=utf-8", f"{message}\n".encode())
