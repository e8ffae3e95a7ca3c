"""Reader comments below an article: where they begin, who wrote each, and what of the article each quotes."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from kg import lexicon
from kg.model import Comment
from kg.stages.ingest import boilerplate, byline, transcript
from kg.stages.ingest.authors import (
    author_line,
    is_handle,
    is_signature,
)
from kg.stages.ingest.buttons import is_badge, is_junk, is_row
from kg.stages.ingest.headings import is_certain, is_heading
from kg.stages.ingest.lines import Para, is_sentence
from kg.stages.ingest.posts import BETWEEN, Post, of_site, posts_of
from kg.stages.ingest.quoting import quotes

if TYPE_CHECKING:
    from collections.abc import Sequence

_LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"“”]+")
_LISTED = re.compile(r"[^\w@]|\d+[.)\s]")  # without a heading, an item of a list is no author line


def find(paras: Sequence[Para]) -> tuple[int, list[Post]]:
    """Index of the paragraph at which the comments begin (their heading included), and the comments.

    Without comments the index is the number of paragraphs. A heading counts only after a sentence of the article and
    where comments follow it; without a heading, author lines must show what they are (see `_unheaded`). Two sections,
    each with a heading, are read as one.
    """
    first, found = len(paras), list[Post]()
    for i in reversed(range(len(paras))):
        heads = is_heading(paras[i].flat) and not (i and is_badge(paras[i - 1].flat))  # "Senior Member", "Posts: 12"
        if heads and any(is_sentence(para.flat) for para in paras[:i]):
            posts = posts_of(paras[i + 1 : first], certain=is_certain(paras[i].flat))
            if posts is not None and (not found or posts):
                first, found = _above(paras, i), posts + found
    if not found:
        start, found = _unheaded(paras[:first])
        first = min(start, first)
    return first, found


def _above(paras: Sequence[Para], i: int) -> int:
    """The first of the heading's lines: a few lines of the site may stand between two headings, buttons above one."""
    while i > 1 and is_row(paras[i - 1].flat) and not paras[i].gap:
        i -= 1
    for n in range(max(i - BETWEEN, 1), i):
        if is_heading(paras[n].flat) and all(of_site(para.flat) for para in paras[n:i]):
            return n
    return i


def comment(position: int, post: Post, text: str, article_end: int) -> Comment:
    """The record of one comment, with what it quotes of `text[:article_end]` and the links it gives."""
    words = text[post.start : post.end]
    links = tuple(dict.fromkeys(match[0].rstrip(".,;:!?)]'") for match in _LINK.finditer(words)))
    return Comment(position, post.author, post.start, post.end, words, quotes(words, text[:article_end]), links)


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
