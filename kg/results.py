"""Where the files of a build go and what they are called; nothing is written before all is rendered."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path, PurePath, PurePosixPath
from typing import TYPE_CHECKING

from kg.addresses import elsewhere, place
from kg.errors import GraphError
from kg.export import FORMATS, save_all, write
from kg.kept import ENDING, lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.addresses import Place
    from kg.model import Document
    from kg.store import Graph

STDIN = "-"
_LONGEST = 200  # bytes of a name; most file systems take 255, endings and all
_ENDINGS = re.compile(r"\.(?:txt|md|html?|jsonl?|xml|rss|atom)(?=#|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Target:
    """A folder, or None for standard output, and the formats that are written there."""

    folder: Place | None
    formats: tuple[str, ...]

    def paths(self, name: str) -> list[Place]:
        """The files of a result."""
        return [self.folder / f"{name}.{one}" for one in self.formats] if self.folder else []

    def refuse_overwriting(self, names: Iterable[str], sources: Iterable[str]) -> None:
        """Nothing, where no result would take the place of a source.

        Raises:
            GraphError: `kg build page.html -o .` would lose the page.
        """
        given = {_whole(source) for source in sources if source != STDIN}
        for path in chain.from_iterable(map(self.paths, names)):
            if _whole(str(path)) in given:
                raise GraphError(f"{path}: is a source of this build; choose another --name or -o")

    def save(self, name: str, graph: Graph, documents: Iterable[Document]) -> None:
        """Write a graph in all formats, with those texts that were taken out of HTML; all files or none.

        Raises:
            GraphError: a file cannot be written.
        """
        if self.folder is None:
            raise GraphError("standard output takes no files")
        files = {path: write(graph, one) for path, one in zip(self.paths(name), self.formats, strict=True)}
        kept = lines(documents)
        texts = self.folder / f"{name}{ENDING}"
        save_all(files | ({texts: kept} if kept else {}))
        if not kept:
            texts.unlink(missing_ok=True)  # of an earlier build


def target(output: str, formats: str, sources: Iterable[str]) -> Target:
    """The place that a build writes to, checked before any work is done.

    Raises:
        GraphError: a format is unknown, the folder cannot be written, or lies where documents are read.
    """
    chosen = tuple(dict.fromkeys(one.strip().lower() for one in formats.split(",") if one.strip()))
    for one in chosen or ("",):
        if one not in FORMATS:
            raise GraphError(f"--formats: {one!r} is none of {', '.join(FORMATS)}")
    if output == STDIN:
        if len(chosen) > 1:
            raise GraphError("-o -: standard output takes a single format; choose it with --formats")
        return Target(None, chosen)
    folder = place(output)
    try:
        there = next((one for one in (folder, *_above(folder)) if one.exists()), folder)
        if there.exists() and not there.is_dir():
            raise GraphError(f"{there}: a file, no folder; choose another with -o")
    except OSError as error:
        raise GraphError(f"{output}: cannot be reached ({error.strerror or error}); check the address") from error
    if isinstance(there, Path) and not os.access(there, os.W_OK | os.X_OK):
        raise GraphError(f"{there}: the folder cannot be written (permission denied); choose another with -o")
    for source in sources:
        if source != STDIN and _whole(output).is_relative_to(_whole(source)):
            raise GraphError(f"{output}: lies within {source}, so the next build would read its own results; "
                             "choose another folder with -o")  # fmt: skip
    return Target(folder, chosen)


def _above(folder: Place) -> Sequence[Path]:
    """The folders above; what is there of another file system is not looked for."""
    return folder.absolute().parents if isinstance(folder, Path) else ()


def _whole(given: str) -> PurePath:
    """Where a source or a result lies, to be compared."""
    here = given.removeprefix("file://")
    return PurePosixPath(given.rstrip("/")) if elsewhere(here) else Path(os.path.realpath(here))


def title(given: str | None, sources: Sequence[str], id: str | None) -> str:
    """`--name`, or else the stem of a single source, or else `graph`.

    Raises:
        GraphError: the name is no name of a file.
    """
    if given is not None:
        if given in (".", "..") or re.search(r"[/\\\x00-\x1f\x7f]", given) or len(os.fsencode(given)) > _LONGEST:
            raise GraphError(f"--name: {given!r} is no name of a file; give a short one, and leave folders to -o")
        return given
    if len(sources) != 1:
        return "graph"
    if sources[0] == STDIN:
        return stem(id or "")
    path = Path(sources[0])
    with suppress(OSError):  # who reads it says so
        if path.is_dir():
            return Path(os.path.realpath(path)).name or "graph"
    return stem(path.name)


def stem(identity: str) -> str:
    """`news/talks.txt` -> `talks`, `feed.xml#3` -> `feed-3`, `https://example.org/a/talks.html?p=1` -> `talks`."""
    path, _, record = identity.rstrip("/").partition("#")
    last = _ENDINGS.sub("", PurePosixPath(path.split("?")[0]).name)
    name = f"{last}-{record}" if record else last
    return re.sub(r"[^\w.,@+-]+", "-", name).strip("-.")[:120] or "graph"
