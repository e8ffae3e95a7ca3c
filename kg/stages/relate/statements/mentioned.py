"""Events and tariffs that a statement speaks of without telling them: "called the talks useful", "the rate is high"."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from kg.lexicon import table
from kg.model import EVENTS, Claim, FactKind, Ref

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.stages.relate.text import Text
    from kg.tokens import Span, Token

_EVENTS = {row[0]: FactKind(row[1]) for row in table("event_words") if len(row) > 2 and row[2] in {"noun", "vague"}}
_TARIFFS = frozenset({"tariff", "rate", "duty", "levy", "surcharge", "tax", "increase"})
_PERCENT = frozenset({"%", "percent", "pct"})
_TALKS = frozenset({FactKind.MEETING, FactKind.ROUND, FactKind.SUMMIT, FactKind.CALL})
_VAGUE = frozenset({"talk", "exchange", "conversation", "discussion", "negotiation", "dialogue", "consultation",
                    "encounter", "contact", "tone", "atmosphere"})  # fmt: skip
_SIGNED = frozenset({"agreement", "accord", "pact", "treaty"})  # what a signing told before gave
_NAMED = frozenset({*_EVENTS, *_TARIFFS, *_PERCENT, *_VAGUE, *_SIGNED})
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "their", "his", "her", "its", "our",
                       "such", "neither", "both"})  # fmt: skip
# How talks went: said by who took part, it is said of the talks told last.
_COURSE = frozenset({"progress", "headway", "breakthrough", "constructive", "productive", "fruitful", "businesslike",
                     "candid", "frank", "cordial", "substantive"})  # fmt: skip
_JUDGING = frozenset({"call", "describe", "characterise", "characterize", "term", "hail", "praise"})
# What befalls talks and tariffs that "it", "they" take up: "it will be rearranged", "they stay until".
_OF_EVENTS = frozenset({"rearrange", "reschedule", "postpone", "delay", "last", "resume", "happen", "schedule"})
_OF_TARIFFS = frozenset({"apply", "stay", "remain", "suspend", "lift", "hit", "hurt", "cost", "impose", "expire"})
_TAKEN_UP = frozenset({"it", "this", "that", "they", "these"})
_PAIRS = frozenset({"two", "side", "leader", "minister", "president", "both", "they", "delegation", "pair", "team"})
_IN_TALKS = frozenset({"agree", "discuss", "review", "exchange", "explore", "settle", "cover", "disagree", "decide"})
_NEAR = 500  # characters before a sentence in which its talks are told
_AHEAD = frozenset({"Planned", "Sought"})


def told_before(text: Text, claims: Sequence[Claim], content: list[tuple[int, int]], here: Sequence[Claim],
                speakers: Sequence[Ref]) -> list[Claim]:  # fmt: skip
    """What was told before the first definite event noun, and the first definite tariff noun, of what is said.

    Of several it is the last that the speakers or their states have a part in; of tariffs all of its sentence. `here`
    are the facts told in the words themselves: where these have an event or a tariff, none is sought.
    """
    nouns = [t for a, b in content for t in text.doc[a:b] if _definite(t)]
    states = {text.state(r) for r in speakers if r in text.entities} | set(speakers)
    found = []
    for family in (EVENTS, frozenset({FactKind.TARIFF})):
        noun = next((t for t in nouns if _kinds(t) & family), None)
        if noun is None or any(c.kind in family for c in here):
            continue
        before = [c for c in claims if c.kind in _kinds(noun) and c.evidence.words[0] < noun.idx]
        if any(c.lower_ == "next" for c in noun.children):
            before = [c for c in before if any(a.property == "status" and a.value in _AHEAD for a in c.assertions)]
        firm = [c for c in before if not c.anaphoric] or before
        rate = _rate(noun)
        if rate is not None:
            firm = [c for c in firm if any(a.property == "rate" and a.value == rate for a in c.assertions)]
        ours = [c for c in firm if any(a.value in states for a in c.assertions if isinstance(a.value, Ref))] or firm
        last = max(ours, key=lambda c: c.evidence.words, default=None)
        if last is not None and FactKind.TARIFF in family and noun.tag_ == "NNS":  # "the tariffs" of one sentence
            found += [c for c in ours if c.evidence.start == last.evidence.start]
        elif last is not None:
            found.append(last)
    return found


def taken_up(text: Text, claims: Sequence[Claim], content: list[tuple[int, int]], here: Sequence[Claim]) -> list[Claim]:
    """What the sentence before told, where what is said goes on with it: "they stay until", "the two agreed to".

    "It" is a meeting or a tariff only beside a verb that says what becomes of one: it may be a state as well.
    """
    if not content or any(c.kind in EVENTS or c.kind is FactKind.TARIFF for c in here):
        return []
    said = [t for a, b in content for t in text.doc[a:b]]
    first = said[0].sent.start
    before = text.doc[first - 1].sent.start_char if first else 0
    near = [c for c in claims if before <= c.evidence.words[0] < said[0].idx]
    for subject in (t for t in said if t.dep_ in {"nsubj", "nsubjpass"} and t.head.i >= said[0].i):
        verb, taken = subject.head, subject.lower_ in _TAKEN_UP
        if taken and verb.lemma_ in _OF_TARIFFS and (found := [c for c in near if c.kind is FactKind.TARIFF]):
            return [c for c in found if c.evidence.start == found[-1].evidence.start] if _many(subject) else found[-1:]
        if taken and verb.lemma_ in _OF_EVENTS and (found := [c for c in near if c.kind in EVENTS]):
            return found[-1:]
        if subject.lemma_.lower() in _PAIRS and _many(subject) and verb.lemma_ in _IN_TALKS and _past(verb):
            return [c for c in near if c.kind in _TALKS and "Held" in _values(c)][-1:]
    return []


def _many(subject: Token) -> bool:
    return subject.lower_ in {"they", "these", "two", "both"} or subject.tag_ == "NNS"


def _past(verb: Token) -> bool:
    """Whether a verb tells what was done: "agreed", "have agreed"."""
    supposed = any(c.dep_ == "mark" for c in verb.children)  # "if they have not agreed by May"
    return not supposed and (verb.tag_ == "VBD" or any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children))


def framing(text: Text, claims: Sequence[Claim], sent: Span, verb: Token, content: list[tuple[int, int]],
            speakers: Sequence[Ref]) -> list[Claim]:  # fmt: skip
    """The held talks in which something was said: told beside it ("by telephone he thanked"), or right before.

    "He told the minister that" was said when the two talked last; "we came away with", or what somebody says right
    behind a sentence that has him meet, is of these talks.
    """
    ours = {r for s in speakers for r in (s, text.state(s) if s in text.entities else None) if r is not None}
    held = [c for c in claims if c.kind in EVENTS and _values(c) & {"Held"} and _values(c) & ours]
    spans = [(text.doc[a].idx, text.doc[b - 1].idx) for a, b in content if b > a]
    beside = [c for c in held if sent.start_char <= c.evidence.words[0] < sent.end_char
              and not any(a <= c.evidence.words[0] <= b for a, b in spans)]  # fmt: skip
    if beside:
        return beside[-1:]
    near = [c for c in held if sent.start_char - _NEAR <= c.evidence.words[0] < sent.start_char]
    heads = [c for c in verb.children if c.dep_ in {"dobj", "dative"} and c.i > verb.i]
    heard = {r for c in heads for a in text.actors(c) for r in (a.ref, text.state(a.ref))} - ours - {None}
    to_them = [c for c in near if _values(c) & heard]
    if not to_them and (any(_of_talks(text.doc[a:b]) for a, b in content) or _calls_it(verb)):
        to_them = near
    before = text.doc[sent.start - 1].sent.start_char if sent.start else 0
    there = [c for c in near if c.evidence.words[0] >= before and _took_part(c, speakers)]
    return to_them[-1:] or there[-1:]


def _took_part(claim: Claim, speakers: Sequence[Ref]) -> bool:
    return any(a.property == "participant" and a.value in speakers for a in claim.assertions)


def _values(claim: Claim) -> set[object]:
    return {a.value for a in claim.assertions}


def _of_talks(said: Span) -> bool:
    """Whether words tell what came of talks, or what "we" did: "progress was made", "we left with a clear view"."""
    if any(t.lemma_.lower() in _COURSE and t.dep_ != "compound" for t in said):
        return True
    return any(t.lower_ == "we" and t.dep_ == "nsubj" and t.head.tag_ == "VBD" for t in said)


def _calls_it(verb: Token) -> bool:
    """Whether somebody judges what was told before: "called it constructive"."""
    return verb.lemma_ in _JUDGING and any(c.lower_ in {"it", "them"} and c.i > verb.i for c in verb.children)


def _kinds(noun: Token) -> frozenset[FactKind]:
    lemma = noun.lemma_.lower()
    if lemma in _TARIFFS | _PERCENT:
        return frozenset({FactKind.TARIFF})
    if lemma in _VAGUE:
        return _TALKS
    if lemma in _SIGNED:
        return frozenset({FactKind.SIGNING})
    return frozenset({_EVENTS[lemma], FactKind.ROUND} if lemma in {"meeting", "session"} else {_EVENTS[lemma]}) & EVENTS


def _rate(noun: Token) -> Decimal | None:
    """The number of "the 20% is temporary"."""
    number = next((c.text for c in noun.children if c.dep_ == "nummod" and noun.lemma_.lower() in _PERCENT), None)
    return Decimal(number) if number is not None and re.fullmatch(r"\d+(?:\.\d+)?", number) else None


def _definite(token: Token) -> bool:
    """Whether a noun goes back to what was told: "the talks", "it was a good conversation"."""
    lemma = token.lemma_.lower()
    if lemma in _PERCENT and any(c.dep_ == "nummod" for c in token.children):
        return True
    if token.pos_ != "NOUN" or lemma not in _NAMED or token.dep_ in {"compound", "amod"}:
        return False
    if token.dep_ == "dobj" and token.head.lemma_ in {"have", "hold"} and token.head.tag_ == "VBD":
        doers = (c for c in token.head.children if c.dep_ == "nsubj")  # "we had a good meeting"
        return any(c.lower_ in {"we", "they"} or c.lemma_ == "side" for c in doers)
    if any(c.dep_ == "amod" and c.lemma_.lower() in _COURSE for c in token.children):
        return True  # "spoke of a productive conversation"
    said_of_it = token.dep_ == "attr" and any(c.lower_ in {"it", "this", "that"} for c in token.head.children)
    return said_of_it or any(c.lower_ in _DEFINITE for c in token.children)
