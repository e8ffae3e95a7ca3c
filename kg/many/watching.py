"""Following a folder or a feed: what is new since the last look, and what a document brings that nobody told before."""

from __future__ import annotations

import os
import re
from collections import Counter
from http import HTTPStatus
from http.client import HTTPException
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import HTTPError, URLError
from urllib.parse import quote
from urllib.request import Request

from kg import web
from kg.addresses import elsewhere
from kg.errors import SourceError
from kg.stages.ingest.sources import MAX_LIST_BYTES, SUFFIXES
from kg.summary import counted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message

    from kg.model import DocumentFacts
    from kg.stores.archive import Archive

_TIMEOUT = 60.0  # seconds for a feed
_OFTEN = 2.0  # seconds between two looks at a folder
_SELDOM, _SELDOMEST = 60.0, 3600.0  # at a feed, at least and at most


class Watch:
    """Looks at a folder or a file, again and again.

    A file is read when two looks in turn find it the same, so that nobody reads what is still being written.
    """

    def __init__(self, source: str) -> None:
        """Begin to watch.

        Raises:
            SourceError: there is no such folder or file.
        """
        if elsewhere(source):
            raise SourceError(f"{source}: only a folder of this machine or a feed on the web is watched; copy it here")
        self.source, self.pause = Path(source), _OFTEN
        if not self.source.exists():
            raise SourceError(f"{source}: no such folder or feed; check the path")
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

        Raises:
            SourceError: nothing can be asked at such an address.
        """
        try:
            parts = web.split(address)
        except ValueError as error:
            raise SourceError(str(error)) from error
        self.address, self.pause = address, _SELDOM
        name = quote(parts.path.strip("/") or "feed", safe="")[:200]
        self.path = folder / parts.netloc.replace(":", "-") / f"{name}.xml"
        self.path.parent.mkdir(parents=True)
        self._version: tuple[str | None, str | None] = (None, None)
        self._again = False

    def look(self) -> list[Path]:
        """The file, where the feed is new or has changed.

        Raises:
            SourceError: it cannot be fetched now.
        """
        try:
            new = self._fetch()
        except HTTPError as error:
            self._rest(error.headers)
            if error.code != HTTPStatus.NOT_MODIFIED:
                raise SourceError(f"{self.address}: the server answers {web.reason(error)}") from error
            new = False
        except (URLError, OSError, HTTPException) as error:
            why = " ".join(str(getattr(error, "reason", error)).split())
            raise SourceError(f"{self.address}: cannot be fetched ({why})") from error
        again, self._again = self._again, False
        return [self.path] if new or again else []

    def _fetch(self) -> bool:
        """Keep the feed as it is now; whether it is new."""
        asked = dict(zip(("If-None-Match", "If-Modified-Since"), self._version, strict=True))
        headers = {name: value for name, value in asked.items() if value}
        with web.opener().open(Request(self.address, headers=headers), timeout=_TIMEOUT) as answer:  # noqa: S310
            self._rest(answer.headers)
            data = answer.read(MAX_LIST_BYTES + 1)
            if len(data) > MAX_LIST_BYTES:
                raise SourceError(f"{self.address}: more than {MAX_LIST_BYTES // 1_000_000} MB, too long for a feed")
            if answer.length:
                raise SourceError(f"{self.address}: broken off, {answer.length:,} bytes are missing; it is asked again")
        new = not self.path.exists() or self.path.read_bytes() != data
        if new:
            self.path.write_bytes(data)
        self._version = answer.headers.get("ETag"), answer.headers.get("Last-Modified")
        return new

    def _rest(self, headers: Message) -> None:
        """Hear how long the server wants to be left alone."""
        fresh = re.search(r"max-age=(\d{1,9})\b", headers.get("Cache-Control", ""))
        told = max(web.pause(headers.get("Retry-After")), float(fresh[1]) if fresh else 0)
        self.pause = min(max(told, _SELDOM), _SELDOMEST)

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
