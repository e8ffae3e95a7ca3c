"""RSS and Atom files -> one document for each entry."""

from __future__ import annotations

import re
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from kg.errors import SourceError
from kg.stages.ingest.dates import read_date
from kg.stages.ingest.document import Given, document
from kg.stages.ingest.html import fragment_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement as Element

    from kg.model import Document
    from kg.stages.ingest.sources import Source

LOOKS_LIKE = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*|<\?.*?\?>\s*)*<(?:rss|feed|rdf:RDF)\b", re.DOTALL)


def read_feed(text: str, source: Source) -> Iterator[Document | SourceError]:
    """The documents of a feed. Within a folder, XML that is no feed is passed over."""
    from lxml import etree

    if not LOOKS_LIKE.match(text):
        if source.listed:
            return
        raise SourceError(f"{source.name}: this XML is neither RSS nor Atom; give a feed, a page or a text")
    # Entities stay unread: an entity bomb would fill the memory.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        tree = etree.fromstring(re.sub(r"^\s*<\?xml[^>]*>", "", text).encode(), parser)
    except etree.XMLSyntaxError as error:
        raise SourceError(f"{source.name}:{error.lineno}: the feed is not well-formed XML ({error.msg})") from error
    entries = [element for element in tree.iter() if _tag(element) in ("item", "entry")]
    if not entries:
        raise SourceError(f"{source.name}: the feed has no entries")
    publisher = next((_child(e, "title") for e in tree.iter() if _tag(e) in ("channel", "feed")), None)
    for number, entry in enumerate(entries, 1):
        try:
            yield _document(entry, number, source.name, publisher)
        except SourceError as error:
            yield error


def _document(entry: Element, number: int, name: str, publisher: str | None) -> Document:
    title = fragment_text(_child(entry, "title") or "")
    body = fragment_text(
        max((_child(entry, tag) or "" for tag in ("encoded", "content", "description", "summary")), key=len)
    )
    if not title and not body:
        raise SourceError(f"{name}: entry {number} has no text")
    link = _link(entry)
    own = _child(entry, "guid") or _child(entry, "id")
    identity = link or f"{name}#{own or number}"
    text = body if not title or body.startswith(title) else f"{title}\n\n{body}" if body else title
    return document(
        identity,
        text,
        Given(
            published=_date(entry),
            headline=title or None,
            publisher=_child(entry, "source") or publisher,
            url=link,
            authors=tuple(filter(None, [_child(entry, "creator") or _author(entry)])),
            extracted=True,
        ),
    )


def _tag(element: Element) -> str:
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""


def _child(element: Element, tag: str) -> str | None:
    for child in element:
        if _tag(child) == tag:
            # XHTML content of Atom is read as its text.
            words = "\n\n".join(part.strip() for part in child.itertext() if part.strip())
            return words or None
    return None


def _author(entry: Element) -> str | None:
    author = next((child for child in entry if _tag(child) == "author"), None)
    return None if author is None else _child(author, "name") or None


def _link(entry: Element) -> str | None:
    for child in entry:
        if _tag(child) == "link" and child.get("rel", "alternate") == "alternate":
            address = (child.get("href") or child.text or "").strip()
            if address.startswith(("http://", "https://")):
                return address.split("#")[0]
    return None


def _date(entry: Element) -> str | None:
    """The day as the feed writes it, in its own zone."""
    for tag in ("pubDate", "published", "date", "issued", "updated"):
        words = _child(entry, tag)
        if not words:
            continue
        try:
            return parsedate_to_datetime(words).date().isoformat()
        except (ValueError, TypeError, IndexError):
            found = read_date(words)
        if found:
            return found
    return None
