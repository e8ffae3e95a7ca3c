"""Parley reads news of negotiations into a checked knowledge graph.

>>> import kg
>>> graph = kg.build("examples/talks.txt")
>>> graph.query("who-says")
>>> [time.value for time in kg.times("They met on Thursday morning.", published="2025-06-28")]
['2025-06-26TMO']
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import KGError
from kg.store import Graph

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.model import Time

__all__ = ["Graph", "KGError", "__version__", "build", "times"]
__version__: str


def build(
    *sources: str | Path, root: Path | None = None, name: str | None = None, model: str | None = None, text: bool = True
) -> Graph:
    """The graph of one or more documents.

    Args:
        sources: Files, folders, or "-" for standard input.
        root: Documents without a web address are named by their path from here; the current folder by default.
        name: The name of the document on standard input.
        model: An installed English spaCy pipeline; by default the packaged one.
        text: False leaves out all words copied from the documents.

    Raises:
        KGError: A document cannot be read, or its facts break a shape of the ontology.
    """
    from kg import pipeline
    from kg.model import DocumentFacts
    from kg.stages.parse import load

    documents = []
    for one in pipeline.facts(sources, load(model), root=root, name=name):
        if isinstance(one, KGError):
            raise one
        if isinstance(one, DocumentFacts):
            documents.append(one)
    return pipeline.graph(documents, text=text)


def times(text: str, published: str | None = None) -> Iterator[Time]:
    """Time expressions of a text, each with `start`, `end` and TIMEX3 `value`: `2025-06-26TMO`, `2025-04`, `PT15M`.

    Args:
        text: Plain English text.
        published: Its date, from which "Friday" and "last month" count; without it their value is None.
    """
    from kg.stages.parse import load
    from kg.stages.recognize.times import times
    from kg.tokens import Tokens

    yield from times(Tokens(load()(text)), published=published)


def __getattr__(name: str) -> str:
    if name == "__version__":
        from kg.version import package

        return package()
    raise AttributeError(f"module 'kg' has no attribute {name!r}")
