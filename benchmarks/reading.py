"""The documents that a benchmark measures: all of them or none, as figures of a part would say nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import KGError
from kg.model import DocumentFacts, Known, LeftOut

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


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
