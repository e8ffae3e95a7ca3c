"""Stage 1: a document as it is stored, its layout and its reader comments."""

from dataclasses import dataclass
from enum import StrEnum


class BlockKind(StrEnum):
    """What a run of lines is in the layout of an article."""

    HEADLINE = "headline"
    DATELINE = "dateline"
    CAPTION = "caption"
    SUBHEAD = "subhead"
    PARAGRAPH = "paragraph"
    BULLET = "bullet"
    TABLE_ROW = "table row"  # one row of a table or of a list such as "Switzerland 39%"
    SPEAKER = "speaker"  # the label of a transcript ("REPORTER", "Q"), without its colon
    SPEECH = "speech"  # what the speaker of the last label above says, in the first person
    META = "meta"  # date line, byline, credit, copyright, tags, related articles, advertisement: never read for facts


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the text with one role in the layout."""

    start: int
    end: int
    kind: BlockKind


@dataclass(frozen=True, slots=True)
class Comment:
    """A reader comment. No fact ever comes from one."""

    position: int  # 1 for the first
    author: str
    start: int  # of the comment's text, without the author line
    end: int
    text: str
    quotes: tuple[tuple[int, int], ...] = ()  # stretches of the article that the comment quotes
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One source document as it is stored: nothing in `text` is changed after decoding or HTML extraction."""

    id: str  # canonical URL, or path from --root (with #record for a record in a file)
    text: str
    sha256: str  # of `text` in UTF-8
    published: str | None  # xsd:date
    headline: str | None
    publisher: str | None
    url: str | None
    place: str | None  # of the dateline: "WASHINGTON"
    place_date: str | None  # of the dateline: "2025-05-01"
    authors: tuple[str, ...]
    blocks: tuple[Block, ...]  # in order, without overlap; they end where comments begin
    comments: tuple[Comment, ...]
    warnings: tuple[str, ...] = ()
    extracted: bool = False  # the text was taken out of HTML, so it is kept beside the graph for `kg verify`


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A document that shows no sign of negotiations."""

    document: str  # its identity


@dataclass(frozen=True, slots=True)
class Known:
    """A document that a store, or an interrupted build, holds as it is."""

    document: str  # its identity


@dataclass(frozen=True, slots=True, order=True)
class Sentence:
    """A sentence of the article, by its offsets in the stored text."""

    start: int
    end: int
    text: str
