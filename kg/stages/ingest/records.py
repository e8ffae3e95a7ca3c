"""Records in JSON or JSON lines -> documents: text, and where known id, url, published, title, publisher, comments."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kg.errors import SourceError
from kg.model import LeftOut
from kg.stages.ingest.dates import read_date
from kg.stages.ingest.decode import decode
from kg.stages.ingest.document import Given, document
from kg.stages.ingest.posts import ANONYMOUS, Post
from kg.stages.ingest.sources import MAX_BYTES, MAX_LIST_BYTES, Source, unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from kg.model import Document

_TEXT = ("text", "body", "content", "article")
_TITLE = ("title", "headline")
_DATE = ("published", "datePublished", "date", "published_at", "pubDate")
_PUBLISHER = ("publisher", "source", "outlet")
_URL = ("url", "link")


def read_lines(source: Source) -> Iterator[Document | LeftOut | SourceError]:
    """The documents of a JSON lines file, read line by line; a bad line is an error of its own."""
    try:
        with source.open() as file:
            yield from read_stream(source, iter(lambda: file.readline(MAX_BYTES), b""))
    except OSError as error:
        yield unreadable(source.name, error)


def read_json(source: Source) -> Iterator[Document | LeftOut | SourceError]:
    """The documents of a JSON file: one record, or a list of them.

    Within a folder a file without a text is passed over: it belongs to something else.
    """
    text = decode(source.read(MAX_LIST_BYTES), source.name)
    try:
        data: object = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise SourceError(f"{source.name}: not valid JSON ({error}); mend it, or end its name in .jsonl") from error
    if isinstance(data, dict):
        if source.listed and not _first(data, _TEXT):
            return
        yield _safely(data, source.name, source.name)
        return
    if not isinstance(data, list):
        raise SourceError(f"{source.name}: the JSON is neither a record nor a list of records")
    if source.listed and not any(isinstance(item, dict) and _first(item, _TEXT) for item in data):
        return
    for number, item in enumerate(data, 1):
        yield _safely(item, f"{source.name}#{number}", f"{source.name}: record {number}", source.name)


def read_stream(source: Source, lines: Iterable[bytes]) -> Iterator[Document | LeftOut | SourceError]:
    """The documents of JSON lines, named after the source where they do not name themselves."""
    name = source.name
    empty = True
    for number, line in enumerate(lines, 1):
        if not line.strip(b"\xef\xbb\xbf \t\r\n"):
            continue
        empty = False
        place = f"{name}:{number}"
        try:
            data: object = json.loads(decode(line, place))
        except (ValueError, RecursionError) as error:
            yield SourceError(f"{place}: not valid JSON ({error}); each line must hold one record")
        except SourceError as error:
            yield error
        else:
            yield _safely(data, f"{name}#{number}", place, name, source.wanted)
    if empty:
        yield SourceError(f"{name}: the file is empty; give a file with records")


def _safely(
    data: object, name: str, place: str, file: str | None = None, wanted: Callable[[str], bool] | None = None
) -> Document | LeftOut | SourceError:
    try:
        return _document(data, name, place, file, wanted)
    except SourceError as error:
        return error


def _document(
    data: object, name: str, place: str, file: str | None, wanted: Callable[[str], bool] | None
) -> Document | LeftOut:
    if not isinstance(data, dict):
        raise SourceError(f"{place}: not a record; give an object with a \"text\"")
    text = _first(data, _TEXT)
    if not text:
        raise SourceError(f"{place}: the record has no \"text\"; give one")
    url = _first(data, _URL)
    own = data.get("id")
    if url and url.startswith(("http://", "https://")):
        name = url.split("#")[0]
    elif isinstance(own, str | int) and str(own) and file:
        name = f"{file}#{own}"
    title = _first(data, _TITLE)
    if title and not text.lstrip().startswith(title.strip()):
        text = f"{title.strip()}\n\n{text}"
    end = len(text)
    text, posts = append_comments(text, _comments(data))
    if wanted is not None and not wanted(text):
        return LeftOut(name)
    date = _first(data, _DATE)
    given = Given(
        published=read_date(date) if date else None,
        headline=title,
        publisher=_name(next((data[key] for key in _PUBLISHER if data.get(key)), None)),
        url=name if name.startswith("http") else None,
        authors=tuple(filter(None, [_name(data.get("author"))])),
        posts=tuple(posts),
        article_end=end if posts else None,
    )
    return document(name, text, given)


def append_comments(text: str, found: list[tuple[str, str]]) -> tuple[str, list[Post]]:
    """The text with comments (author, words) below it under a heading, as stored, and where each stands."""
    if not found:
        return text, []
    text = text.rstrip() + f"\n\nComments ({len(found)})\n"
    posts = []
    for author, words in found:
        text += f"\n{author}\n"
        posts.append(Post(author, len(text), len(text) + len(words)))
        text += words + "\n"
    return text, posts


def _comments(data: Mapping[str, object]) -> list[tuple[str, str]]:
    items = data.get("comments")
    found = []
    for item in items if isinstance(items, list) else []:
        words = _first(item, _TEXT) if isinstance(item, dict) else item if isinstance(item, str) else None
        author = _name(item.get("author") or item.get("name") or item.get("user")) if isinstance(item, dict) else None
        if words and words.strip():
            found.append((" ".join((author or ANONYMOUS).split()), words.strip()))
    return found


def _first(data: Mapping[str, object], keys: tuple[str, ...]) -> str | None:
    return next((value for key in keys if isinstance(value := data.get(key), str) and value.strip()), None)


def _name(value: object) -> str | None:
    """A name given as text, or as an object with a name."""
    if isinstance(value, dict):
        value = value.get("name")
    return value.strip() or None if isinstance(value, str) else None
