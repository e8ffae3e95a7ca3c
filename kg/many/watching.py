"""Following a folder or a feed: what is new since the last look, and what a document brings that nobody told before."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import SourceError
from kg.stages.ingest.sources import SUFFIXES
from kg.summary import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model import DocumentFacts
    from kg.stores.archive import Archive


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
