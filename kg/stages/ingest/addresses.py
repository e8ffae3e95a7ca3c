"""Files at fsspec addresses: `memory://news/a.txt`, `s3://bucket/news`, `zip://*.txt::news.zip`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, BinaryIO

from kg.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

# What would fetch from the web, or from wherever a file that is read says; also behind others in a chain.
_FETCHES = re.compile(r"(?:^|::|://)(?:https?|reference)(?:://|::)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Address:
    """A file of a file system of fsspec."""

    system: Any
    path: str
    name: str  # the address as a user would write it

    @property
    def suffix(self) -> str:
        """The ending of the file's name."""
        return PurePosixPath(self.path).suffix

    def open(self, mode: str) -> BinaryIO:
        """The file, for reading.

        Raises:
            OSError: it is not there or cannot be read.
        """
        file: BinaryIO = self.system.open(self.path, mode)
        return file

    def is_file(self) -> bool:
        """Whether there is such a file."""
        return bool(self.system.isfile(self.path))

    def __str__(self) -> str:
        return self.name


def elsewhere(given: str) -> bool:
    """Whether the words are an address of another file system."""
    return "://" in given


def fetched(given: str) -> bool:
    """Whether an address leads to the web, by itself or through others: `zip://a.txt::https://example.org/news.zip`."""
    return bool(_FETCHES.search(given))


def files(given: str, endings: Collection[str]) -> Iterator[Address | SourceError]:
    """The file at an address; of a folder, or of a pattern with `*`, all that end so, sorted."""
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        yield SourceError(f"{given}: fsspec is not installed; pip install 'parley-kg[scale]'")
        return
    try:
        system, path = url_to_fs(given)
        several = "*" in path or system.isdir(path)
        found = system.glob(path) if "*" in path else system.find(path) if several else [path]
    except (OSError, ValueError, ImportError) as error:
        yield SourceError(f"{given}: cannot be opened ({' '.join(str(error).split())}); check the address")
        return
    protocol, _, rest = given.partition("://")
    behind = "::" + rest.partition("::")[2] if "::" in rest else ""
    for one in sorted(found):
        if not several or (one.lower().endswith(tuple(endings)) and not PurePosixPath(one).name.startswith(".")):
            yield Address(system, one, f"{protocol}://{one.lstrip('/')}{behind}" if several else given)
    if several and not found:
        yield SourceError(f"{given}: no documents at this address; it needs files ending in {', '.join(endings)}")
