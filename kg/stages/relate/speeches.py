"""Texts in the first person: remarks, a letter, an interview, a transcript. Who "I" and "we" are in them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kg.model import BlockKind, EntityKind, Ref
from kg.stages.relate.quotes import Quotes

if TYPE_CHECKING:
    from kg.model import Block, Mention
    from kg.stages.relate.references import References
    from kg.tokens import Span, Token

ANSWERING = frozenset({"a", "answer"})
ASKING = frozenset({"q", "question", "reporter", "journalist", "press", "moderator", "host", "interviewer",
                    "audience"})  # fmt: skip
_TITLE = re.compile(r"\b(?:remarks|statement|speech|address|letter|message|briefing)\s+(?:by|of|from)\b", re.IGNORECASE)
_INTERVIEW = re.compile(r"\b(?:interview|q ?(?:&|and) ?a)\b", re.IGNORECASE)
_OCCASION = re.compile(r"\b(?:after|before|following|with|on|at|to|during|ahead)\b")
_SIGNED = re.compile(r"\b(?:yours|sincerely|faithfully|regards|signed)\b[^\n]{0,30}\n", re.IGNORECASE)
_READ = frozenset({BlockKind.PARAGRAPH, BlockKind.BULLET})
_FIRST = frozenset({"i", "we", "my", "our", "us", "me"})
_HEAD = 3  # sentences: the title, a dateline, who speaks
_NEAR = 80  # characters between a title or a closing formula and the name of who speaks
_ENOUGH = 3  # sentences in the first person outside quotations; a report quotes them, a speech consists of them
_QUESTIONS = 2  # paragraphs that only ask make an interview


class Speaker(NamedTuple):
    """Who speaks, and the characters [start, end) that name them."""

    refs: tuple[Ref, ...]
    start: int
    end: int


class Speech:
    """Who speaks in a text of one voice, and which of its sentences are not his: the questions he is asked.

    `answering` is who answers in a transcript whose labels name nobody ("Q", "A").
    """

    def __init__(self, text: References) -> None:
        self.quotes = Quotes(text.document, text.doc)
        self._asking = _questions(text)
        self._first, self._last = 0, _closing(text)
        self.answering = _titled(text) or interviewed(text)
        body = [s for s in text.sentences if text.block(s[0]) in _READ and not self._asks(s.start_char)]
        self.who = _we(text, body) or self._one_voice(text, body)

    def _one_voice(self, text: References, body: list[Span]) -> Speaker | None:
        own = [s for s in body if any(t.lower_ in _FIRST and t.text != "US" and self.quotes.of(t.i) is None for t in s)]
        if len(own) < _ENOUGH:
            return None
        asked = len(self._asking) >= _QUESTIONS
        mostly = 2 * len(own) >= len(body) or (asked and _INTERVIEW.search(text.document.text[: body[0].start_char]))
        who = _titled(text) or (_signed(text) if mostly else None)
        if who is None and mostly and asked:
            who, self._first = interviewed(text), self._asking[0][0]
        return who

    def says(self, sent: Span) -> bool:
        """Whether a sentence is said by the one voice of the text."""
        return self.who is not None and self._first <= sent.start_char < self._last and not self._asks(sent.start_char)

    def _asks(self, at: int) -> bool:
        return any(a <= at < b for a, b in self._asking)


def role(label: str) -> str:
    """The first word of a transcript's label, without its number: "Q1", "REPORTER (Example)" -> "q", "reporter"."""
    return label.strip().split(" ", 1)[0].strip(":.").rstrip("0123456789").lower()


def label_above(text: References, at: int) -> Block | None:
    """The label of a transcript that stands last before a character: who speaks there."""
    return next((b for b in reversed(text.document.blocks) if b.kind is BlockKind.SPEAKER and b.end <= at), None)


def voice_at(text: References, token: Token) -> Ref | None:
    """The person in whose words a token stands: of a label above, or of a text in the first person."""
    speech = text.speech
    if text.block(token) is BlockKind.SPEECH:
        label = label_above(text, token.idx)
        words = text.document.text[label.start : label.end] if label is not None else ""
        if role(words) in ANSWERING:
            return speech.answering.refs[0] if speech.answering is not None else None
        return _labelled(text, words)
    alone = speech.who is not None and len(speech.who.refs) == 1 and speech.quotes.of(token.i) is None
    return speech.who.refs[0] if alone and speech.who is not None and speech.says(token.sent) else None


def _labelled(text: References, label: str) -> Ref | None:
    """The person whose surname the label of a transcript ends with: "Minister Doe", "MR. SEO" (Seo Dong-min)."""
    surname = label.strip(" :.").casefold().split()[-1:]
    names = {m.entity: text.entities[m.entity].label.casefold().split() for m in text.person_at.values()}
    last = next((p for p, name in names.items() if name[-1:] == surname), None)
    return last or next((p for p, name in names.items() if name[:1] == surname), None)


def _we(text: References, body: list[Span]) -> Speaker | None:
    """Who speaks jointly in a text that opens "We, Jane Doe, minister of ..., and John Roe, ..., met"."""
    if not body or [t.lower_ for t in body[0] if not t.is_space][:2] != ["we", ","]:
        return None
    first = body[0]
    main = next((t for t in first if t.tag_ in {"VBD", "VBP"} and t.i > first.start), first.root)
    inside = [m for m in text.mentions.mentions if first.start_char <= m.start < main.idx]
    people = [m for m in inside if text.kind(m.entity) is EntityKind.PERSON]
    refs = tuple(dict.fromkeys(m.entity for m in people))
    return Speaker(refs, people[0].start, people[-1].end) if refs else None


def _questions(text: References) -> list[tuple[int, int]]:
    """The paragraphs that ask and do nothing else; of an interview whose questions have a sign each, all of these."""
    blocks = [b for b in text.document.blocks if b.kind in {*_READ, BlockKind.SUBHEAD}]
    asking = [b for b in blocks if text.document.text[b.start : b.end].rstrip().endswith("?")]
    signed = [b for b in blocks if b.kind is BlockKind.BULLET]
    signed_asking = sum(b.kind is BlockKind.BULLET for b in asking)
    most = signed_asking >= _QUESTIONS and 2 * signed_asking > len(signed)
    return [(b.start, b.end) for b in blocks if b in asking or (most and b.kind is BlockKind.BULLET)]


def _titled(text: References) -> Speaker | None:
    """Who is named in a title such as "Remarks by Jane Doe"."""
    last = text.sentences[:_HEAD][-1].end_char if text.sentences else 0
    title = _TITLE.search(text.document.text[:last])
    if title is None:
        return None
    end = _OCCASION.search(text.document.text, title.end(), title.end() + _NEAR)  # not whom she met before
    return _named(text, title.end(), end.start() if end is not None else title.end() + _NEAR)


def _signed(text: References) -> Speaker | None:
    """Who signs a letter: the name after "Yours sincerely"."""
    end = _closing(text)
    return _named(text, end, end + 2 * _NEAR) if end < len(text.document.text) else None


def _closing(text: References) -> int:
    """Where a letter closes, or the end of the text."""
    return max((m.start() for m in _SIGNED.finditer(text.document.text)), default=len(text.document.text))


def interviewed(text: References) -> Speaker | None:
    """Who answers in an interview: the first person named."""
    return _named(text, 0, len(text.document.text))


def _named(text: References, start: int, end: int) -> Speaker | None:
    kinds = {EntityKind.PERSON} if start == 0 else {EntityKind.PERSON, EntityKind.ORGANIZATION}
    found: Mention | None = next(
        (m for m in text.mentions.mentions if start <= m.start < end and text.kind(m.entity) in kinds), None
    )
    return Speaker((found.entity,), found.start, found.end) if found is not None else None
