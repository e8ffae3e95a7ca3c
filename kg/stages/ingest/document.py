"""One text with what is known of it -> a Document."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.errors import SourceError
from kg.literals import HALF
from kg.model import BlockKind, Comment, Document
from kg.stages.ingest import comments
from kg.stages.ingest.byline import outlet
from kg.stages.ingest.dates import read_date
from kg.stages.ingest.english import require_english
from kg.stages.ingest.layout import Layout, article_paragraphs, read_layout
from kg.stages.ingest.loose import loose_day
from kg.stages.ingest.stamps import settle

if TYPE_CHECKING:
    from kg.stages.ingest.posts import Post

# spaCy refuses longer texts, and an article is rarely longer than a twentieth of it.
MAX_CHARACTERS = 1_000_000
_ERROR_PAGE = re.compile(
    r"(?i)\s*(?:(?:error\s*)?(?:4\d\d|5\d\d)\b.{0,60}|(?:page |file )?not found.{0,40}|"
    r"access (?:to this page )?(?:has been )?denied.{0,40}|"
    r"forbidden|just a moment\W*|attention required!?.{0,40}|are you (?:a robot|human).{0,40}|robot check|"
    r"security check.{0,40}|"
    r"verify(?:ing)? (?:that )?you are (?:a )?human.{0,40}|(?:service|page) (?:temporarily )?unavailable.{0,40}|"
    r"internal server error|bad gateway|too many requests|one more step.{0,40}|please enable (?:javascript|"
    r"cookies).{0,80})"
)
NO_DATE = "no publication date found: relative dates (\"Saturday\") stay unknown"


@dataclass(frozen=True, slots=True)
class Given:
    """What a source says of its text beside it: markup, feed or record."""

    published: str | None = None
    headline: str | None = None
    publisher: str | None = None
    url: str | None = None
    authors: tuple[str, ...] = ()
    posts: tuple[Post, ...] = ()  # comments read from markup; their text stands after the article's
    article_end: int | None = None  # where those begin
    warnings: tuple[str, ...] = ()
    extracted: bool = False


def document(identity: str, text: str, given: Given | None = None) -> Document:
    """The document of one text.

    Raises:
        SourceError: It is too long, empty, an error page, or not English.
    """
    given = given or Given()
    identity, text = (HALF.sub("\ufffd", words) for words in (identity, text))
    if len(text) > MAX_CHARACTERS:
        raise SourceError(
            f"{identity}: {len(text):,} characters are more than {MAX_CHARACTERS:,}; split the file into its articles"
        )
    if not text.strip():
        raise SourceError(f"{identity}: there is no text in it; give a document with text")
    refuse_error_page(text, identity)
    require_english(text, identity)
    end, posts = _article_end(text, given)
    layout = read_layout(text, end)
    dateline = layout.dateline
    published = layout.published or given.published or _told(layout, text[:end])
    place_date = dateline.date if dateline else layout.place_date
    if dateline and not place_date and dateline.words and published:
        place_date = read_date(dateline.words, published)
    return Document(
        id=identity,
        text=text,
        sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        published=published,
        headline=_one_line(layout.headline or given.headline),
        publisher=given.publisher or _publisher(layout, text),
        url=given.url,
        place=(dateline.place if dateline else None) or layout.place or layout.byline_place,
        place_date=place_date,
        authors=given.authors or layout.authors,
        blocks=tuple(layout.blocks),
        comments=_comments(text, posts, layout),
        warnings=given.warnings + (() if published else (NO_DATE,)),
        extracted=given.extracted,
    )


def _told(layout: Layout, article: str) -> str | None:
    """The day of publication that the lines of an article tell, the surest first."""
    dateline = layout.dateline.date if layout.dateline else None
    unsure = layout.unsure or (layout.late[1].days if layout.late else ())
    told = layout.time_line or dateline or (settle(unsure, article) if unsure else None)
    return told or _of_year(layout, article) or loose_day(article, layout.blocks)


def _of_year(layout: Layout, article: str) -> str | None:
    """The day of a dateline in the only year that the lines above it name: "Vol. 31, 2025", "ROME, Oct. 22 - "."""
    above = next((b.start for b in layout.blocks if b.kind is BlockKind.DATELINE), None)
    if layout.dateline is None or layout.dateline.words is None or above is None:
        return None
    years = set(re.findall(r"\b(?:19|20)\d\d\b", article[:above]))
    return read_date(layout.dateline.words, f"{years.pop()}-07-01") if len(years) == 1 else None


def refuse_error_page(text: str, name: str, title: str | None = None) -> None:
    """Nothing for an article; an error page shows in its title or first line, and in having little text.

    Raises:
        SourceError: The text is an error page.
    """
    if len(text) > 1500:
        return
    for line in (title, text.strip().split("\n", 1)[0]):
        if line and _ERROR_PAGE.fullmatch(line.strip()):
            raise SourceError(f"{name}: this is an error page ({line.strip()[:60]!r}), no article; save the page again")


def _article_end(text: str, given: Given) -> tuple[int, list[Post]]:
    if given.article_end is not None:
        return given.article_end, list(given.posts)
    paras, _ = article_paragraphs(text)
    first, posts = comments.find(paras)
    return (paras[first].start if first < len(paras) else len(text)), posts


def _comments(text: str, posts: list[Post], layout: Layout) -> tuple[Comment, ...]:
    end = layout.blocks[-1].end if layout.blocks else 0
    return tuple(comments.comment(i, post, text, end) for i, post in enumerate(posts, 1))


def _one_line(words: str | None) -> str | None:
    return " ".join(words.split()) if words else None


def _publisher(layout: Layout, text: str) -> str | None:
    """The agency of the dateline, else the name in the credit, "© 2025 KYODO" -> "KYODO", or in a line of its own."""
    if layout.dateline and layout.dateline.agency:
        return layout.dateline.agency.strip()
    credit = re.sub(r"(?i)copyright|all rights reserved\.?|[©℗]|\(c\)|\b(?:19|20)\d\d\b", " ", layout.credit or "")
    name = " ".join(credit.split()).strip(" .,-–—/()[]")
    if 1 < len(name) <= 40 and name != "END":
        return name
    lines = (text[b.start : b.end] for b in layout.blocks if b.kind is BlockKind.META)
    return next((found for line in lines if (found := outlet(line))), None)


