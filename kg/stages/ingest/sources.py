"""Sources as users name them -> files to read: a file, a folder, `-`; and the names that documents get."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from kg import addresses
from kg.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

SUFFIXES = (".txt", ".md", ".html", ".htm", ".json", ".jsonl", ".xml", ".rss", ".atom")
MARKUP = (".html", ".htm", ".xml", ".rss", ".atom")
STDIN = "-"
# A page carries its scripts and styles with it; a text of this size is refused by its characters.
MAX_BYTES = 10_000_000
MAX_LIST_BYTES = 200_000_000  # of a feed or a JSON array, which stand in memory as a whole


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read. `listed` where the user did not name it: it was found in a folder."""

    path: addresses.Place | None  # None: standard input
    name: str  # identity of its document: path from the root
    listed: bool = False
    wanted: Callable[[str], bool] | None = None  # whether a text is to be read; any is where this is None

    @property
    def suffix(self) -> str:
        """The ending of the file's name in small letters, or ""."""
        return self.path.suffix.lower() if self.path else ""

    def open(self) -> BinaryIO:
        """The file, to be read as bytes; standard input is left open."""
        return self.path.open("rb") if self.path else standard_input()

    def read(self, limit: int) -> bytes:
        """The bytes of the file.

        Raises:
            SourceError: It is missing, unreadable, or longer than `limit`.
        """
        try:
            with self.open() as file:
                data = file.read(limit + 1)
        except OSError as error:
            raise unreadable(self.name, error) from error
        if len(data) > limit:
            raise SourceError(
                f"{self.name}: more than {limit // 1_000_000} MB, too long for an article; give one article to a file, "
                "or records as JSON lines"
            )
        return data


def standard_input() -> BinaryIO:
    """Standard input, to be read as bytes; closing the file leaves it open.

    Raises:
        OSError: it is closed.
    """
    if sys.stdin is None:
        raise OSError(errno.EBADF, "standard input is closed; redirect a file to it")
    return os.fdopen(os.dup(sys.stdin.fileno()), "rb")


def unreadable(name: str, error: OSError) -> SourceError:
    """What to say of a file that cannot be opened."""
    reason = {
        FileNotFoundError: "no such file or folder; check the path",
        PermissionError: "permission denied; make it readable",
        IsADirectoryError: "this is a folder",
    }.get(type(error), error.strerror or str(error))
    return SourceError(f"{name}: {reason}")


def expand(
    sources: Iterable[str | Path],
    root: Path | None,
    name: str | None,
    wanted: Callable[[str], bool] | None = None,
) -> Iterator[Source | SourceError]:
    """The files behind the sources, in the order given; those of a folder sorted by path."""
    base = Path.cwd() if root is None else root
    for given in sources:
        if str(given) == STDIN:
            nameless = SourceError("-: standard input has no name; give one with --id NAME")
            yield Source(None, name, wanted=wanted) if name else nameless
        elif addresses.elsewhere(str(given)):
            for one in addresses.files(str(given), SUFFIXES):
                yield one if isinstance(one, SourceError) else Source(one, str(one), str(one) != given, wanted)
        else:
            yield from _here(Path(given), base, wanted)


def _here(path: Path, root: Path, wanted: Callable[[str], bool] | None) -> Iterator[Source | SourceError]:
    try:
        several = path.is_dir()
    except OSError as error:  # its name is too long
        yield unreadable(str(path)[:200], error)
        return
    if several:
        yield from _folder(path, root, wanted)
    else:
        yield Source(path, identity(path, root), wanted=wanted)


def identity(path: Path, root: Path) -> str:
    """The path from the root with "/" between its parts; outside the root without the leading "../"."""
    relative = Path(os.path.relpath(path.absolute(), root.absolute())).parts
    kept = [part for part in relative if part != ".."]
    return "/".join(kept) or path.name


def count(sources: Iterable[str | Path]) -> int | None:
    """About how many documents the sources hold: a file is one, a JSON lines file one a line; None where unknown."""
    number = 0
    for source in expand(sources, None, "-"):
        if isinstance(source, SourceError):
            continue
        if source.path is None:
            return None
        if source.suffix != ".jsonl":
            number += 1
        elif source.path.is_file():
            with suppress(OSError), source.open() as file:  # who reads it says so
                number += sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))
    return number


def _folder(folder: Path, root: Path, wanted: Callable[[str], bool] | None) -> Iterator[Source | SourceError]:
    found: list[Path] = []
    failed: list[SourceError] = []
    for place, folders, files in os.walk(
        folder, onerror=lambda error: failed.append(unreadable(error.filename or str(folder), error))
    ):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [
            Path(place) / name for name in files if name.lower().endswith(SUFFIXES) and not name.startswith(".")
        ]
    yield from failed
    if not found and not failed:
        yield SourceError(f"{folder}: no documents in this folder; it needs files ending in {', '.join(SUFFIXES)}")
    for path in sorted(found, key=lambda path: path.as_posix()):
        yield Source(path, identity(path, root), listed=True, wanted=wanted)
