"""Taking documents into an archive: each by itself, and the graph brought up to date with all of them at the end.

Joining in between would look at the same facts again and again: what many documents tell of is touched by each batch.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.model import DocumentFacts, Known, LeftOut
from kg.summary import counted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.errors import KGError
    from kg.stores.archive import Archive


@dataclass(slots=True)
class Growth:
    """What became of documents, by identity."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    failed: list[KGError] = field(default_factory=list)
    late: list[KGError] = field(default_factory=list)  # those of them that failed in joining

    @property
    def done(self) -> int:
        """How many documents the archive holds as they are."""
        return len(self.new) + len(self.changed) + len(self.known)

    def __str__(self) -> str:
        parts = [counted(len(self.new), "document") + " new", f"{len(self.changed):,} changed",
                 f"{len(self.known):,} as they were"]  # fmt: skip
        parts += [f"{len(self.left_out):,} left out: no sign of negotiations"] if self.left_out else []
        return ", ".join(parts)


def grow(archive: Archive, found: Iterable[DocumentFacts | LeftOut | Known | KGError]) -> Growth:
    """Take in documents as they come. What has arrived before, in a build that was broken off, is joined too.

    Args:
        archive: Where they go.
        found: From `kg.pipeline.facts`.
    """
    growth = Growth()
    for one in found:
        if isinstance(one, DocumentFacts):
            if archive.has(one.document, one.generator):
                growth.known.append(one.document.id)
            archive.add(one)
        elif isinstance(one, Known):
            growth.known.append(one.document)
        elif isinstance(one, LeftOut):
            growth.left_out.append(one.document)
        else:
            growth.failed.append(one)
    joined = archive.join()
    growth.new += joined.new
    growth.changed += joined.changed
    growth.late += joined.failed
    growth.failed += joined.failed
    return growth
