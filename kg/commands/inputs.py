"""What a command reads: texts that are mapped, or facts that were mapped before."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.commands.output import warn, watched
from kg.errors import KGError, SourceError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.many.workers import Result as Found
    from kg.model import Document


@dataclass(frozen=True, slots=True)
class Inputs:
    """Sources, or a file of facts, and how they are read."""

    sources: list[str]
    facts: str | None = None
    root: Path | None = None
    id: str | None = None
    model: str | None = None
    only_relevant: bool = False
    jobs: int = 1
    scheduler: str | None = None

    def read(self, known: "Callable[[Document, str], bool] | None" = None) -> Iterator["Found"]:
        """The facts of each document; in the place of one that fails, the error that says why.

        Args:
            known: Whether a document, read by a version of rules, lexicon and model, need not be read again.
        """
        if self.facts:
            return _stored(self.facts, known)
        from kg.many.workers import Workers, reads_as
        from kg.pipeline import documents

        made_by = reads_as(self.model) if known else ""
        read = documents(
            self.sources, root=self.root, name=self.id, only_relevant=self.only_relevant,
            known=(lambda one: known(one, made_by)) if known else None,
        )  # fmt: skip
        return Workers(self.jobs, self.scheduler).facts(read, self.model)

    def told(
        self, report: Callable[[str], None] | None = None, *, known: "Callable[[Document, str], bool] | None" = None
    ) -> Iterator["Found"]:
        """The same, with errors and warnings told as they come, and to `report` what was not understood."""
        from kg.stages.ingest import count

        return told(self.read(known), report, lambda: None if self.facts else count(self.sources))


def told(
    found: "Iterable[Found]",
    report: Callable[[str], None] | None = None,
    total: Callable[[], int | None] = lambda: None,
) -> Iterator["Found"]:
    """The same, with errors and warnings told as they come, and to `report` what was not understood."""
    from kg.model import DocumentFacts
    from kg.summary import report as not_understood

    for one in watched(found, total):
        if isinstance(one, DocumentFacts):
            for warning in one.document.warnings:
                warn(f"{one.document.id}: {warning}")
            if report:
                for line in not_understood(one):
                    report(line)
        elif isinstance(one, KGError):
            warn(one)
        yield one


def _stored(path: str, known: "Callable[[Document, str], bool] | None") -> Iterator["Found"]:
    """The facts of a file, each document's checked as when it is built from text."""
    from kg import facts_json
    from kg.model import Known
    from kg.pipeline import checked
    from kg.stages.ingest.sources import standard_input

    try:
        with standard_input() if path == "-" else Path(path).open("rb") as file:
            for one in facts_json.read(file, path):
                try:
                    if isinstance(one, KGError):
                        yield one
                    else:
                        yield Known(one.document.id) if known and known(one.document, one.generator) else checked(one)
                except KGError as error:
                    yield error
    except OSError as error:
        yield SourceError(f"{path}: the facts cannot be read ({error.strerror}); write them with kg facts")
