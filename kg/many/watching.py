"""Following a folder or a feed: what is new since the last look, and what a document brings that nobody told before."""

from __future__ import annotations

import os
from collections import Counter
from http import HTTPStatus
from http.client import HTTPException
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit
from urllib.request import Request, urlopen

from kg.errors import SourceError
from kg.stages.ingest.sources import MAX_LIST_BYTES, SUFFIXES
from kg.summary import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model import DocumentFacts
    from kg.stores.archive import Archive

_TIMEOUT = 60.0  # seconds for a feed


class Watch:
    """Looks at a folder or a file, again and again.

    A file is read when two looks in turn find it the same, so that nobody reads what is still being written.
    """

    def __init__(self, source: Path) -> None:
        """Begin to watch.

        Raises:
            SourceError: there is no such folder or file.
        """
        if not source.exists():
            raise SourceError(f"{source}: no such folder or feed; check the path")
        self.source = source
        self._seen: dict[Path, tuple[int, int]] = {}
        self._read: dict[Path, tuple[int, int]] = {}

    def look(self) -> list[Path]:
        """The files that are new or changed since they were last given, sorted."""
        now = dict(self._files())
        ready = [path for path, told in now.items() if self._seen.get(path) == told != self._read.get(path)]
        self._seen = now
        self._read |= {path: now[path] for path in ready}
        return sorted(ready)

    def again(self, paths: list[Path]) -> None:
        """Give files once more at the next look."""
        for path in paths:
            self._read.pop(path, None)

    def _files(self) -> Iterator[tuple[Path, tuple[int, int]]]:
        """Each file with the time of its last change and its size."""
        for path in self._paths():
            try:
                told = path.stat()
            except OSError:
                continue  # gone in the meantime
            yield path, (told.st_mtime_ns, told.st_size)

    def _paths(self) -> Iterator[Path]:
        if not self.source.is_dir():
            yield self.source
            return
        for place, folders, files in os.walk(self.source):
            folders[:] = [name for name in folders if not name.startswith(".")]
            yield from (
                Path(place) / name for name in files if name.lower().endswith(SUFFIXES) and not name.startswith(".")
            )


class Feed:
    """Looks at a feed on the web, again and again: the newest version is kept in a file of a folder."""

    def __init__(self, address: str, folder: Path) -> None:
        """Begin to watch.

        Args:
            address: Of RSS or Atom, over http or https.
            folder: Where to keep it; documents without an address of their own are named by its path from there.
        """
        parts = urlsplit(address)
        self.address = address
        self.path = folder / parts.netloc.replace(":", "-") / f"{quote(parts.path.strip('/') or 'feed', safe='')}.xml"
        self.path.parent.mkdir(parents=True)
        self._version: tuple[str | None, str | None] = (None, None)
        self._again = False

    def look(self) -> list[Path]:
        """The file, where the feed is new or has changed.

        Raises:
            SourceError: it cannot be fetched now.
        """
        asked = dict(zip(("If-None-Match", "If-Modified-Since"), self._version, strict=True))
        headers = {name: value for name, value in asked.items() if value}
        again, self._again = self._again, False
        try:
            with urlopen(Request(self.address, headers=headers), timeout=_TIMEOUT) as answer:  # noqa: S310
                data = answer.read(MAX_LIST_BYTES)
                self._version = answer.headers.get("ETag"), answer.headers.get("Last-Modified")
        except HTTPError as error:
            if error.code == HTTPStatus.NOT_MODIFIED:
                return [self.path] if again else []
            raise SourceError(f"{self.address}: the server answers {error.code} {error.reason}") from error
        except (URLError, OSError, HTTPException) as error:
            raise SourceError(f"{self.address}: cannot be fetched ({getattr(error, 'reason', error)})") from error
        if not again and self.path.exists() and self.path.read_bytes() == data:
            return []
        self.path.write_bytes(data)
        return [self.path]

    def again(self, _paths: list[Path]) -> None:
        """Give the feed once more at the next look."""
        self._again = True


def news(archive: Archive, facts: DocumentFacts, *, changed: bool) -> str:
    """One line about a document that was taken in: what it tells first, and what others told before."""
    first, known = Counter[str](), 0
    for fact in facts.facts:
        if archive.alone(fact.id, facts.document.id):
            first[fact.kind.value.lower()] += 1
        else:
            known += 1
    told = [counted(first[kind], kind) for kind in sorted(first, key=lambda one: (-first[one], one))]
    told += [f"{known:,} told before"] if known else []
    parts = [facts.document.id, " ".join((facts.document.headline or "").split()), ", ".join(told) or "no facts"]
    return f"{'~' if changed else '+'} {': '.join(part for part in parts if part)}"
