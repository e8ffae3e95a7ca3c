"""One result for each document, written as it comes, and where to go on after an interruption.

A journal beside the results names each document that is done. It is there only while a build is under way: a build that
finds one left over by Ctrl-C or a crash reads only the documents that are missing in it (not at the address of another
file system, where no line can be added to a file). Files are written before their line of the journal and whole or not
at all, so no document is lost, and one written twice has the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from kg.export import FORMATS
from kg.pipeline import graph
from kg.results import stem
from kg.version import lexicon, package

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.addresses import Place
    from kg.corrections import Corrections
    from kg.model import Document, DocumentFacts
    from kg.results import Target
    from kg.store import Graph

JOURNAL = ".kg-build.jsonl"
_PART = re.compile(r"\..+\.(?P<format>\w+)\.(?P<process>[1-9]\d*)\.part")  # as `kg.export.save_all` names them


class Each:
    """The results of a build with `--each`."""

    def __init__(
        self, where: Target, sources: Sequence[str], model: str | None, *, corrections: Corrections | None, text: bool
    ) -> None:
        """Read what an interrupted build of the same kind left in the folder.

        Args:
            where: The folder, or standard output.
            sources: What is read, so that no result takes its place.
            model: Name of the language model; None for the packaged one.
            corrections: A user's judgements.
            text: Whether words are copied from the documents.
        """
        self._where, self._sources, self._corrections, self._text = where, sources, corrections, text
        kind = repr((package(), lexicon(), model, where.formats, corrections, text))
        self._kind = hashlib.sha256(kind.encode()).hexdigest()[:16]
        self._stems: dict[str, str | None] = {}  # stem -> the document that has it; None where several would
        self._journal = where.folder / JOURNAL if isinstance(where.folder, Path) else None
        self._done = dict(self._left())

    def _left(self) -> Iterator[tuple[str, str]]:
        """Identity and SHA-256 of each document that is done; a line that is damaged tells nothing."""
        if self._journal is None or not self._journal.exists():
            return
        for line in self._journal.read_bytes().split(b"\n")[:-1]:
            with suppress(ValueError, LookupError, TypeError, AttributeError):
                entry = json.loads(line)
                if entry["kind"] == self._kind and all(path.exists() for path in self._paths(entry["document"])):
                    yield entry["document"], entry["sha256"]

    def _paths(self, identity: str) -> list[Place]:
        return self._where.paths(self.name(identity))

    def done(self, document: Document) -> bool:
        """Whether an interrupted build has written the result of this version of the document."""
        return self._done.get(document.id) == document.sha256

    def name(self, identity: str) -> str:
        """The name of a document's result: its stem, with a short digest where two documents have the same.

        The first of two gets its digest when the second comes.
        """
        plain = stem(identity)
        first = self._stems.setdefault(plain.casefold(), identity)
        if first == identity:
            return plain
        if first is not None:
            self._stems[plain.casefold()] = None
            for old, new in zip(self._where.paths(stem(first)), self._where.paths(_scoped(first)), strict=True):
                if old.exists():
                    old.replace(new)  # type: ignore[arg-type]  # both of one kind
        return _scoped(identity)

    def graph(self, facts: DocumentFacts) -> tuple[str, Graph]:
        """The name of a document's result, and its graph.

        Raises:
            GraphError: the result would take the place of a source.
        """
        name = self.name(facts.document.id)
        self._where.refuse_overwriting([name], self._sources)
        return name, graph([facts], corrections=self._corrections, text=self._text)

    def wrote(self, document: Document) -> None:
        """Remember that the result of a document is written."""
        if self._journal is not None:
            entry = {"kind": self._kind, "document": document.id, "sha256": document.sha256}
            with self._journal.open("a", encoding="utf-8") as file:
                file.write(json.dumps(entry) + "\n")

    def finish(self) -> None:
        """Forget the journal, all documents are done; and take away halves of files that killed builds left."""
        if self._journal is None:
            return
        for left in self._journal.parent.glob(".*.part"):
            match = _PART.fullmatch(left.name)
            if match and match["format"] in FORMATS and not _alive(int(match["process"])):
                left.unlink(missing_ok=True)
        self._journal.unlink(missing_ok=True)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):  # of somebody else, or no number of a process
        pass
    return True


def _scoped(identity: str) -> str:
    return f"{stem(identity)}-{hashlib.sha256(identity.encode()).hexdigest()[:5]}"
