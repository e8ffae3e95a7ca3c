"""Graphs to bytes, one file for each format, and bytes to files.

Every format's module has `write(graph) -> bytes`: the same graph gives the same bytes.
"""

from __future__ import annotations

import os
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from kg.addresses import place
from kg.errors import GraphError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.addresses import Place
    from kg.store import Graph

# File ending, which is also the name of the format -> module of this package.
FORMATS = {
    "ttl": "turtle",
    "trig": "trig",
    "nq": "nquads",
    "jsonld": "jsonld",
    "html": "html",
    "graphml": "graphml",
    "gexf": "gexf",
    "csv": "csv",
}


def write(graph: Graph, format: str) -> bytes:
    """The graph in one of FORMATS.

    Raises:
        GraphError: there is no such format.
    """
    if format not in FORMATS:
        raise GraphError(f"{format}: unknown format; choose one of {', '.join(FORMATS)}")
    data: bytes = import_module(f"kg.export.{FORMATS[format]}").write(graph)
    return data


def format_of(path: str | Path) -> str:
    """The format that a file's ending stands for.

    Raises:
        GraphError: the ending is none of FORMATS.
    """
    ending = Path(path).suffix[1:].lower()
    if ending not in FORMATS:
        raise GraphError(f"{path}: the ending names no format; use one of .{' .'.join(FORMATS)} or --format")
    return ending


def save(path: str | Path, data: bytes) -> None:
    """Write a file whole or not at all, making its folder where needed; see `save_all`."""
    save_all({place(path): data})


def save_all(files: Mapping[Place, bytes]) -> None:
    """Write files, all or none: each beside its place first, then all of them moved there.

    Raises:
        GraphError: a folder cannot be written, or the disk is full; older files stay as they were.
    """
    for path in files:
        if path.exists() and not path.is_file():
            raise GraphError(f"{path}: is there and no file; choose another name, or - for standard output")
    parts = {path: path.with_name(f".{path.name}.{os.getpid()}.part") for path in files}
    try:
        for path, data in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            _put(parts[path], data)
        for path, part in parts.items():
            part.replace(path)  # type: ignore[arg-type]  # both of one kind
    except OSError as error:
        raise GraphError(
            f"{path}: cannot be written ({error.strerror or error}); choose another folder or make room"
        ) from error
    finally:
        for part in parts.values():
            with suppress(OSError):  # of a folder that is none
                part.unlink(missing_ok=True)


def _put(path: Place, data: bytes) -> None:
    if isinstance(path, Path):
        with path.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    else:
        path.write_bytes(data)
