"""What a sentence with a date is about: tariffs, talks, terms that last; the words by which deadlines are told."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.lexicon import table
from kg.stages.relate.tariffs.words import is_tariff

if TYPE_CHECKING:
    from kg.stages.relate.text import Text
    from kg.tokens import Span, Token

_WAS_TO = (("was", "to"), ("were", "to"), ("due", "to"), ("due", "on"), ("set", "for"), ("planned", "for"))
_FIRST = frozenset({"originally", "initially", "previously"})
_NEAR = 24  # words before a sentence that tell what it is about


@cache
def words(kind: str) -> frozenset[str]:
    """The words of a class of the list."""
    return frozenset(row[0] for row in table("deadline_words") if row[1] == kind)


def negotiates(text: Text) -> bool:
    """Whether a text is about trade or talks between states: two states and words of negotiation stand in it."""
    return len(text.parties) > 1 and any(
        t.lemma_.lower() in words("topic") | words("deadline") or is_tariff(t) for t in text.doc
    )


def of_event(token: Token) -> bool:
    """A word for talks, a meeting, a visit."""
    return token.lemma_.lower() in words("event")


def lasts(text: Text, sent: Span, verb: Token) -> bool:
    """As in "the arrangement runs until Nov. 19", "until July goods stay at 25 percent"; no talks, no person's stay."""
    subject = next(iter(text.subjects(verb)), None) or next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
    if subject is None or subject.ent_type_ == "PERSON" or text.office(subject) is not None:
        return False
    if subject.lower_ in {"it", "they", "this"}:  # "The act was extended. It runs until December 31."
        before = text.doc[max(0, sent.start - _NEAR) : sent.end]
        return any(_is_rate(t) or t.lemma_.lower() in words("term") for t in before)
    if subject.pos_ == "PROPN" and text.entity(subject) is None:  # "AGOA runs to 30 September"
        return True
    rated = any(_is_rate(t) or t.lower_ == "rate" for t in sent)
    return subject.lemma_.lower() in words("term") or is_tariff(subject) or rated


def _is_rate(token: Token) -> bool:
    """A tariff, or the sign of its rate; "25 per cent" too."""
    return is_tariff(token) or token.lower_ in {"percent", "%", "cent"}


def taxes(text: Text, sent: Span, verb: Token) -> bool:
    """As in "the 25 percent that would have applied from Friday", "the tariffs return on Monday"."""
    subjects = [c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}] or text.subjects(verb)
    if any(_of_tariff(c) for c in subjects):
        return True
    main = verb.head if verb.dep_ == "xcomp" and verb.tag_ == "VBG" else verb  # "will stop levying"
    ahead_of = any(c.dep_ == "aux" and c.lower_ in {"will", "would", "to", "'ll", "’ll"} for c in main.children)
    ahead_of = ahead_of and verb.lemma_ != "go"  # "will go to Rome"
    taxed = any(is_tariff(c) or c.lower_ in {"rate", "rates"} or c.lemma_.lower() in words("burden") for c in subjects)
    return taxed or (ahead_of and any(_is_rate(t) or t.lemma_.lower() in words("burden") for t in sent))


def moves_tariff(text: Text, sent: Span, verb: Token) -> bool:
    """As in "push the date back to July 9", "the tariff was deferred to Aug. 7"; a meeting put off to May is none."""
    moved = _moved(text, verb)
    if any(_of_tariff(t) for t in moved):
        return True
    moved += [verb.head] if verb.dep_ == "relcl" else []  # "a date that was then moved to July 7"
    if any(t.lemma_.lower() in {"date", "start", *words("deadline")} or is_tariff(t) for t in moved):
        return True
    return any(t.lower_ in {"it", "this", "that", "them"} for t in moved) and any(_is_rate(t) for t in sent)


def moves_event(text: Text, sent: Span, verb: Token) -> bool:
    """As in "the vote has been put off until January": what is moved is no tariff and no term."""
    if verb.lemma_.lower() not in words("moving"):
        return False
    moved = _moved(text, verb)
    if any(t.pos_ == "PRON" for t in moved):  # "where a vote was due, has put it off"
        moved = [t for t in sent if t.i < verb.i and t.pos_ == "NOUN"]
    lemmas = {t.lemma_.lower() for t in moved}
    tariffs = any(is_tariff(t) or _of_tariff(t) for t in moved)
    return not tariffs and bool(lemmas & words("event")) and not lemmas & (words("term") | words("deadline"))


def term_ends(text: Text, verb: Token | None) -> bool:
    """As in "the safeguard ends on 30 June": a term, not talks or a visit."""
    if verb is None or verb.lemma_.lower() not in words("closing") or verb.tag_ in {"VBD", "VBN"}:
        return False
    return any(t.lemma_.lower() in words("term") | words("pausing") or is_tariff(t) for t in text.subjects(verb))


def retroactive(sent: Span, i: int) -> bool:
    """Whether something holds from a day backwards: "with retroactive effect from November 14"."""
    return any(t.lemma_.lower().startswith(("retroactiv", "backdat", "retrospectiv")) for t in sent if i - 6 < t.i < i)


def put_off(sent: Span, i: int) -> bool:
    """Whether a day at a token is the one that a sentence says is no more: "which was to begin on 7 July, was delayed".

    The verb of moving stands behind it, and what was to be on it is told in the past.
    """
    before = [t.lower_ for t in sent if i - 9 < t.i < i]
    planned = any(pair in pairwise(before) for pair in _WAS_TO) or bool(_FIRST & set(before))
    behind = [t for t in sent if t.i > i and t.tag_ in {"VBN", "VBD"}]
    moved = any(t.lemma_.lower() in words("moving") | words("calling off") for t in behind)
    return planned and moved


def threatened(before: list[Token], preposition: str | None) -> bool:
    """As in "the threat is 50% on all goods, from 9 July", "25 percent on apples (announced for August 4)"."""
    if [t.lower_ for t in before[-2:]] == ["announced", "for"]:
        return True
    rated = any(_is_rate(t) for t in before)
    return preposition == "from" and rated and any(t.lemma_.lower() in {"threat", "threaten"} for t in before)


def _moved(text: Text, verb: Token) -> list[Token]:
    """What a verb moves: its objects, or its subject in the passive."""
    return [*text.objects(verb), *(c for c in verb.children if c.dep_ == "nsubjpass")]


def _of_tariff(token: Token) -> bool:
    """As in "the increase in duties", "collection of the levy"."""
    return token.lemma_.lower() in words("levying") and any(is_tariff(t) for t in token.subtree if t.i > token.i)
