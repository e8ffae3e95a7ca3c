"""Text -> blocks: what each stretch of an article is (headline, dateline, paragraph, bullet, credit, ...)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kg.model import Block, BlockKind
from kg.stages.ingest import boilerplate, byline, heads, tables, transcript
from kg.stages.ingest.caption import credit_start, is_caption
from kg.stages.ingest.dateline import Dateline, read_dateline
from kg.stages.ingest.dates import is_time_line, read_date
from kg.stages.ingest.headings import is_heading
from kg.stages.ingest.lines import Para, is_sentence, paragraphs
from kg.stages.ingest.stamps import Says, Stamp, is_dated, is_labelled, read_stamp, words_before

DATE_LINE = re.compile(r"\s*date:?\s+(?P<date>\d{4}-\d{2}-\d{2})(?!\S)", re.IGNORECASE)
_HEADING = re.compile(r"#{1,6}\s+|\*\*(?=[^*]+\*\*$)")
_ADVERT = re.compile(r"(?:advertisement|sponsored|promoted|read (?:more|next)|see also|also read)\b", re.IGNORECASE)
_CLOCK = re.compile(
    r"(?:\d{1,2}[:.]\d\d(?:\s?[ap]\.?m\b\.?)?|\d{1,2}\s?[ap]\.?m\b\.?)(?:\s(?:[A-Z]{1,3}T|UTC)\b)?[\s:|–—-]*"
)
_STAGE = re.compile(r"[(\[][^()\[\]]{1,60}[)\]]\.?")


@dataclass(slots=True)
class Layout:
    """The blocks of an article and what its lines of metadata say."""

    blocks: list[Block] = field(default_factory=list)
    published: str | None = None  # of the "date" line
    time_line: str | None = None  # date of the time line before the body that tells it best
    says: Says = Says.CHANGED  # what that line says of it
    unsure: tuple[str, ...] = ()  # the two readings of a date in numbers
    listing: bool = False  # within a list of other articles above the body
    days: bool = False  # several paragraphs begin with a day, so none of these is that of a dateline
    late: tuple[int, Stamp] | None = None  # the paragraph and its day, where no line before the body has one
    headline: str | None = None
    dateline: Dateline | None = None
    place: str | None = None  # of a line of its own
    place_date: str | None = None
    authors: tuple[str, ...] = ()
    byline_place: str | None = None  # "By Jane Doe in Canberra"
    credit: str | None = None

    def add(self, start: int, end: int, kind: BlockKind) -> None:
        """One block more; an empty one is left out."""
        if start < end:
            self.blocks.append(Block(start, end, kind))

    def note(self, stamp: Stamp) -> None:
        """Keep the day of a line, unless an earlier one tells better."""
        if len(stamp.days) > 1:
            self.unsure = self.unsure or stamp.days
        elif self.time_line is None or stamp.says < self.says:
            self.time_line, self.says = stamp.days[0], stamp.says


def article_paragraphs(text: str, end: int | None = None) -> tuple[list[Para], re.Match[str] | None]:
    """The paragraphs after the "date" line or prefix, and the match of that line."""
    match = DATE_LINE.match(text)
    if match and not read_date(match["date"]):
        match = None
    return paragraphs(text, match.end() if match else 0, end), match


def read_layout(text: str, end: int) -> Layout:
    """The layout of `text[:end]`, an article without its comments."""
    paras, dated = article_paragraphs(text, end)
    rows = tables.table_rows(paras, text, {i for i, para in enumerate(paras) if _is_apart(para.flat)})
    layout = Layout()
    if dated:
        layout.published = dated["date"]
        layout.add(dated.start() + len(dated[0]) - len(dated[0].lstrip()), dated.end(), BlockKind.META)
    layout.days = heads.open_days(paras)
    body = _head(paras, rows, layout)
    if not (layout.published or layout.time_line or layout.unsure):
        layout.late = heads.late_stamp(paras, body)
    _body(paras, rows, body, layout)
    return layout


def _head(paras: list[Para], rows: dict[int, int], layout: Layout) -> int:
    """Blocks of the paragraphs before the body; the index of the body's first."""
    i = reached = 0
    while i < len(paras):
        more = _more_text(paras, i)
        kind = _head_kind(paras, i, layout) if (more or layout.headline) and i not in rows else None
        if kind is None and i >= reached:
            reached = heads.reach(paras, i, rows)
        if kind is None and i >= reached:
            return i
        _head_line(paras, i, kind, layout)
        i += 1
    return len(paras)


def _head_line(paras: list[Para], i: int, kind: BlockKind | None, layout: Layout) -> None:
    """The block of a paragraph before the body, and what it tells; a deck in full sentences (None) is read as text."""
    para = paras[i]
    if kind is None:
        _plain(para, BlockKind.PARAGRAPH, False, para.start, layout)
        return
    if kind is BlockKind.SUBHEAD and heads.writers(paras, i):
        kind = BlockKind.META
    listed = layout.listing and layout.blocks[-1].kind is BlockKind.SUBHEAD  # of another article, by its title
    layout.listing = boilerplate.opens_list(para.flat) or (layout.listing and kind is not BlockKind.HEADLINE)
    if kind is BlockKind.META and not listed:
        _note_meta(para.flat, layout)
        layout.authors = layout.authors or (heads.writers(paras, i) if layout.headline else ())
    marker = _HEADING.match(para.flat)
    start = para.start + (marker.end() if marker else 0)
    end = para.end - (2 if marker and marker[0] == "**" else 0)
    title = words_before(para.flat) if kind is BlockKind.META else ""
    if title and not byline.is_name_line(title.rstrip(".")):
        layout.add(start, start + len(title), BlockKind.SUBHEAD)
        start += len(title) + 1
    if kind is BlockKind.HEADLINE:
        layout.headline = para.flat[start - para.start : end - para.start].strip("#* ")
    _add(layout, start, end, kind, para)


def _add(layout: Layout, start: int, end: int, kind: BlockKind, para: Para) -> None:
    """A block; of a caption, without the name of who took the picture."""
    credit = credit_start(para.flat) if kind is BlockKind.CAPTION else None
    if credit is not None:
        end_of_text = para.start + len(para.flat[:credit].rstrip(" |/—–-"))
        layout.add(start, end_of_text, kind)
        start, kind = max(start, end_of_text), BlockKind.META
        start += len(para.flat[start - para.start :]) - len(para.flat[start - para.start :].lstrip())
    layout.add(start, end, kind)


def _more_text(paras: list[Para], i: int) -> bool:
    return any(not heads.is_meta(para.flat) for para in paras[i + 1 :])


def _is_apart(flat: str) -> bool:
    """Whether a line is no row of a table, though it has its signs."""
    dateline = read_dateline(flat, first=True, near=None) if is_sentence(flat) else None
    return heads.is_meta(flat) or is_dated(flat) or (dateline is not None and dateline.date is not None)


def _head_kind(paras: list[Para], i: int, layout: Layout) -> BlockKind | None:
    """What a paragraph before the body is, or None where the body begins with it."""
    flat = paras[i].flat
    if is_time_line(flat) and (heads.is_diary(paras, i) or (read_date(flat) is None and _diary(paras[i:]))):
        return None
    if heads.is_meta(flat) or boilerplate.opens_list(flat) or is_heading(flat):
        return BlockKind.META
    if is_dated(flat) and not flat.endswith(":"):
        return BlockKind.META
    near = layout.published or layout.time_line
    if read_dateline(flat, first=False, near=near) and is_sentence(flat):
        return None
    if is_caption(flat, before_body=layout.headline is not None) and _more_text(paras, i):
        return BlockKind.CAPTION
    if layout.headline is None:
        return heads.title_kind(paras, i)
    if is_sentence(flat) or heads.BULLET.match(flat) or len(flat.split()) > 40 or heads.is_state(flat):
        return None
    named = byline.is_name_line(flat) and not byline.is_officer_line(flat)
    return BlockKind.META if named else _deck_kind(paras, i)


def _diary(paras: list[Para]) -> bool:
    """Days stand above the paragraphs, so they are its subheads."""
    return sum(is_time_line(para.flat) for para in paras) > 1 and all(is_sentence(para.flat) for para in paras[1:2])


def _deck_kind(paras: list[Para], i: int) -> BlockKind | None:
    """A line without a full stop after the headline: a deck, unless no sentence follows that it could head."""
    return BlockKind.SUBHEAD if any(is_sentence(para.flat) for para in paras[i + 1 :]) else None


def _note_meta(flat: str, layout: Layout) -> None:
    """Keep the date, the place and the authors that a line before the body gives."""
    stamp = read_stamp(flat)
    placed = byline.read_place_line(flat)
    if placed:
        layout.place = layout.place or placed.place
        layout.place_date = layout.place_date or (read_date(placed.day, layout.published) if placed.day else None)
    layout.place = layout.place or byline.issued_at(flat)
    written = byline.read_byline(flat) or byline.read_bare_byline(flat)
    if written:
        layout.authors = layout.authors or written.authors
        layout.byline_place = layout.byline_place or written.place
    day = read_date(flat) if placed or written else byline.posted_day(flat)
    if stamp or day:
        layout.note(stamp or Stamp((day or "",), Says.NOTHING, ()))


def _body(paras: list[Para], rows: dict[int, int], first: int, layout: Layout) -> None:
    labels = transcript.speaker_labels(paras[first:])
    listing = advert = speaking = item = False  # in a list of articles, an advertisement, a transcript, a list
    skip = -1
    for i in range(first, len(paras)):
        para = paras[i]
        if i <= skip:
            continue
        item = item and not para.gap
        if i in rows and not listing:
            skip = i + rows[i] - 1
            start = para.start + _marker(para.flat)
            layout.add(start, paras[skip].end, BlockKind.TABLE_ROW)
            continue
        if boilerplate.opens_list(para.flat):
            listing = True
        elif listing and is_sentence(para.flat) and len(para.flat.split()) > (12 if para.flat[-1] in "?!" else 4):
            listing = False
        advert = advert and not para.gap
        if listing or advert or _ends_article(paras, i, layout) or (speaking and _STAGE.fullmatch(para.flat)):
            advert = advert or (para.gap and not listing and _ADVERT.match(para.flat) is not None)
            layout.add(para.start, para.end, BlockKind.META)
            layout.credit = para.flat if boilerplate.is_credit(para.flat) else layout.credit
            written = byline.read_byline(para.flat)
            layout.authors = layout.authors or (written.authors if written else ())
            continue
        label = labels.get(i - first)
        if label:
            speaking = True
            layout.add(para.start + label[0], para.start + label[1], BlockKind.SPEAKER)
        item = (item or (i > first and paras[i - 1].flat.endswith(":"))) and not is_sentence(para.flat)
        between = speaking and not label and not is_sentence(para.flat) and i + 1 - first in labels
        if between and len(para.flat.split()) <= 6:
            layout.add(para.start, para.end, BlockKind.SUBHEAD)  # "Questions"
            continue
        kind = BlockKind.SPEECH if speaking else _body_kind(paras, i, item=item)
        _plain(para, kind, i == first, para.start + (label[2] if label else 0), layout)


def _ends_article(paras: list[Para], i: int, layout: Layout) -> bool:
    """A line that is no part of the text: boilerplate, a clock time, or a bare name or byline as the last line."""
    flat = paras[i].flat
    if _CLOCK.fullmatch(flat) or byline.is_writer_note(flat, layout.authors):
        return True
    if (layout.late and layout.late[0] == i) or is_labelled(flat):
        return True
    if boilerplate.is_boilerplate(flat) or byline.read_byline(flat) is not None or boilerplate.is_end_mark(flat):
        return True
    last = not any(is_sentence(para.flat) for para in paras[i + 1 :])
    named = len(flat.split()) <= 6 and byline.is_name_line(flat.lstrip("-–— ")) and not heads.is_state(flat)
    if i > 0 and last and byline.is_last_note(flat):
        return True
    return i > 0 and last and named and is_sentence(paras[i - 1].flat)


def _plain(para: Para, kind: BlockKind, first: bool, start: int, layout: Layout) -> None:
    """Blocks of an ordinary paragraph: dateline and credit are cut off; the rest is read."""
    flat = para.flat[start - para.start :]
    dateline = None
    if kind is BlockKind.PARAGRAPH and (first or is_sentence(flat)):
        dateline = read_dateline(flat, first=first, near=layout.published or layout.time_line)
    if dateline and (dateline.place or not layout.days):
        layout.dateline = layout.dateline or dateline
        layout.add(start, start + len(flat[: dateline.length].rstrip()), BlockKind.DATELINE)
        start += dateline.length
    elif kind in (BlockKind.BULLET, BlockKind.SUBHEAD) or flat.startswith("> "):
        start += _marker(flat)
    tail = boilerplate.TAIL_CREDIT.search(flat)
    end = para.start + len(para.flat) - (len(flat) - tail.start() if tail else 0)
    if kind is BlockKind.SUBHEAD and para.flat.endswith("**"):
        end = para.end - 2
    clock = _CLOCK.match(flat) if kind is BlockKind.SUBHEAD else None
    if clock:
        layout.add(start, start + len(clock[0].rstrip()), BlockKind.META)
        start += clock.end()
    _add(layout, start, end, kind, para)
    if tail:
        layout.add(para.end - len(tail["credit"]), para.end, BlockKind.META)
        if not re.match(r"\[|[A-Z]+ [A-Z ]+$", tail["credit"]):  # "[Laughter]", initials as in "EXA ABC DEF"
            layout.credit = tail["credit"]


def _body_kind(paras: list[Para], i: int, *, item: bool) -> BlockKind:
    flat = paras[i].flat
    credited = credit_start(flat) is not None and not boilerplate.TAIL_CREDIT.search(flat) and len(flat.split()) <= 60
    if is_caption(flat, before_body=False) or credited:
        return BlockKind.CAPTION
    if _HEADING.match(flat) and not is_sentence(flat):
        return BlockKind.SUBHEAD
    if (heads.BULLET.match(flat) and not flat.startswith(">")) or (item and len(flat.split()) <= 25):
        return BlockKind.BULLET
    if i + 1 < len(paras) and _asks(flat) and is_sentence(paras[i + 1].flat):
        return BlockKind.SUBHEAD
    title = i + 1 < len(paras) and not is_sentence(flat) and flat[-1] not in ",-–—"
    if title and (is_time_line(flat) or len(flat.split()) <= 12):
        return BlockKind.SUBHEAD
    return BlockKind.PARAGRAPH


def _asks(flat: str) -> bool:
    """A short question by itself, as it heads a part of an explainer."""
    return flat.endswith("?") and len(flat.split()) <= 12 and not re.search(r"[.!?:]\s|[\"“”]", flat)


def _marker(flat: str) -> int:
    marker = heads.BULLET.match(flat) or _HEADING.match(flat)
    return marker.end() if marker else 0
