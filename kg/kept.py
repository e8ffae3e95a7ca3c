"""Texts taken out of HTML, kept beside the graph so that `kg verify` reads the very words that were read.

`exports/page.texts.jsonl` stands beside `exports/page.trig`: one document, with all that stage 1 knew of it, a line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg import facts_json
from kg.errors import SourceError
from kg.model import Document

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from kg.model import DocumentFacts

ENDING = ".texts.jsonl"


def lines(documents: Iterable[DocumentFacts]) -> bytes:
    """The file for the documents whose text was taken out of HTML, sorted by identity; empty where there are none."""
    taken = sorted((one.document for one in documents if one.document.extracted), key=lambda one: one.id)
    return b"".join(facts_json.dump(one) + b"\n" for one in taken)


def texts(graph: Path) -> tuple[Document, ...]:
    """The documents kept beside a graph file; none where no text was taken out of HTML.

    Raises:
        SourceError: The file beside it is damaged.
    """
    path = graph.with_name(graph.stem + ENDING)
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise SourceError(f"{path}: cannot be read ({error.strerror}); make it readable") from error
    numbered = enumerate(data.split(b"\n"), 1)
    return tuple(facts_json.load(line, Document, f"{path}:{n}") for n, line in numbered if line)
