"""Stage 1 of 7: sources -> Documents, each with its layout, comments, dates and identity.

One file for each kind of source (`records`, `html`, `feed`) and for each thing read in a text: `lines` (paragraphs),
`layout` (blocks; with `boilerplate`, `byline`, `caption`, `dateline`, `heads`, `stamps`, `tables`, `transcript`),
`comments` (with `headings`, `authors`, `buttons`, `quoting`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import SourceError
from kg.model import Document, LeftOut
from kg.stages.ingest import records
from kg.stages.ingest.decode import decode
from kg.stages.ingest.document import document
from kg.stages.ingest.sources import MARKUP, MAX_BYTES, MAX_LIST_BYTES, Source, count, expand

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

__all__ = ["count", "read"]


def read(
    sources: Iterable[str | Path],
    *,
    root: Path | None = None,
    name: str | None = None,
    wanted: Callable[[str], bool] | None = None,
) -> Iterator[Document | LeftOut | SourceError]:
    """The documents of the sources, in order; in the place of one that cannot be read, the error that says why.

    Args:
        sources: Files, folders (every text, page, record file and feed below them, sorted) or "-" for standard input.
        root: Documents without a web address are named by their path from here; the current folder by default.
        name: The name of the document on standard input.
        wanted: Whether a text is to be read at all. Plain texts and JSON lines are asked before their layout is read.
    """
    seen: dict[str, str] = {}
    for source in expand(sources, root, name, wanted):
        if isinstance(source, SourceError):
            yield source
            continue
        place = str(source.path) if source.path else "standard input"
        for result in _safely(source):
            if not isinstance(result, Document):
                yield result
            elif result.id in seen:
                yield SourceError(
                    f"{place}: names the same document as {seen[result.id]} ({result.id}); leave one of them out"
                )
            else:
                seen[result.id] = place
                yield result


def _safely(source: Source) -> Iterator[Document | LeftOut | SourceError]:
    try:
        yield from _documents(source)
    except SourceError as error:
        yield error


def _documents(source: Source) -> Iterator[Document | LeftOut | SourceError]:
    if source.suffix == ".jsonl":
        yield from records.read_lines(source)
    elif source.suffix == ".json":
        yield from records.read_json(source)
    else:
        yield from _text_or_markup(source)


def _text_or_markup(source: Source) -> Iterator[Document | LeftOut | SourceError]:
    """A text, page or feed; files without an ending that says so are known by how they begin."""
    data = source.read(MAX_LIST_BYTES if source.suffix in (".xml", ".rss", ".atom") else MAX_BYTES)
    opening = data[:1000].lstrip(b"\xef\xbb\xbf \t\r\n")
    text = decode(data, source.name, markup=source.suffix in MARKUP or opening.startswith(b"<"))
    # Readers of markup load lxml, which texts do not need.
    if opening.startswith(b"<") or source.suffix in MARKUP:
        from kg.stages.ingest import feed, html

        if source.suffix in (".xml", ".rss", ".atom") or feed.LOOKS_LIKE.match(text):
            yield from feed.read_feed(text, source)
            return
        if source.suffix in (".html", ".htm") or html.LOOKS_LIKE.match(text):
            stored, given = html.read_page(text, source.name)
            yield document(given.url or source.name, stored, given)
            return
    if source.path is None and opening.startswith(b"{"):
        yield from records.read_stream(source, data.splitlines())
        return
    yield document(source.name, text) if source.wanted is None or source.wanted(text) else LeftOut(source.name)
