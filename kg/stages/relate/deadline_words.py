"""What a sentence with a date is about: tariffs, talks, terms that last; the words by which deadlines are told."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from kg.lexicon import table
from kg.stages.relate.tariffs.words import is_tariff

if TYPE_CHECKING:
    from kg.stages.relate.text import Text
    from kg.tokens import Span, Token

_NEAR = 24  # words before a sentence that tell what it is about


@cache
def words(kind: str) -> frozenset[str]:
    """The words of a class of the list."""
    return frozenset(row[0] for row in table("deadline_words") if row[1] == kind)


def negotiates(text: Text) -> bool:
    """Whether a text is about trade or talks between states: two states and words of negotiation stand in it."""
    return len(text.parties) > 1 and any(t.lemma_.lower() in words("topic") or is_tariff(t) for t in text.doc)


def relevant(sent: Span) -> bool:
    """Whether a sentence is about what states negotiate, or about rates."""
    before = sent.doc[max(0, sent.start - _NEAR) : sent.start]
    return any(t.lemma_.lower() in words("topic") or _is_rate(t) for part in (sent, before) for t in part)


def lasts(text: Text, sent: Span, verb: Token) -> bool:
    """As in "the arrangement runs until Nov. 19", "until July goods stay at 25 percent"; no talks, no person's stay."""
    subject = next(iter(text.subjects(verb)), None) or next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
    if subject is None or subject.ent_type_ == "PERSON" or text.office(subject) is not None:
        return False
    if subject.lower_ in {"it", "they", "this"}:  # "The act was extended. It runs until December 31."
        before = text.doc[max(0, sent.start - _NEAR) : sent.end]
        return any(_is_rate(t) or t.lemma_.lower() in words("term") for t in before)
    return subject.lemma_.lower() in words("term") or is_tariff(subject) or any(_is_rate(t) for t in sent)


def _is_rate(token: Token) -> bool:
    """A tariff, or the sign of its rate; "25 per cent" too."""
    return is_tariff(token) or token.lower_ in {"percent", "%", "cent"}


def taxes(text: Text, sent: Span, verb: Token) -> bool:
    """As in "the 25 percent that would have applied from Friday", "the tariffs return on Monday"."""
    subjects = [c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}] or text.subjects(verb)
    main = verb.head if verb.dep_ == "xcomp" and verb.tag_ == "VBG" else verb  # "will stop levying"
    ahead_of = any(c.dep_ == "aux" and c.lower_ in {"will", "would", "to", "'ll", "’ll"} for c in main.children)
    ahead_of = ahead_of and verb.lemma_ != "go"  # "will go to Rome"
    taxed = any(is_tariff(c) or c.lower_ == "rate" for c in subjects)
    return taxed or (ahead_of and any(_is_rate(t) for t in sent))


def moves_tariff(text: Text, sent: Span, verb: Token) -> bool:
    """As in "push the date back to July 9", "the tariff was deferred to Aug. 7"; a meeting put off to May is none."""
    moved = text.objects(verb)
    if any(t.lemma_.lower() in {"date", "start", *words("deadline")} or is_tariff(t) for t in moved):
        return relevant(sent)
    return any(t.lower_ in {"it", "this", "that", "them"} for t in moved) and any(_is_rate(t) for t in sent)
