"""The noun phrases of a text that can be what talks are about: "tariffs", "nuclear programme", "free trade deal"."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from kg.lexicon import members
from kg.model import BlockKind

if TYPE_CHECKING:
    from kg.stages.relate.text import Text
    from kg.tokens import Token

_MODIFIERS = frozenset({"compound", "amod", "nmod", "punct", "conj", "cc"})
_LONGEST = 5  # words before the noun
_LEAD = 2  # what a word of the headline or the first paragraph weighs more than another
_COMPLEMENTS = frozenset({"on", "of", "over"})
_TAIL = 5  # words of "on steel and aluminum"


class Phrase(NamedTuple):
    """Characters of a phrase, and its telling words."""

    start: int
    end: int
    words: frozenset[str]


def phrases(text: Text) -> list[Phrase]:
    """All such phrases in order of the text."""
    found: list[Phrase] = []
    offices = [(o.start, o.end) for o in text.mentions.offices]  # "the trade commissioner" tells no topic
    for sent in text.sentences:
        for token in sent:
            told = _phrase(text, token)
            if told is not None and not any(start <= told.start < end for start, end in offices):
                found.append(told)
    return found


def leading(text: Text, found: list[Phrase]) -> Phrase | None:
    """The phrase whose words the text uses most; those of the headline and the first paragraph count more."""
    weights: Counter[str] = Counter()
    opening = next((b.end for b in text.document.blocks if b.kind is BlockKind.PARAGRAPH), 0)
    for phrase in found:
        weights.update(dict.fromkeys(phrase.words, 1 + _LEAD * (phrase.start < opening)))
    return max(found, key=lambda p: (sum(weights[w] for w in p.words) / len(p.words) ** 0.5, -p.start), default=None)


def _phrase(text: Text, token: Token) -> Phrase | None:
    """The phrase that ends with a noun, or with the words before an event noun ("tariff talks"); None for others."""
    if token.pos_ not in {"NOUN", "PROPN", "ADJ"} or text.office(token) is not None:
        return None
    lemma, entity = token.lemma_.lower(), text.entity(token)
    subject, head = lemma in members("topics", "subject"), lemma in members("topics", "head")
    below = token.dep_ in {"compound", "amod", "nmod"} and token.head.i > token.i
    if entity is not None or not (subject or head) or (below and not _before_event(token)) or (
        token.pos_ == "ADJ" and not below
    ):  # fmt: skip
        return None
    first = token.i
    while first > token.sent.start and token.i - first < _LONGEST and _goes_on(text, text.doc[first - 1], token):
        first -= 1
    while first < token.i and _vague(text.doc[first]):
        first += 1
    if first == token.i and not subject:
        return None
    last = _end(text, token) if not below else token
    words = (t.lemma_.lower() for t in text.doc[first : token.i + 1] if t.is_alpha)
    return Phrase(text.doc[first].idx, last.idx + len(last), frozenset(words))


def _vague(token: Token) -> bool:
    """Whether a word says nothing of a topic: "new", "largest", "percent"."""
    return token.lower_ in members("topics", "vague") or not token.is_alpha or token.tag_ in {"JJS", "JJR"}


def _before_event(token: Token) -> bool:
    """As in "nuclear talks": the word before the noun of an event, which is the topic by itself."""
    return token.head.lemma_.lower() in members("event_words", "Meeting") | {"round", "negotiation", "talks"}


def _goes_on(text: Text, token: Token, noun: Token) -> bool:
    """Whether a word before a noun belongs to its phrase: "bilateral trade", "Closer Economic"."""
    named = noun.lemma_.lower() in members("topics", "named") and token.text[0].isupper() and token.pos_ == "PROPN"
    inside = token.dep_ in _MODIFIERS and (token.head.i <= noun.i) and token.pos_ in {"NOUN", "PROPN", "ADJ", "PUNCT"}
    known = text.entity(token) is not None or text.office(token) is not None or text.is_time(token)
    return (named or (inside and (token.is_alpha or token.text == "-"))) and not known


def _end(text: Text, token: Token) -> Token:
    """The last word of a phrase with its complement: "tariffs on steel", "exchange of prisoners"."""
    if token.i + 1 >= token.sent.end:
        return token
    link = text.doc[token.i + 1]
    if link.lower_ not in _COMPLEMENTS or link.head != token:
        return token
    things = [c for c in link.children if c.dep_ == "pobj" and not text.is_time(c)]
    plain = [t for thing in things for t in thing.subtree if thing.left_edge.i <= t.i <= thing.i]
    short = plain and len(plain) <= _TAIL and plain[0].i == link.i + 1 and not any(t.pos_ == "PRON" for t in plain)
    return plain[-1] if short else token
