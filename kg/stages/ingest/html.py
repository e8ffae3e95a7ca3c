"""HTML page -> text of its article, what it says of itself, and its reader comments."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from kg.errors import SourceError
from kg.stages.ingest.document import Given, refuse_error_page
from kg.stages.ingest.html_comments import take_comments
from kg.stages.ingest.jsonld import PageFacts, page_facts
from kg.stages.ingest.records import append_comments

if TYPE_CHECKING:
    from lxml.html import HtmlElement as Element

LOOKS_LIKE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_SPACE = re.compile(r"\s+")
_HIDDEN = frozenset({"script", "style", "noscript", "template", "svg", "head", "title", "iframe"})
_BLOCKS = frozenset(
    {
        "p", "div", "section", "article", "header", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol",
        "table", "tr", "blockquote", "figure", "figcaption", "br", "hr", "dl", "dt", "dd", "pre", "main", "aside",
        "nav", "form"
    }
)


def read_page(text: str, name: str) -> tuple[str, Given]:
    """The text of a page's article with its comments below, and what the page says of itself.

    Raises:
        SourceError: It is an error page, or no article can be found in it.
    """
    from lxml import html

    parser = html.HTMLParser(huge_tree=True, encoding="utf-8")
    tree = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    title = _SPACE.sub(" ", tree.findtext(".//title") or "").strip()
    visible = _Visible.of(text)
    refuse_error_page(visible, name, title)
    warnings = _lost(visible, tree, name)
    facts = page_facts(tree)
    found = take_comments(tree) or list(facts.comments)
    body = _article(tree, facts)
    if not body.strip():
        raise SourceError(f"{name}: no article was found in this page; save its text instead")
    stored, posts = append_comments(body, found)
    given = Given(
        published=facts.published,
        headline=facts.headline,
        publisher=facts.publisher,
        url=facts.url,
        authors=facts.authors,
        posts=tuple(posts),
        article_end=len(body) if posts else None,
        warnings=warnings,
        extracted=True,
    )
    return stored, given


def fragment_text(markup: str) -> str:
    """The text of a piece of HTML, as feeds carry it: a paragraph to a line, blank lines between."""
    if "<" not in markup and "&" not in markup:
        return markup.strip()
    return _Visible.of(markup, hidden=frozenset({"script", "style"}))


def _article(tree: Element, facts: PageFacts) -> str:
    """The article as text: headline, then its paragraphs with blank lines between, items as bullets, rows with bars."""
    import trafilatura

    extracted = trafilatura.bare_extraction(
        tree, include_comments=False, include_tables=True, include_formatting=False, include_links=False, fast=False
    )
    root = getattr(extracted, "body", None)
    parts = [part for element in (root if root is not None else ()) for part in _parts(element)]
    if sum(map(len, parts)) < 80 and facts.body and len(facts.body) > sum(map(len, parts)):
        parts = [facts.body]
    headline = facts.headline
    if headline and parts and _SPACE.sub(" ", parts[0]) != headline and headline not in parts[:3]:
        parts.insert(0, headline)
    return "\n\n".join(parts)


def _parts(element: Element) -> list[str]:
    if element.tag == "list":
        return [f"• {words}" for item in element for words in [_words(item)] if words]
    if element.tag == "table":
        rows = [" | ".join(_words(cell) for cell in row) for row in element.iter("row")]
        return ["\n".join(row for row in rows if row.strip(" |"))]
    words = [_SPACE.sub(" ", line).strip() for line in _broken(element).split("\n")]
    return [line for line in words if line]


def _broken(element: Element) -> str:
    """The element's text with a line break for each <lb/>."""
    text = element.text or ""
    for child in element:
        text += ("\n" if child.tag in ("lb", "p") else "") + _broken(child) + (child.tail or "")
    return text


def _words(element: Element) -> str:
    return _SPACE.sub(" ", "".join(element.itertext())).strip()


def _lost(visible: str, tree: Element, name: str) -> tuple[str, ...]:
    """A warning where lxml dropped text: with `huge_tree` it stops at 2048 nested elements, and at 256 without."""
    shown = [element for element in tree.iter() if isinstance(element.tag, str) and element.tag not in _HIDDEN]
    parts = [element.tail or "" for element in tree.iter()] + [element.text or "" for element in shown]
    kept = sum(len(_SPACE.sub("", part)) for part in parts)
    wanted = len(_SPACE.sub("", visible))
    if kept < wanted * 0.98:
        share = 100 - 100 * kept // wanted
        return (f"{name}: about {share} % of the page's text was lost to deep nesting; save it as text",)
    return ()


class _Visible(HTMLParser):
    """The visible text of a page by a second parser, which has no limit of depth."""

    def __init__(self, hidden: frozenset[str]) -> None:
        super().__init__(convert_charrefs=True)
        self.hidden = hidden
        self.depth = 0
        self.parts: list[str] = []

    @classmethod
    def of(cls, markup: str, hidden: frozenset[str] = _HIDDEN) -> str:
        """Paragraphs with blank lines between."""
        reader = cls(hidden)
        reader.feed(markup)
        reader.close()
        lines = (_SPACE.sub(" ", line).strip() for line in "".join(reader.parts).split("\x00"))
        return "\n\n".join(line for line in lines if line)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002  (inherited)
        """Count hidden elements; a block begins a paragraph, an item a bullet."""
        self.depth += tag in self.hidden
        if tag in _BLOCKS:
            self.parts.append("\x00")
        elif tag == "li":
            self.parts.append("\x00• ")

    def handle_endtag(self, tag: str) -> None:
        """Close what was counted."""
        if tag in self.hidden and self.depth:
            self.depth -= 1
        if tag in _BLOCKS:
            self.parts.append("\x00")

    def handle_data(self, data: str) -> None:
        """Keep text that is shown."""
        if not self.depth:
            self.parts.append(data)
