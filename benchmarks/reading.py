"""What a benchmark measures: all documents or none, as figures of a part would say nothing, and the bare parse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import spacy

from kg.errors import KGError
from kg.model import DocumentFacts, Known, LeftOut
from kg.stages.parse import BATCH_SIZE, DEFAULT_MODEL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence


def complete(
    found: Iterable[DocumentFacts | LeftOut | Known | KGError], *, gate: bool = False
) -> Iterator[DocumentFacts]:
    """The facts of each document.

    Args:
        found: From `kg.pipeline.facts`.
        gate: Whether documents may be left out as having nothing to do with negotiations.

    Raises:
        KGError: a document failed, or was left out.
    """
    for one in found:
        if isinstance(one, DocumentFacts):
            yield one
        elif isinstance(one, KGError):
            raise one
        elif not (gate and isinstance(one, LeftOut)):
            raise KGError(f"{one.document}: was left out")


def bare_parse() -> Callable[[Sequence[str]], None]:
    """The parse of texts by the same model as spaCy itself runs it, without what `kg.matrices` does."""
    nlp = spacy.load(DEFAULT_MODEL)

    def run(texts: Sequence[str]) -> None:
        for _ in nlp.pipe(texts, batch_size=BATCH_SIZE):
            pass

    return run
