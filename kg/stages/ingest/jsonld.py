"""What a page says of itself: JSON-LD, Open Graph and other meta elements, the canonical link."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from kg.stages.ingest.dates import read_date

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement as Element

_ARTICLES = ("NewsArticle", "Article", "ReportageNewsArticle", "AnalysisNewsArticle", "OpinionNewsArticle",
             "BlogPosting", "LiveBlogPosting", "WebPage")  # fmt: skip
_DATES = ("article:published_time", "og:published_time", "datepublished", "date", "dc.date", "dc.date.issued",
          "pubdate", "publishdate", "parsely-pub-date", "sailthru.date", "citation_publication_date")  # fmt: skip


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a page says of its article; None where it says nothing."""

    published: str | None  # xsd:date
    headline: str | None
    publisher: str | None
    url: str | None
    authors: tuple[str, ...]
    body: str | None
    comments: tuple[tuple[str, str], ...]  # author, words


def page_facts(tree: Element) -> PageFacts:
    """The facts of a parsed page."""
    article = _article(tree)
    meta = _metas(tree)
    return PageFacts(
        published=_date(article, meta, tree),
        headline=_text(article.get("headline")) or meta.get("og:title") or _text(tree.findtext(".//h1")),
        publisher=_name(article.get("publisher")) or meta.get("og:site_name"),
        url=_url(article, meta, tree),
        authors=tuple(_names(article.get("author"))) or tuple(filter(None, [meta.get("author")])),
        body=_text(article.get("articleBody")),
        comments=tuple(_comments(article.get("comment"))),
    )


def _article(tree: Element) -> dict[str, Any]:
    found: list[dict[str, Any]] = []
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        try:
            data = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        found += [item for item in _objects(data) if set(_types(item)) & set(_ARTICLES)]
    found.sort(key=lambda item: min(_ARTICLES.index(kind) for kind in _types(item) if kind in _ARTICLES))
    return found[0] if found else {}


def _objects(data: object, depth: int = 0) -> Iterator[dict[str, Any]]:
    if isinstance(data, list):
        for item in data:
            yield from _objects(item, depth)
    elif isinstance(data, dict):
        yield data
        if depth < 2:
            yield from _objects(data.get("@graph"), depth + 1)
            yield from _objects(data.get("mainEntity"), depth + 1)


def _types(item: dict[str, Any]) -> list[str]:
    kind = item.get("@type")
    return [str(k) for k in kind] if isinstance(kind, list) else [str(kind)]


def _metas(tree: Element) -> dict[str, str]:
    metas: dict[str, str] = {}
    for element in tree.iterfind(".//meta"):
        key = element.get("property") or element.get("name") or element.get("itemprop")
        content = element.get("content")
        if key and content and content.strip():
            metas.setdefault(key.lower(), content.strip())
    return metas


def _date(article: dict[str, Any], meta: dict[str, str], tree: Element) -> str | None:
    times = [element.get("datetime") or element.text_content() for element in tree.iterfind(".//time")]
    for value in (article.get("datePublished"), *(meta.get(key) for key in _DATES), *times):
        found = read_date(value) if isinstance(value, str) else None
        if found:
            return found
    return None


def _url(article: dict[str, Any], meta: dict[str, str], tree: Element) -> str | None:
    links = [e.get("href") for e in tree.iterfind(".//link") if (e.get("rel") or "").lower() == "canonical"]
    page: object = article.get("mainEntityOfPage")
    named = page.get("@id") if isinstance(page, dict) else page
    for value in (*links, meta.get("og:url"), article.get("url"), named):
        if isinstance(value, str) and urlsplit(value.strip()).scheme in ("http", "https"):
            return value.strip().split("#")[0]
    return None


def _comments(value: object) -> Iterator[tuple[str, str]]:
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict) and (words := _text(item.get("text"))):
            yield _name(item.get("author")) or "anonymous", words


def _names(value: object) -> Iterator[str]:
    for item in value if isinstance(value, list) else [value]:
        name = _name(item)
        if name:
            yield name


def _name(value: object) -> str | None:
    if isinstance(value, list) and value:
        value = value[0]
    return _text(value.get("name")) if isinstance(value, dict) else _text(value)


def _text(value: object) -> str | None:
    return " ".join(value.split()) or None if isinstance(value, str) else None
