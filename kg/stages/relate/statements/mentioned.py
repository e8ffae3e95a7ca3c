"""Events and tariffs that a statement speaks of without telling them: "called the talks useful", "the rate is high"."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from kg.lexicon import table
from kg.model import EVENTS, Claim, EntityKind, FactKind, Ref

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.stages.relate.text import Text
    from kg.tokens import Span, Token

_EVENTS = {row[0]: FactKind(row[1]) for row in table("event_words") if len(row) > 2 and row[2] in {"noun", "vague"}}
_TARIFFS = frozenset({"tariff", "rate", "duty", "levy", "surcharge", "tax", "increase", "penalty", "measure"})
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
_LASTING = frozenset({"stay", "remain", "apply", "lift", "hurt", "scrap", "remove"})  # of tariffs
_HANDLED = frozenset({"withdraw", "lift", "scrap", "remove", "drop", "impose", "suspend", "lower", "abolish", "cut",
                      "reimpose", "double", "delay", "postpone", "halve", "repeal", "revoke", "introduce"})  # fmt: skip
_HAPPENING = frozenset({"happen", "occur", "proceed"})  # of events, as "take place", "go ahead"
_WILLING = frozenset({"ready", "open", "prepared", "invited"})
_ARRANGED = frozenset({"hold", "plan", "schedule", "cancel", "postpone", "arrange", "expect", "host", "attend"})
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
        if noun.pos_ == "PRON" or noun.lemma_ == "measure":  # "they stay until ...", of the sentence before
            near = _start_before(text, noun.sent)
            before = [c for c in before if near <= c.evidence.words[0]]
        if any(c.lower_ == "next" for c in noun.children):
            before = [c for c in before if any(a.property == "status" and a.value in _AHEAD for a in c.assertions)]
        firm = [c for c in before if not c.anaphoric] or before
        rate = _rate(noun)
        if rate is not None:
            firm = [c for c in firm if any(a.property == "rate" and a.value == rate for a in c.assertions)]
        ours = [c for c in firm if any(a.value in states for a in c.assertions if isinstance(a.value, Ref))] or firm
        last = max(ours, key=lambda c: c.evidence.words, default=None)
        if last is not None and FactKind.TARIFF in family and noun.tag_ in {"NNS", "PRP"}:  # all of a sentence
            found += [c for c in ours if c.evidence.start == last.evidence.start]
        elif last is not None:
            found.append(last)
    return found


def framing(text: Text, claims: Sequence[Claim], sent: Span, verb: Token, content: list[tuple[int, int]],
            speakers: Sequence[Ref]) -> list[Claim]:  # fmt: skip
    """The held talks in which something was said: told beside it ("by telephone he thanked"), or right before.

    "He told the minister that" was said when the two talked last; "we came away with", or what somebody says right
    behind a sentence that has him meet, is of these talks.
    """
    ours = {r for s in speakers for r in (s, text.state(s) if s in text.entities else None) if r is not None}
    ours |= {p for s in speakers if s in text.entities for p in _whose(text, text.entities[s].label)}
    known = any(text.kind(r) is not EntityKind.SOURCE for r in ours if r in text.entities)
    told = [c for c in claims if c.kind in EVENTS and _values(c) & {"Held"}]
    held = [c for c in told if _values(c) & ours or not known]
    spans = [(text.doc[a].idx, text.doc[b - 1].idx) for a, b in content if b > a]
    beside = [c for c in held if sent.start_char <= c.evidence.words[0] < sent.end_char
              and not any(a <= c.evidence.words[0] <= b for a, b in spans)]  # fmt: skip
    if beside and known:
        return beside[-1:]
    near = [c for c in held if sent.start_char - _NEAR <= c.evidence.words[0] < sent.start_char]
    heads = [c for c in verb.children if c.dep_ in {"dobj", "dative"} and c.i > verb.i]
    heard = {r for c in heads for a in text.actors(c) for r in (a.ref, text.state(a.ref))} - ours - {None}
    to_them = [c for c in near if _values(c) & heard]
    if not to_them and (any(_of_talks(text.doc[a:b]) for a, b in content) or _calls_it(verb)):
        to_them = near
    before = _start_before(text, sent)
    to_them = to_them if known else [c for c in to_them if c.evidence.words[0] >= before]
    there = [c for c in near if c.evidence.words[0] >= before and _took_part(c, speakers)]
    return to_them[-1:] or there[-1:] or _of_others(text, told, sent, content)


def _of_others(text: Text, told: Sequence[Claim], sent: Span, content: list[tuple[int, int]]) -> list[Claim]:
    """The talks of which somebody else tells what was said: "Doe met Roe. Roe had stressed his support, an aide said".

    Who does it in the past took part in them; "the sides", "the two" are those of the sentence before.
    """
    near = [c for c in told if sent.start_char - _NEAR <= c.evidence.words[0] < sent.start_char]
    words = (t for a, b in content for t in text.doc[a:b]) if near else ()
    first = next((t for t in words if t.dep_ == "nsubj" and t.head.tag_ in {"VBD", "VBN"} and t.head.i > t.i), None)
    if first is None or any(c.lower_ in {"if", "unless", "will", "would"} for c in first.head.children):
        return []
    if first.lower_ in {"two", "both", "they"} or first.lemma_ in {"side", "leader", "delegation", "party"}:
        return near[-1:]
    doers = [a.ref for a in text.actors(first)]
    return [c for c in near if _took_part(c, doers)][-1:]


def _start_before(text: Text, sent: Span) -> int:
    """Where the sentence before begins."""
    return text.doc[sent.start - 1].sent.start_char if sent.start else 0


def _whose(text: Text, label: str) -> list[Ref]:
    """The persons whose office or spokesman a source is called: "Doe's office"."""
    owned = {word.partition(sign)[0] for word in label.split() for sign in ("'s", "’s") if sign in word}
    return [ref for ref, e in text.entities.items() if e.kind is EntityKind.PERSON and owned & set(e.label.split())]


def _took_part(claim: Claim, speakers: Sequence[Ref]) -> bool:
    return any(a.property == "participant" and a.value in speakers for a in claim.assertions)


def _values(claim: Claim) -> set[object]:
    return {a.value for a in claim.assertions}


def _of_talks(said: Span) -> bool:
    """Whether words tell what came of talks, or what "we" did: "progress was made", "we left with a clear view"."""
    if any(t.lemma_.lower() in _COURSE and t.dep_ != "compound" for t in said):
        return True
    if any(t.lower_ == "it" and t.dep_ == "nsubj" and t.head.lower_ == "lasted" for t in said):
        return True
    sides = any(t.lower_ in {"two", "sides"} and t.dep_ == "nsubj" and t.head.tag_ == "VBD" for t in said)
    return sides or any(t.lower_ == "we" and t.dep_ == "nsubj" and t.head.tag_ == "VBD" for t in said)


def _calls_it(verb: Token) -> bool:
    """Whether somebody judges what was told before: "called it constructive"."""
    return verb.lemma_ in _JUDGING and any(c.lower_ in {"it", "them"} and c.i > verb.i for c in verb.children)


def _kinds(noun: Token) -> frozenset[FactKind]:
    lemma = noun.lemma_.lower()
    if noun.pos_ == "PRON" and (_happens(noun.head) or noun.dep_ == "pobj" or noun.head.lemma_ in _ARRANGED):
        return frozenset(EVENTS)
    if lemma in _TARIFFS | _PERCENT or noun.pos_ == "PRON":
        return frozenset({FactKind.TARIFF})
    if lemma in _VAGUE:
        return _TALKS
    if lemma in _SIGNED:
        return frozenset({FactKind.SIGNING})
    return frozenset({_EVENTS[lemma], FactKind.ROUND} if lemma in {"meeting", "session"} else {_EVENTS[lemma]}) & EVENTS


def _happens(verb: Token) -> bool:
    """Whether a verb tells that an event is to be: "it will take place in May", "go ahead", "be held"."""
    if verb.lemma_ in _HAPPENING or (verb.lemma_ in _ARRANGED and any(c.dep_ == "auxpass" for c in verb.children)):
        return True
    beside = {c.lower_ for c in verb.children if c.i > verb.i}
    return (verb.lemma_ == "take" and "place" in beside) or (verb.lemma_ == "go" and "ahead" in beside)


def _rate(noun: Token) -> Decimal | None:
    """The number of "the 20% is temporary"."""
    number = next((c.text for c in noun.children if c.dep_ == "nummod" and noun.lemma_.lower() in _PERCENT), None)
    return Decimal(number) if number is not None and re.fullmatch(r"\d+(?:\.\d+)?", number) else None


def _definite(token: Token) -> bool:
    """Whether a noun goes back to what was told: "the talks", "it was a good conversation"."""
    lemma = token.lemma_.lower()
    if lemma in _PERCENT and any(c.dep_ == "nummod" for c in token.children):
        return True
    if token.lower_ in {"it", "they", "them"}:  # "they stay until Washington drops its own", "will not withdraw it"
        if token.dep_ == "dobj":
            return token.head.lemma_.lower() in _HANDLED | _ARRANGED
        if token.dep_ == "pobj":  # "is ready for it"
            return token.lower_ == "it" and token.head.lower_ in {"for", "to"} and token.head.head.lower_ in _WILLING
        return token.dep_[:5] == "nsubj" and (token.head.lemma_.lower() in _LASTING or _happens(token.head))
    if token.pos_ != "NOUN" or lemma not in _NAMED or token.dep_ in {"compound", "amod"}:
        return False
    if token.dep_ == "dobj" and token.head.lemma_ in {"have", "hold"} and token.head.tag_ == "VBD":
        doers = (c for c in token.head.children if c.dep_ == "nsubj")  # "we had a good meeting"
        return any(c.lower_ in {"we", "they"} or c.lemma_ == "side" for c in doers)
    if token.dep_ == "ROOT" and token.sent.root == token and any(c.dep_ == "amod" for c in token.children):
        return lemma in _EVENTS or lemma in _VAGUE  # "A very good meeting," Doe wrote
    said_of_it = token.dep_ == "attr" and any(c.lower_ in {"it", "this", "that"} for c in token.head.children)
    return said_of_it or any(c.lower_ in _DEFINITE for c in token.children)
