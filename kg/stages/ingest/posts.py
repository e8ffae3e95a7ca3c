"""The posts of a comment section: which lines name their authors, and where the words of each begin and end."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.stages.ingest import boilerplate, byline
from kg.stages.ingest.authors import (
    AuthorLine,
    author_line,
    clean,
    inline_answer,
    inline_author,
    is_name,
    is_signature,
)
from kg.stages.ingest.buttons import is_junk, is_notice
from kg.stages.ingest.dates import MONTH, TIME, is_time_line
from kg.stages.ingest.headings import is_heading
from kg.stages.ingest.lines import Para, is_sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

_SIGNED = re.compile(r"[-–—]+\s?(?P<name>[^\s,()][^,()]{1,40}?(?:\s*\([^()]{2,40}\))?)(?:,\s.{2,40})?")
# A name and its place, directly under a letter: "Jane Doe (Leeds, UK)", "Jane Doe, Leeds".
_UNDERSIGNED = re.compile(r"(?P<name>[^\s,()][^,()]{1,40}?)(?:\s*\([A-Z][^()]{1,40}\)"
                          r"|(?:,\s[A-Z][\w .'’-]{1,30}){1,2})")  # fmt: skip
# Place and time: "Portland, OR | June 28", "Seattle June 28".
_PLACED = re.compile(
    rf"[A-Z](?:[^\W\d]|[ .'’-]){{1,30}}?(?:, [A-Z](?:[^\W\d]|[ .'’-]){{1,20}}?)?\s*"
    rf"(?:[|·•,–—-]\s*{TIME.pattern}|{MONTH}).*"
)
_TO_WHOM = re.compile(r"\W*(?:in reply|replying|in response) to\b", re.IGNORECASE)
_LABEL = re.compile(r"(?:comment|message|text):\s+", re.IGNORECASE)
_FOOTER = re.compile(
    r"(?:©|\(c\)|copyright (?:©|\(c\)|\d{4}))|your e-?mail (?:address )?will not|"
    r"(?:about us|contact us|privacy policy|terms of (?:use|service)|"
    r"all rights reserved)"
    r"\W*(?:\||·|$)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"#?\d{1,4}[.)]?\s+")
_WIDE = re.compile(r"^(?!.*[.!?]$).*\S\s{3,}\S")  # buttons side by side
BETWEEN = 4  # lines between the heading and the comments: rules, a poll, buttons
ANONYMOUS = "anonymous"


@dataclass(frozen=True, slots=True)
class Post:
    """One comment by its paragraphs' offsets."""

    author: str
    start: int
    end: int


def posts_of(paras: Sequence[Para], *, certain: bool) -> list[Post] | None:
    """The comments that paragraphs hold, or None where they hold none.

    With a `certain` heading, paragraphs without an author line are comments all the same.
    """
    zone = _zone(paras)
    words = [para for para in zone if not is_junk(para.flat)]
    if not words:
        return [] if certain or not paras or any(is_notice(para.flat) for para in paras) else None
    authors = _authors(zone)
    posts = _collect(zone, authors) if authors else _signed(zone)
    if posts or not certain:
        return posts
    for rest in (zone[n:] for n in range(1, min(BETWEEN, len(zone)))):  # below a poll, a question to the readers
        if authors := _authors(rest):
            return _collect(rest, authors)
    return [Post(ANONYMOUS, words[0].start, words[-1].end)]


def _authors(zone: Sequence[Para]) -> dict[int, AuthorLine]:
    marked, plain = _marked(zone), _plain(zone)
    timed = any(line.marked and TIME.search(zone[i].flat) for i, line in marked.items())
    if not timed and marked.keys() < plain.keys():
        marked = plain  # only some of the names have buttons below them, or a sign ("@garden_gnome")
    authors = marked or _inline(zone) or plain
    answers = {i: line for i, para in enumerate(zone) if (line := inline_answer(para.flat))}
    return {**answers, **authors} if authors else {}


def _zone(paras: Sequence[Para]) -> list[Para]:
    """The paragraphs up to the lines that follow a comment section (related articles, copyright, a form to fill in).

    Left out are the site's lines above the first comment, and initials in the place of a picture: "AL" above "Ann Lee".
    """
    end = next((i for i, para in enumerate(paras) if i and (boilerplate.opens_list(para.flat) or
                _FOOTER.match(para.flat))), len(paras))  # fmt: skip
    first = next((i for i, para in enumerate(paras[:end]) if not of_site(para.flat)), 0)
    return [para for i, para in enumerate(paras[:end])
            if i >= first and not (i + 1 < end and _initials(para.flat, paras[i + 1].flat))]  # fmt: skip


def _initials(flat: str, name: str) -> bool:
    return len(flat) <= 2 and flat.isupper() and is_name(name) and all(
        any(word.startswith(letter) for word in name.split()) for letter in flat) and name != flat  # fmt: skip


def _marked(zone: Sequence[Para]) -> dict[int, AuthorLine]:
    """Author lines that carry a time or a sign, where the first words of the zone are one."""
    found: dict[int, AuthorLine] = {}
    for i, para in enumerate(zone[:-1]):
        line = author_line(para.flat) or _above_time(zone, i)
        if line is None or _below_name(zone, i) or _addressed(zone, i):
            continue
        followed = (_beside_name(zone, i + 1) or _below_name(zone, i + 1)) and i + 2 < len(zone)
        answers = i > 0 and _TO_WHOM.match(zone[i - 1].flat) is not None and is_signature(line.name)
        if line.marked or ((followed or answers) and not is_junk(para.flat)):
            found[i] = line
    first = next((i for i, para in enumerate(zone) if not is_junk(para.flat)), 0)
    return {**_guests(zone, found), **found} if first in found else {}


def _addressed(zone: Sequence[Para], i: int) -> bool:
    """A handle on a line directly below an author or the time: the writer's, or that of whom the answer is for."""
    if i == 0 or zone[i].gap or not zone[i].flat.startswith("@"):
        return False
    return is_time_line(zone[i - 1].flat) or (zone[i - 1].gap and author_line(zone[i - 1].flat) is not None)


def _beside_name(zone: Sequence[Para], i: int) -> bool:
    """Buttons, a time, or the writer's own handle above one of these."""
    own = re.fullmatch(r"@\S+", zone[i].flat) and i + 1 < len(zone) and is_junk(zone[i + 1].flat)
    return is_junk(zone[i].flat) or bool(own)


def _above_time(zone: Sequence[Para], i: int) -> AuthorLine | None:
    """The name on a line that a time stands below, whatever it is made of: "4. Down and out"."""
    line = _NUMBERED.sub("", zone[i].flat).strip()
    opens = zone[i].gap or line != zone[i].flat or i == 0
    short = len(line) <= 40 and not is_sentence(line) and not is_junk(line) and any(c.isalpha() for c in line)
    return AuthorLine(clean(line), True) if opens and short and is_time_line(zone[i + 1].flat) else None


def _guests(zone: Sequence[Para], found: dict[int, AuthorLine]) -> dict[int, AuthorLine]:
    """Bare names among author lines with a time, where each author opens a group and no group has another opening."""
    groups = [i for i, para in enumerate(zone) if para.gap and not is_junk(para.flat)]
    bare = {i: line for i in groups if i not in found and i + 1 < len(zone) and not zone[i + 1].gap
            and (line := author_line(zone[i].flat)) and is_signature(line.name)}  # fmt: skip
    return bare if all(i in found or i in bare for i in groups) and all(i in groups for i in found if i) else {}


def _below_name(zone: Sequence[Para], i: int) -> bool:
    """Place and day under a name that opens a group: "Portland, OR | June 28"."""
    time = TIME.search(zone[i].flat)
    placed = time and _PLACED.fullmatch(zone[i].flat) and is_time_line(zone[i].flat[time.start() :])
    if i == 0 or zone[i].gap or not zone[i - 1].gap or not placed:
        return False
    above = author_line(zone[i - 1].flat)
    return above is not None and not is_junk(zone[i - 1].flat)


def _inline(zone: Sequence[Para]) -> dict[int, AuthorLine]:
    """Comments that stand on one line with their author, where at least half of the paragraphs do."""
    found = {i: line for i, para in enumerate(zone) if (line := inline_author(para.flat))}
    return found if 0 in found and len(found) * 2 >= len(zone) else {}


def _plain(zone: Sequence[Para]) -> dict[int, AuthorLine]:
    """Bare names and texts in turn. Where blank lines part the comments, a name opens each group."""
    names = {i: line for i, para in enumerate(zone[:-1])
             if (line := author_line(para.flat)) and not is_junk(para.flat) and not _addressed(zone, i)}  # fmt: skip
    if 0 not in names and not (is_junk(zone[0].flat) and 1 in names):
        return {}
    grouped = {i for i in names if zone[i].gap and not zone[i + 1].gap}
    gaps = sum(para.gap for para in zone[1:])
    found: dict[int, AuthorLine] = {}
    for i, line in names.items():
        opens = i in grouped if grouped - {0} else zone[i].gap or not gaps
        if (i != min(names) and not opens) or not (i in grouped or is_signature(line.name)):
            continue  # a short line within a comment
        if i - 1 not in found:
            found[i] = line
    return found


def _collect(zone: Sequence[Para], authors: dict[int, AuthorLine]) -> list[Post]:
    posts = []
    starts = sorted(authors)
    for i, after in zip(starts, [*starts[1:], len(zone)], strict=True):
        line = authors[i]
        body = list(zone[i + 1 : after])
        if body and _below_name(zone, i + 1):
            body = body[1:]
        while body and (_beside_name(body, 0) or _workplace(body)):
            body = body[1:]
        while body and (is_junk(body[-1].flat) or _title_of_next(body, zone[after : after + 1])):
            body = body[:-1]
        if line.text is not None:
            end = body[-1].end if body else zone[i].end
            posts.append(Post(line.name, zone[i].start + line.text, end))
        elif body:
            label = _LABEL.match(body[0].flat)
            posts.append(Post(line.name, body[0].start + (label.end() if label else 0), body[-1].end))
    return posts


def _workplace(body: Sequence[Para]) -> bool:
    """What a reader does, on a line below the name: "Works at Port Authority", "University of Lagos"."""
    words = body[0].flat.split()
    return len(body) > 1 and not body[0].gap and not body[1].gap and 1 < len(words) < 7 \
        and byline.is_name_line(body[0].flat.replace(" at ", " of ")) and is_sentence(body[1].flat)  # fmt: skip


def _title_of_next(body: Sequence[Para], following: Sequence[Para]) -> bool:
    """A numbered title that stands directly above the author of the next comment."""
    last = body[-1]
    return len(body) > 1 and last.gap and not is_sentence(last.flat) and _NUMBERED.match(last.flat) is not None \
        and any(not para.gap for para in following)  # fmt: skip


def _signed(zone: Sequence[Para]) -> list[Post] | None:
    """Letters, each signed below: "— Jane Doe, Leeds"; without a dash where a blank line parts the letters."""
    posts = []
    begin = 0
    for i, para in enumerate(zone):
        match = _SIGNED.fullmatch(para.flat)
        if match is None and not para.gap and (i + 1 == len(zone) or zone[i + 1].gap):
            match = _UNDERSIGNED.fullmatch(para.flat)
        if match and i > begin and is_name(match["name"].strip()):
            posts.append(Post(match["name"].strip(), zone[begin].start, zone[i - 1].end))
            begin = i + 1
    return posts or None


def of_site(flat: str) -> bool:
    """Whether a line between heading and comments is the site's: its rules, a count, buttons, another heading."""
    return is_heading(flat) or is_junk(flat) or (_WIDE.search(flat) is not None and not TIME.search(flat))
