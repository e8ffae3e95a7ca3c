"""`kg serve`: a graph over HTTP."""

import signal
from typing import Annotated

import typer

from kg.commands.options import GraphPath
from kg.commands.output import warn
from kg.errors import GraphError


def serve(
    graph: GraphPath,
    host: Annotated[str, typer.Option(metavar="NAME", help="Where to listen; 0.0.0.0 is open to other machines.")] = (
        "127.0.0.1"
    ),
    port: Annotated[int, typer.Option(metavar="N", min=0, max=65_535, help="0 takes one that is free.")] = 8000,
    seconds: Annotated[
        float, typer.Option(metavar="N", min=0.1, max=86_400, help="The longest that an answer may take.")
    ] = 30,
    open: Annotated[bool, typer.Option("--open", metavar="", help="Show the page in the browser.")] = False,
) -> None:
    """Serve a graph for reading: its page, the named questions, downloads and a SPARQL endpoint, until Ctrl-C.

    Example: kg serve exports/talks.trig --port 0
    """
    import webbrowser
    from pathlib import Path

    from kg.serve.server import Server
    from kg.store import Graph, is_address

    if is_address(graph):
        raise GraphError(f"{graph}: is a server already; ask it, or name a graph file or a store folder")
    kept: Graph | None = Graph.open(graph)
    if Path(graph).is_dir():
        kept = None  # a store is opened anew for each request: it may have grown, and its files are not shared
    with Server(host, port, lambda: Graph.open(graph) if kept is None else kept, seconds) as server:
        warn(f"{server.address} serves {graph}; SPARQL at {server.address}sparql; Ctrl-C ends it")
        if not server.local:
            warn(f"{host}: other machines can read this graph too")
        if open:
            webbrowser.open(server.address)
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            return
