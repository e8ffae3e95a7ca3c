"""Reports without a verb of saying: "according to", "in the words of", "was the word he used", "it was his idea to"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import EntityKind
from kg.stages.relate.quotes import MARKS
from kg.stages.relate.statements.content import narrated
from kg.stages.relate.statements.verbs import Report

if TYPE_CHECKING:
    from kg.stages.relate.text import Text
    from kg.tokens import Span, Token

_WORDS = frozenset({"word", "words", "term", "adjective", "phrase", "expression", "description", "label", "verdict"})
_IDEAS = frozenset({"idea", "proposal", "suggestion", "offer", "message", "demand", "request", "view", "claim",
                    "argument", "warning", "promise", "assessment"})  # fmt: skip
_PUT = frozenset({"put", "see", "tell", "have", "describe", "phrase"})
_LAID_OUT = frozenset({"describe", "outline", "issue", "present", "publish", "release", "draft", "unveil", "propose",
                       "reveal", "announce", "prepare", "detail", "circulate"})  # fmt: skip
_USED = frozenset({"use", "choose", "pick", "find", "have", "offer", "apply"})


def nominal(text: Text, sent: Span) -> list[Report]:
    """The reports of a sentence that have no verb of saying, in order."""
    found = []
    for token in sent:
        low = token.lower_
        if low == "according" and token.i + 1 < sent.end and text.doc[token.i + 1].lower_ == "to":
            report = _according(text, sent, token)
        elif low in _WORDS:
            report = _word(text, sent, token)
        elif token.lemma_ in _PUT and token.i + 1 < sent.end and text.doc[token.i + 1].lower_ == "it":
            report = _put(text, sent, token)
        elif low in _IDEAS:
            report = _idea(text, sent, token)
        elif token.tag_ == "VBN" and token.lemma_ in _LAID_OUT:
            report = _laid_out(sent, token)
        else:
            continue
        if report is not None:
            found.append(report)
    return found


def _according(text: Text, sent: Span, token: Token) -> Report | None:
    """Reads "According to Doe and Roe, ...": the sentence without the phrase."""
    doc, end = sent.doc, token.i + 2
    heads: list[Token] = []
    while end < sent.end:
        here = doc[end]
        known = text.entity(here)
        if here.text in {".", ";"} or here.text in MARKS - {"'", "’"}:
            break
        if here.text == "," and not (heads and _apposition(text, end, sent.end)):
            break
        if known is not None and known in text.entities and text.kind(known) is not EntityKind.PLACE:
            heads = [here, *(h for h in heads if _worth(text, h) > _worth(text, here))]
        end += 1
    noun = next((p for c in doc[token.i : end] if c.lower_ == "to" for p in c.children if p.dep_ == "pobj"), None)
    if noun is not None and (not heads or _names_itself(text, noun) or (
        _worth(text, heads[0]) < 2 and noun.pos_ == "NOUN")):  # fmt: skip
        heads = [noun]
    if not heads:
        return None
    best = [heads[0]]
    report = Report(token, "according", best, token.i, end - 1, around=True)
    parts = [(sent.start, token.i)]
    if end + 1 >= sent.end and token.i == sent.start:  # the parse took what is said for an apposition
        end = next((t.i for t in doc[token.i : sent.end] if t.text == ","), end)
        report.last = end - 1
    if token.i == sent.start or end + 1 >= sent.end or not narrated(sent.doc[end + 1]):
        parts.append((end, sent.end))
    report.content = [r for r in parts if r[1] - r[0] > 1]
    return report if report.content else None


def _names_itself(text: Text, noun: Token) -> bool:
    """Whether a phrase tells its speaker before anybody else is named: "Jane Doe, spokesman for", "an aide to Doe"."""
    known = text.entity(noun)
    kind = text.kind(known) if known is not None else EntityKind.SOURCE
    if kind is EntityKind.PERSON:
        return True
    unnamed = kind is EntityKind.SOURCE and any(c.lower_ in {"a", "an", "one", "another"} for c in noun.children)
    return unnamed and not any(c.dep_ == "appos" for c in noun.children)


def _worth(text: Text, token: Token) -> int:
    known = text.entity(token)
    kind = text.kind(known) if known is not None else None
    return 3 if kind is EntityKind.PERSON else 2 if kind in {EntityKind.ORGANIZATION, EntityKind.SOURCE} else 1


def _apposition(text: Text, comma: int, end: int) -> bool:
    """Whether a comma stands inside the naming of a source: "to Doe, the trade minister, ...", "to his aide, Doe"."""
    if comma + 1 >= end:
        return False
    token = text.doc[comma + 1]
    head = token.head
    return token.dep_ == "appos" or text.office(token) is not None or (head.i > token.i and head.dep_ == "appos")


def _word(text: Text, sent: Span, token: Token) -> Report | None:
    """Reads "Satisfied was the word Doe used for the outcome", "in the words of Doe", "in Doe's words"."""
    verb = next((c for c in token.children if c.dep_ in {"relcl", "acl"} and c.lemma_ in _USED), None)
    if verb is not None:
        subjects = text.subjects(verb)
        return Report(verb, "nominal", subjects, token.i, token.i, [(sent.start, sent.end)]) if subjects else None
    if token.lower_ == "words" and token.head.lower_ == "in" and token.head.dep_ == "prep":
        owners = [c for c in token.children if c.dep_ == "poss"] or text.prepositions(token, "of")
        last = next((k - 1 for k in range(token.i, sent.end) if sent.doc[k].text == ","), token.right_edge.i)
        if owners:
            rest = [r for r in ((sent.start, token.head.i), (last + 1, sent.end)) if r[1] > r[0] + 1]
            return Report(token, "nominal", owners, token.head.i, last, rest, around=True)
    return None


def _laid_out(sent: Span, verb: Token) -> Report | None:
    """Reads "Under an outline described by officials, the rate would fall": what follows is theirs."""
    agent = next((c for c in verb.children if c.dep_ == "agent"), None)
    opening = verb.head.head
    if verb.dep_ != "acl" or agent is None or opening.dep_ != "prep" or opening.i > sent.start + 1:
        return None
    heads = [p for p in agent.children if p.dep_ == "pobj"]
    comma = next((t.i for t in sent.doc[agent.i : sent.end] if t.text == ","), None)
    if comma is None or not heads or opening.lower_ not in {"under", "in", "on", "according", "per", "by"}:
        return None
    return Report(verb, "nominal", heads, opening.i, comma, [(comma + 1, sent.end)], around=True)


def _put(text: Text, sent: Span, verb: Token) -> Report | None:
    """Reads "as Doe put it, ...", "as Doe sees it"."""
    mark = next((c for c in verb.children if c.lower_ == "as"), None)
    if mark is None:
        return None
    parts = [p for p in ((sent.start, mark.i), (verb.i + 2, sent.end)) if p[1] - p[0] > 1]
    return Report(verb, "nominal", text.subjects(verb), mark.i, verb.i + 1, parts, around=True)


def _idea(text: Text, sent: Span, token: Token) -> Report | None:
    """Reads "It had been Doe's idea to resume the talks", "a message from Roe was delivered: Tokyo would like ..."."""
    owners = [c for c in token.children if c.dep_ == "poss"]
    if token.dep_ == "attr" and token.head.lemma_ == "be" and owners and any(
        c.dep_ in {"advcl", "xcomp", "acl", "ccomp"} for t in (token, token.head) for c in t.children
    ):
        return Report(token, "nominal", owners, token.i, token.i, [(sent.start, sent.end)])
    named = next((c for c in token.children if c.dep_ == "appos" and c.i > token.i), None)
    if owners and named is not None and token.dep_ in {"nsubj", "nsubjpass"}:  # "his offer, a quota, fell short"
        content = (named.left_edge.i, named.right_edge.i + 1)
        return Report(token, "nominal", owners, owners[0].left_edge.i, token.i, [content])
    colon = next((k for k in range(token.i, sent.end - 1) if sent.doc[k].text == ":"), None)
    if token.dep_ in {"nsubj", "nsubjpass", "dobj"} and colon is not None:
        senders = text.prepositions(token, "from", "by") or owners
        deliverers = text.subjects(token.head) if token.dep_ != "nsubj" else []
        deputies = [t for s in senders for t in s.children if t.dep_ == "poss" and t.lower_ in {"his", "her"}]
        speakers = deliverers or deputies or senders
        if speakers:
            return Report(token, "nominal", speakers, token.i, colon, [(colon + 1, sent.end)])
    return None
