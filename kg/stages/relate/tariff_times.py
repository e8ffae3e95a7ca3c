"""When a tariff takes effect: which of a sentence's times belongs to it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from kg.stages.relate.tariff_words import RATE_NOUNS, is_tariff, verb_class

if TYPE_CHECKING:

    from kg.model import Time
    from spacy.tokens import Span, Token

    from kg.stages.relate.tariff_frames import Frame
    from kg.stages.relate.tariff_status import Act
    from kg.stages.relate.text import Text

_BEGIN = frozenset({"from", "since", "starting", "beginning", "effective", "as"})
_END = frozenset({"until", "till", "through", "by", "before", "within", "after"})
_TELL = frozenset({"say", "tell", "report", "write", "add", "note", "state", "warn", "sign", "speak", "meet", "post", "ask", "learn",
                   "accuse", "call", "see", "visit", "agree", "reach", "hold", "discuss", "welcome", "condemn", "criticize",
                   "announce", "confirm", "show", "reveal", "publish", "propose", "set", "expire", "lapse", "decide"})  # fmt: skip
_EFFECT = frozenset({"take", "come", "go", "kick", "enter", "start", "begin", "apply", "hit", "be", "impose", "land", "follow", "put",
                     "introduce", "rise", "fall", "drop", "double", "increase"})  # fmt: skip
_CHANGE = frozenset({"increase", "rise", "hike", "imposition", "introduction", "cut", "reduction", "jump", "pause", "start"})


def effective(text: Text, frame: Frame, doing: Act, noun: Token | None, *, own: tuple[int, int]) -> Time | None:
    """The time from which a tariff holds, or on which it was imposed.

    Args:
        text: The document.
        frame: The tariff; its sentence is searched.
        doing: The verb that tells of it.
        noun: The tariff noun.
        own: The tokens that speak of this tariff rather than of the next in a list.
    """
    before = _days_before(text, frame.sent, frame.at)
    if before is not None:
        return before
    verb = doing.verb if doing.kind else None
    best: tuple[int, int, Time] | None = None
    for time in text.times(frame.sent):
        if time.kind not in {"DATE", "TIME"} or time.date is None or time.preposition in _END:
            continue
        span = text.tokens(time.start, time.end)
        if any(text.doc[i].pos_ == "VERB" for i in span):
            continue  # "goods that fall outside the agreement"
        weight = _belongs(text, time, span, verb, noun, frame)
        if own[0] <= span[0] < frame.at.i and own[0] > frame.sent.start and any(
            t.text == "," or t.lower_ in {"and", "but", "while"} for t in text.doc[span[-1] : frame.at.i]
        ):  # fmt: skip
            continue  # of the tariff before it: "10 percent since April 5, and 25 percent on cars since April 3"
        inside = own[0] <= span[0] < own[1] or span[0] < own[0] and frame.rule != "tariff-listed"
        if weight and inside:
            rank = (weight, -abs(span[0] - frame.at.i), time)
            best = rank if best is None or rank[:2] > best[:2] else best
    return best[2] if best else None


def _belongs(text: Text, time: Time, span: range, verb: Token | None, noun: Token | None, frame: Frame) -> int:
    """3 for "from August 7", 2 for a time of the verb, 1 for one beside the tariff, 0 for one of something else."""
    before = text.doc[span[0] - 1] if span[0] > frame.sent.start else None
    head = _head(text, span)
    if time.preposition in {"from", "since", "starting", "beginning", "effective"} or (
        time.preposition in {"as", "of", "on"} and before is not None and _as_of(text, span[0])
    ):  # fmt: skip
        return 0 if head is not None and head.lemma_ in {"expire", "date", "talk", "negotiate"} else 3
    if before is not None and before.lower_ in _BEGIN:
        return 3
    ends = {g.end for g in frame.goods} | ({noun.idx + len(noun)} if noun is not None else set())
    if before is not None and before.idx + len(before) in ends and time.preposition is None:
        return 2
    if head is None:
        return 0
    if noun is not None and (head.i == noun.i or head.lemma_.lower() in _CHANGE):
        return 2
    if verb is not None and head.i == verb.i and head.lemma_ not in {"announce", "propose", "publish", "unveil", "sign", "agree"}:
        return 2
    if head.pos_ in {"VERB", "AUX"} and head.lemma_ not in _TELL and (verb_class(head) or head.lemma_ in _EFFECT):
        return 1 if _speaks_of_tariff(head, noun) or (verb is not None and head.i != verb.i and _near(head, verb)) else 0
    if is_tariff(head) or head.lower_ in RATE_NOUNS:
        return 1
    return 0


def _near(head: Token, verb: Token) -> bool:
    return head.head.i == verb.i and head.dep_ in {"xcomp", "conj", "ccomp"} or verb.head.i == head.i and verb.dep_ in {"xcomp", "ccomp", "conj"}


def _speaks_of_tariff(verb: Token, noun: Token | None) -> bool:
    """ "a tariff of 30 percent that takes effect on Aug. 1", "the tariff imposed in April"."""
    if verb.dep_ in {"relcl", "acl"} and (is_tariff(verb.head) or (noun is not None and verb.head.i == noun.i)):
        return True
    return any(c.dep_ in {"nsubj", "nsubjpass"} and (is_tariff(c) or c.lower_ in {*RATE_NOUNS, "it", "they"}) for c in verb.children)


def _as_of(text: Text, i: int) -> bool:
    words = [t.lower_ for t in text.doc[max(0, i - 2) : i]]
    return words[-2:] in (["as", "of"], ["as", "from"], ["starting", "on"], ["beginning", "on"], ["effective", "on"], ["effective", "from"])


def _head(text: Text, span: range) -> Token | None:
    """The verb or noun that a time hangs on."""
    token = next((text.doc[i] for i in span if text.doc[i].head.i not in span), text.doc[span[0]])
    for _ in range(4):
        if token.head.i == token.i:
            return None
        token = token.head
        if token.pos_ in {"VERB", "AUX"} or is_tariff(token) or (token.pos_ == "NOUN" and token.i not in span):
            return token
    return None


def until(text: Text, sent: Span, doing: Act, noun: Token | None) -> Time | None:
    """The day up to which a tariff or its pause holds: "pay 30 percent until August 12"."""
    for time in text.times(sent):
        if time.preposition in {"until", "till", "through"} and time.date and time.kind == "DATE":
            head = _head(text, text.tokens(time.start, time.end))
            if head is not None and (head.i in {t.i for t in (doing.verb if doing.kind else None, noun) if t is not None}):
                return time
    return None


def starting(text: Text, sent: Span, tariff: Token) -> Time | None:
    """The day on which "it", "the rate" or "the tariff" takes effect, in a sentence that says no more."""
    verb = tariff.head
    inner = [c for c in verb.children if c.dep_ in {"xcomp", "acomp"}]
    verbs = {verb.i, *(c.i for c in inner), *(g.i for c in inner for g in c.children if g.dep_ == "xcomp")}
    lemmas = {text.doc[i].lemma_ for i in verbs}
    holds = "be" in lemmas and any(t.lower_ in {"force", "effect", "place"} for t in text.doc[verb.i : verb.i + 4])
    if not lemmas & _EFFECT - {"be"} and not holds:
        return None
    for time in text.times(sent):
        head = _head(text, text.tokens(time.start, time.end))
        if time.kind == "DATE" and time.date and time.preposition not in _END and head is not None and (
            head.i in verbs or head.lower_ in {"effect", "force"}
        ):  # fmt: skip
            return time
    return None


def _days_before(text: Text, sent: Span, at: Token) -> Time | None:
    """The day meant by "on Thursday, a day before a tariff takes effect"."""
    ahead = text.doc[sent.start : at.i].text
    match = _DAYS_BEFORE.search(ahead)
    named = [t for t in text.times(sent) if t.date is not None and len(t.date) == 10 and t.start < at.idx]
    if match is None or not named:
        return None
    base = named[-1]
    day = (date.fromisoformat(str(base.date)) + timedelta(days=_COUNTS.get(match["n"].lower(), 0))).isoformat()
    start = sent.start_char + match.start()
    return replace(base, start=start, end=sent.start_char + match.end(), value=day, date=day, first=day, last=day, preposition="from")


_COUNTS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
_DAYS_BEFORE = re.compile(r"\b(?P<n>a|one|two|three|four|five) days? before\b[^,;]*$", re.IGNORECASE)
