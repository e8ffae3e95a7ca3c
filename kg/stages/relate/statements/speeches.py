"""Texts in the first person: remarks, a letter, an interview, of which one person says every sentence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.model import BlockKind, EntityKind
from kg.stages.relate.statements.speakers import Voice

if TYPE_CHECKING:
    from kg.model import Mention
    from kg.stages.relate.statements.quotes import Quotes
    from kg.stages.relate.text import Text
    from kg.tokens import Span

_TITLE = re.compile(r"\b(?:remarks|statement|speech|address|letter|message)\s+(?:by|of|from)\b", re.IGNORECASE)
_SIGNED = re.compile(r"\b(?:yours|sincerely|faithfully|regards|signed)\b[^\n]{0,30}\n", re.IGNORECASE)
_READ = frozenset({BlockKind.PARAGRAPH, BlockKind.BULLET})
_FIRST = frozenset({"i", "we", "my", "our", "us", "me"})
_HEAD = 3  # sentences: the title, a dateline, who speaks
_NEAR = 80  # characters between a title or a closing formula and the name of who speaks
_ENOUGH = 3  # sentences in the first person outside quotations; a report quotes them, a speech consists of them
_QUESTIONS = 2  # paragraphs that only ask make an interview


class Speech:
    """Who speaks in a text of one voice, and which of its sentences are not his: the questions he is asked."""

    def __init__(self, text: Text, quotes: Quotes) -> None:
        body = [s for s in text.sentences if text.block(s[0]) in _READ]
        own = [s for s in body if any(t.lower_ in _FIRST and t.text != "US" and quotes.of(t.i) is None for t in s)]
        self._asking = _questions(text)
        self._first, self._last = 0, _closing(text)
        self.who: Voice | None = _we(text, body)
        if self.who is not None:
            return
        if len(own) >= _ENOUGH and 2 * len(own) >= len(body) - len(self._asking):
            self.who = _titled(text) or _signed(text)
            if self.who is None and len(self._asking) >= _QUESTIONS:
                self.who, self._first = interviewed(text), self._asking[0][0]
        elif len(own) >= _ENOUGH:
            self.who = _titled(text)

    def says(self, sent: Span) -> bool:
        """Whether a sentence is said by the one voice of the text."""
        inside = self._first <= sent.start_char < self._last
        return inside and self.who is not None and not any(a <= sent.start_char < b for a, b in self._asking)


def _we(text: Text, body: list[Span]) -> Voice | None:
    """Who speaks jointly in a text that opens "We, Jane Doe, minister of ..., and John Roe, ..., met"."""
    if not body or [t.lower_ for t in body[0] if not t.is_space][:2] != ["we", ","]:
        return None
    first = body[0]
    main = next((t for t in first if t.tag_ in {"VBD", "VBP"} and t.i > first.start), first.root)
    inside = [m for m in text.mentions.mentions if first.start_char <= m.start < main.idx]
    people = [m for m in inside if text.kind(m.entity) is EntityKind.PERSON]
    refs = tuple(dict.fromkeys(m.entity for m in people))
    return Voice(refs, (), (people[0].start, people[-1].end)) if refs else None


def _questions(text: Text) -> list[tuple[int, int]]:
    """The paragraphs that ask and do nothing else."""
    blocks = [(b.start, b.end) for b in text.document.blocks if b.kind in {*_READ, BlockKind.SUBHEAD}]
    return [(a, b) for a, b in blocks if text.document.text[a:b].rstrip().endswith("?")]


def _titled(text: Text) -> Voice | None:
    """Who is named in a title such as "Remarks by Jane Doe"."""
    last = text.sentences[:_HEAD][-1].end_char if text.sentences else 0
    title = _TITLE.search(text.document.text[:last])
    return _named(text, title.end(), title.end() + _NEAR) if title else None


def _signed(text: Text) -> Voice | None:
    """Who signs a letter: the name after "Yours sincerely"."""
    end = _closing(text)
    return _named(text, end, end + 2 * _NEAR) if end < len(text.document.text) else None


def _closing(text: Text) -> int:
    """Where a letter closes, or the end of the text."""
    return max((m.start() for m in _SIGNED.finditer(text.document.text)), default=len(text.document.text))


def interviewed(text: Text) -> Voice | None:
    """Who answers in an interview: the first person named."""
    return _named(text, 0, len(text.document.text))


def _named(text: Text, start: int, end: int) -> Voice | None:
    kinds = {EntityKind.PERSON} if start == 0 else {EntityKind.PERSON, EntityKind.ORGANIZATION}
    found: Mention | None = next(
        (m for m in text.mentions.mentions if start <= m.start < end and text.kind(m.entity) in kinds), None
    )
    return Voice((found.entity,), (), (found.start, found.end)) if found is not None else None
