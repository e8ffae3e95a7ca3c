"""Texts taken out of HTML, kept with the graph so that `kg verify` reads the very words that were read.

`exports/page.texts.jsonl` stands beside `exports/page.trig`: one document, with all that stage 1 knew of it, a line.
A store keeps all its documents, and its corrections.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg import facts_json
from kg.addresses import place
from kg.errors import SourceError
from kg.model import Document
from kg.store import is_address

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.corrections import Corrections
    from kg.store import Graph

ENDING = ".texts.jsonl"


def lines(documents: Iterable[Document]) -> bytes:
    """The file for the documents whose text was taken out of HTML, sorted by identity; empty where there are none."""
    taken = sorted((one for one in documents if one.extracted), key=lambda one: one.id)
    return b"".join(facts_json.dump(one) + b"\n" for one in taken)


def texts(address: str, graph: Graph) -> tuple[Document, ...]:
    """The documents kept with a graph whose text was taken out of HTML: in its store, or beside its file.

    Raises:
        SourceError: The file beside it is damaged.
        GraphError: The store is.
    """
    path = None if is_address(address) else place(address)
    if path is None or not path.is_file():
        from kg.stores import records

        return tuple(one.document for one in records.documents(graph.store, address) if one.document.extracted)
    path = path.with_name(path.stem + ENDING)
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise SourceError(f"{path}: cannot be read ({error.strerror}); make it readable") from error
    numbered = enumerate(data.split(b"\n"), 1)
    return tuple(facts_json.load(line, Document, f"{path}:{n}") for n, line in numbered if line)


def corrections(address: str, graph: Graph) -> Corrections | None:
    """The judgements kept in a store."""
    if not is_address(address) and place(address).is_file():
        return None
    from kg.corrections import parse
    from kg.stores import records

    found = records.values(graph.store, records.CORRECTIONS)
    return next((parse(text, address) for text in found.values()), None)
