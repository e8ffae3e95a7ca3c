"""Reader comments below an article: where they begin, who wrote each, and what of the article each quotes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from kg import lexicon
from kg.model import Comment
from kg.stages.ingest import boilerplate, byline, transcript
from kg.stages.ingest.authors import AuthorLine, author_line, inline_author, is_handle, is_name, is_signature
from kg.stages.ingest.buttons import is_junk, is_row
from kg.stages.ingest.dates import TIME
from kg.stages.ingest.headings import is_certain, is_heading
from kg.stages.ingest.lines import Para, is_sentence
from kg.stages.ingest.quoting import quotes

if TYPE_CHECKING:
    from collections.abc import Sequence

_LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"“”]+")
_SIGNED = re.compile(r"[-–—]+\s?(?P<name>[^\s,()][^,()]{1,40}?(?:\s*\([^()]{2,40}\))?)(?:,\s.{2,40})?")
# A name and its place, directly under a letter: "Jane Doe (Leeds, UK)", "Jane Doe, Leeds".
_UNDERSIGNED = re.compile(r"(?P<name>[^\s,()][^,()]{1,40}?)(?:\s*\([A-Z][^()]{1,40}\)|,\s[A-Z][\w .'’-]{1,30})")
_PLACED = re.compile(rf"[A-Z][\w .'’-]{{1,30}}(?:, [A-Z][\w .'’-]{{1,20}})?\s*[|·•,–—-]\s*(?={TIME.pattern}).{{3,40}}$")
_TO_WHOM = re.compile(r"\W*(?:in reply|replying|in response) to\b", re.IGNORECASE)
_LABEL = re.compile(r"(?:comment|message|text):\s+", re.IGNORECASE)
_LISTED = re.compile(r"[^\w@]|\d+[.)\s]")  # without a heading, an item of a list is no author line
_FOOTER = re.compile(
    r"(?:©|\(c\)|copyright (?:©|\(c\)|\d{4}))|your e-?mail (?:address )?will not|"
    r"(?:about us|contact us|privacy policy|terms of (?:use|service)|"
    r"all rights reserved)"
    r"\W*(?:\||·|$)",
    re.IGNORECASE,
)
ANONYMOUS = "anonymous"


@dataclass(frozen=True, slots=True)
class Post:
    """One comment by its paragraphs' offsets."""

    author: str
    start: int
    end: int


def find(paras: Sequence[Para]) -> tuple[int, list[Post]]:
    """Index of the paragraph at which the comments begin (their heading included), and the comments.

    Without comments the index is the number of paragraphs. A heading counts only after a sentence of the article and
    where comments follow it; without a heading, author lines must show what they are (see `_unheaded`).
    """
    for i in reversed(range(len(paras))):
        if is_heading(paras[i].flat) and any(is_sentence(para.flat) for para in paras[:i]):
            posts = posts_of(paras[i + 1 :], certain=is_certain(paras[i].flat))
            if posts is not None:
                return _above(paras, i), posts
    return _unheaded(paras)


def _above(paras: Sequence[Para], i: int) -> int:
    """The first of the heading's lines and of the buttons directly above it."""
    while i > 1 and (is_heading(paras[i - 1].flat) or (is_row(paras[i - 1].flat) and not paras[i].gap)):
        i -= 1
    return i


def comment(position: int, post: Post, text: str, article_end: int) -> Comment:
    """The record of one comment, with what it quotes of `text[:article_end]` and the links it gives."""
    words = text[post.start : post.end]
    links = tuple(dict.fromkeys(match[0].rstrip(".,;:!?)]'") for match in _LINK.finditer(words)))
    return Comment(position, post.author, post.start, post.end, words, quotes(words, text[:article_end]), links)


def posts_of(paras: Sequence[Para], *, certain: bool) -> list[Post] | None:
    """The comments that paragraphs hold, or None where they hold none.

    With a `certain` heading, paragraphs without an author line are comments all the same.
    """
    zone = _zone(paras)
    words = [para for para in zone if not is_junk(para.flat)]
    if not words:
        return [] if certain or (not zone and not paras) else None
    marked, plain = _marked(zone), _plain(zone)
    timed = any(line.marked and TIME.search(zone[i].flat) for i, line in marked.items())
    if not timed and marked.keys() < plain.keys():
        marked = plain  # only some of the names have buttons below them, or a sign ("@garden_gnome")
    for authors in (marked, _inline(zone), plain):
        if authors:
            return _collect(zone, authors)
    return _signed(zone) or ([Post(ANONYMOUS, words[0].start, words[-1].end)] if certain else None)


def _zone(paras: Sequence[Para]) -> list[Para]:
    """The paragraphs up to the lines that follow a comment section (related articles, copyright, a form to fill in).

    Initials in the place of a picture are left out: "AL" above "Ann Lee".
    """
    end = next((i for i, para in enumerate(paras) if i and (boilerplate.opens_list(para.flat) or
                _FOOTER.match(para.flat))), len(paras))  # fmt: skip
    return [para for i, para in enumerate(paras[:end]) if not (i + 1 < end and _initials(para.flat, paras[i + 1].flat))]


def _initials(flat: str, name: str) -> bool:
    return len(flat) <= 2 and flat.isupper() and is_name(name) and all(
        any(word.startswith(letter) for word in name.split()) for letter in flat) and name != flat  # fmt: skip


def _marked(zone: Sequence[Para]) -> dict[int, AuthorLine]:
    """Author lines that carry a time or a sign, where the first words of the zone are one."""
    found: dict[int, AuthorLine] = {}
    for i, para in enumerate(zone):
        line = author_line(para.flat)
        if line is None or i + 1 >= len(zone):
            continue
        followed = (is_junk(zone[i + 1].flat) or _below_name(zone, i + 1)) and i + 2 < len(zone)
        if _below_name(zone, i):
            continue
        answers = i > 0 and _TO_WHOM.match(zone[i - 1].flat) is not None and is_signature(line.name)
        if line.marked or ((followed or answers) and not is_junk(para.flat)):
            found[i] = line
    first = next((i for i, para in enumerate(zone) if not is_junk(para.flat)), 0)
    return found if first in found else {}


def _below_name(zone: Sequence[Para], i: int) -> bool:
    """Place and day under a name that opens a group: "Portland, OR | June 28"."""
    if i == 0 or zone[i].gap or not zone[i - 1].gap or not _PLACED.match(zone[i].flat):
        return False
    above = author_line(zone[i - 1].flat)
    return above is not None and not is_junk(zone[i - 1].flat)


def _inline(zone: Sequence[Para]) -> dict[int, AuthorLine]:
    """Comments that stand on one line with their author, where at least half of the paragraphs do."""
    found = {i: line for i, para in enumerate(zone) if (line := inline_author(para.flat))}
    return found if 0 in found and len(found) * 2 >= len(zone) else {}


def _plain(zone: Sequence[Para]) -> dict[int, AuthorLine]:
    """Bare names and texts in turn. Where blank lines part the comments, a name opens each group."""
    names = {i: line for i, para in enumerate(zone[:-1]) if (line := author_line(para.flat)) and not is_junk(para.flat)}
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
        while body and is_junk(body[0].flat):
            body = body[1:]
        while body and is_junk(body[-1].flat):
            body = body[:-1]
        if line.text is not None:
            end = body[-1].end if body else zone[i].end
            posts.append(Post(line.name, zone[i].start + line.text, end))
        elif body:
            label = _LABEL.match(body[0].flat)
            posts.append(Post(line.name, body[0].start + (label.end() if label else 0), body[-1].end))
    return posts


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


def _unheaded(paras: Sequence[Para]) -> tuple[int, list[Post]]:
    """Comments without a heading: after a credit line, or from a user name on to the end of the text.

    The last lines of an article must not be taken for comments: a bare capitalised line can be a subhead, so what
    begins the comments is a user name ("garden_gnome"), an author line with a time, or a name after the credit.
    """
    if transcript.speaker_labels(paras):
        return len(paras), []
    credit = _after_credit(paras)
    for i in range(max(credit or 0, 2), len(paras) - 1) if credit is None else (credit,):
        posts = _comments_from(paras, i, after_credit=credit is not None)
        if posts:
            return i, posts
    return len(paras), []


def _after_credit(paras: Sequence[Para]) -> int | None:
    """Index of the paragraph after the last credit that closes an article and has text below it."""
    for i in reversed(range(len(paras) - 2)):
        flat = paras[i].flat
        tail = boilerplate.TAIL_CREDIT.search(flat)
        closes = boilerplate.is_credit(flat) or (tail is not None and "©" in tail["credit"] + flat[-40:])
        if closes and any(is_sentence(para.flat) and len(para.flat.split()) > 8 for para in paras[: i + 1]):
            return i + 1 if author_line(paras[i + 1].flat) else None
    return None


def _comments_from(paras: Sequence[Para], i: int, *, after_credit: bool) -> list[Post] | None:
    line = author_line(paras[i].flat)
    flat = paras[i].flat
    if line is None or not is_signature(line.name) or _LISTED.match(flat):
        return None
    if is_junk(flat) or _of_article(flat, line.name):
        return None
    zone = paras[i:]
    timed = line.marked or (is_junk(paras[i + 1].flat) and i + 2 < len(paras))
    handle = is_handle(line.name) and paras[i].flat.strip() == line.name and not (
        line.name.islower() and sum(para.flat.split().count(line.name) for para in paras) > 1
    )  # fmt: skip
    person = not after_credit and _is_person(line.name, paras[:i])
    if not (timed or handle or person or after_credit):
        return None
    posts = posts_of(zone, certain=False)
    if not posts or not all(_texty(post, zone) for post in posts):
        return None
    enough = after_credit or (len(posts) > 1 and (timed or any(is_handle(post.author) for post in posts)))
    return posts if enough else None


def _of_article(flat: str, name: str) -> bool:
    """A byline, place line, issuer or heading of the article, or a medium."""
    written = flat.lower().startswith(("by ", "(by ", "from ", "from:")) and byline.read_byline(flat) is not None
    written = written or boilerplate.is_boilerplate(flat) or boilerplate.opens_list(flat)
    return written or byline.read_place_line(flat) is not None or byline.is_issuer(name) or byline.is_agency(name)


def _is_person(name: str, before: Sequence[Para]) -> bool:
    """A name that is no subhead: no common word in it, not named in the article, and the article has no subheads."""
    words = name.split()
    subheads = any(not is_sentence(a.flat) and is_sentence(b.flat) for a, b in pairwise(before[3:]))
    common = lexicon.words("not_names") | lexicon.words("labels")
    named = any(word in para.flat.split() for para in before for word in words)
    return len(words) in (2, 3) and not subheads and not named and not any(word.lower() in common for word in words)


def _texty(post: Post, zone: Sequence[Para]) -> bool:
    """Comments are sentences or links, not the titles of a list."""
    own = [para for para in zone if post.start <= para.start < post.end]
    return any(is_sentence(para.flat) or len(para.flat.split()) >= 8 or _LINK.match(para.flat) for para in own) or (
        not own  # on the author's line
    )
