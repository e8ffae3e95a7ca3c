"""Reports by a state of mind or a name: "is adamant that", "his line is that", "came the reply from", "Doe: ..."."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import EntityKind
from kg.stages.relate.quotes import MARKS
from kg.stages.relate.statements.verbs import READINGS, Report

if TYPE_CHECKING:
    from kg.stages.relate.text import Text
    from kg.tokens import Span, Token

_MINDS = frozenset({"adamant", "convinced", "confident", "optimistic", "pessimistic", "sure", "certain", "hopeful",
                    "worried", "afraid", "proud", "sceptical", "skeptical", "clear", "insistent"})  # fmt: skip
_STATES = frozenset({"be", "remain", "feel", "seem", "sound"})
_LINES = frozenset({"line", "position", "stance", "view", "message", "argument", "answer", "explanation", "point",
                    "conclusion", "hope", "demand", "condition", "verdict", "advice", "theory", "claim", "request",
                    "suggestion", "proposal", "assessment", "prediction", "promise", "wish", "fear", "guess",
                    "impression", "belief", "understanding"})  # fmt: skip
_REPLIES = frozenset({"reply", "answer", "response", "verdict", "warning", "word", "comment", "reaction", "retort"})
_SAID = _LINES | _REPLIES | {"summary", "description", "judgment", "judgement", "conclusion", "remark", "refrain",
                             "motto", "formula", "version", "account"}  # fmt: skip
_HOW = frozenset({"put", "describe", "sum", "characterise", "characterize", "phrase", "see", "view", "summarise",
                  "summarize", "express", "word", "explain", "judge", "rate", "assess", "label"})  # fmt: skip
_WHAT = frozenset({"say", "tell", "add", "write", "answer", "reply", "hear"})
_VIEWS = frozenset({"view", "mind", "opinion", "eyes", "judgment", "judgement", "account", "telling", "reading",
                    "estimate"})  # fmt: skip


def predicates(text: Text, sent: Span) -> list[Report]:
    """The reports of a sentence by a state of mind, a noun or a name, in order."""
    found = [_labelled(text, sent)]
    for token in sent:
        low = token.lower_
        if low in _MINDS:
            found.append(_mind(text, token))
        elif low in _VIEWS and token.head.lower_ in {"in", "by", "to"}:
            found.append(_view(text, sent, token))
        elif low in _REPLIES and token.dep_ in {"nsubj", "attr", "dobj"} and token.head.lemma_ == "come":
            found.append(_reply(text, sent, token))
        elif low in _LINES and token.dep_ == "nsubj" and token.head.lemma_ == "be":
            found.append(_line(text, token))
        elif low == "all" and token.dep_ in {"attr", "nsubj"}:
            found.append(_all(sent, token))
        if token.lemma_ == "be" and token.i > sent.start + 1:
            found.append(_was(text, sent, token))
    return [r for r in found if r is not None]


def _labelled(text: Text, sent: Span) -> Report | None:
    """Reads "Trade Minister Jane Doe: 'We are close.'": a name, a colon, a quotation."""
    colon = next((t for t in sent[:20] if t.text == ":"), None)
    if colon is None or colon.i + 1 >= sent.end or sent.doc[colon.i + 1].text not in MARKS or colon.i == sent.start:
        return None
    name = sent.doc[colon.i - 1]
    known = text.entity(name)
    before = sent[: colon.i - sent.start]
    verb = next((t for t in before if t.pos_ in {"VERB", "AUX"} and t.dep_ in {"ROOT", "ccomp"}), None)
    if verb is not None and verb.lemma_.lower() not in READINGS:  # "Doe shook her head: 'Not yet.'"
        subjects = text.subjects(verb)
        return Report(colon, "nominal", subjects, sent.start, colon.i, [(colon.i + 1, sent.end)]) if subjects else None
    if verb is not None:
        return None
    if known is None or text.kind(known) is not EntityKind.PERSON:  # "Jane Doe, after the talks: 'We are close.'"
        people = (t for t in before if (r := text.entity(t)) is not None and text.kind(r) is EntityKind.PERSON)
        first = next(people, None)
        if first is None:
            return None
        name = first
    return Report(colon, "nominal", [name], sent.start, colon.i, [(colon.i + 1, sent.end)])


def _mind(text: Text, token: Token) -> Report | None:
    """Reads "Doe was adamant that the quota would stay"."""
    verb = token if token.tag_ == "VBN" and token.head.lemma_ not in _STATES else token.head
    clause = next((c for t in (token, verb) for c in t.children if c.dep_ == "ccomp" and c.i > token.i), None)
    negated = any(c.dep_ == "neg" for c in verb.children)
    if clause is None or negated or (verb is not token and verb.lemma_ not in _STATES):
        return None
    subjects = [c for c in verb.children if c.dep_ == "nsubjpass"] or text.subjects(verb)
    if not subjects or any(t.lower_ in {"it", "that", "this"} for t in subjects):
        return None
    first = clause.left_edge.i + (clause.left_edge.lower_ == "that")
    return Report(token, "nominal", subjects, subjects[0].left_edge.i, token.i, [(first, clause.right_edge.i + 1)])


def _line(text: Text, token: Token) -> Report | None:
    """Reads "Tokyo's line is that the tariffs violate the agreement"."""
    clause = next((c for c in token.head.children if c.dep_ in {"ccomp", "xcomp"} and c.i > token.head.i), None)
    owners = [c for c in token.children if c.dep_ == "poss"] + text.prepositions(token, "of", "from")
    if clause is None or not owners:
        return None
    first = clause.left_edge.i + (clause.left_edge.lower_ == "that")
    return Report(token, "nominal", owners, token.i, token.head.i, [(first, clause.right_edge.i + 1)])


def _view(text: Text, sent: Span, token: Token) -> Report | None:
    """Reads "the talks, in Doe's view, were useful"."""
    owners = [c for c in token.children if c.dep_ == "poss"] or text.prepositions(token, "of")
    if not owners:
        return None
    end = next((k for k in range(token.i, sent.end) if sent.doc[k].is_punct), token.i + 1)
    parts = [p for p in ((sent.start, token.head.i), (end, sent.end)) if p[1] - p[0] > 1]
    return Report(token, "nominal", owners, token.head.i, end - 1, parts, around=True)


def _reply(text: Text, sent: Span, token: Token) -> Report | None:
    """Reads "'Not now,' came the reply from Doe"."""
    owners = text.prepositions(token, "from", "of") or [c for c in token.children if c.dep_ == "poss"]
    owners = owners or text.prepositions(token.head, "from")
    if not owners or token.head.i <= sent.start + 1:
        return None
    return Report(token, "nominal", owners, token.head.i, sent.end - 1, [(sent.start, token.head.i)], around=True)


def _was(text: Text, sent: Span, be: Token) -> Report | None:
    """Reads "'Not now,' was her reply", "was the verdict of Doe", "was what Doe said", "was how Doe put it"."""
    doc = sent.doc
    first = next((k + 1 for k in range(be.i - 1, sent.start, -1) if doc[k].text in {";", ":"}), sent.start)
    if not any(t.pos_ in {"NOUN", "PROPN", "VERB", "ADJ", "ADV"} for t in doc[first : be.i]):
        return None
    quoted = doc[be.i - 1].text in MARKS | {","}
    end = next((t.i for t in doc[be.i : sent.end] if t.text == ";"), sent.end)
    words = [t for t in doc[be.i + 1 : end] if t.head.i == be.i or t.head.head.i == be.i]
    owners: list[Token] = []
    for token in words:
        if token.dep_ in {"attr", "nsubj"} and token.lemma_.lower() in _SAID:
            gave = [s for c in token.children if c.dep_ == "relcl" for s in text.subjects(c)]
            owners = [c for c in token.children if c.dep_ == "poss"] or text.prepositions(token, "of", "from", "by")
            owners = owners or [t for t in gave if t.i != token.i]
        elif token.dep_ == "ccomp" and quoted and any(
            (c.lower_ == "how" and token.lemma_ in _HOW) or (c.lower_ == "what" and token.lemma_ in _WHAT)
            for c in token.children
        ):
            owners = [c for c in token.children if c.dep_ == "nsubj"]
        if owners:
            return Report(be, "nominal", owners, be.i, end - 1, [(first, be.i)], around=True)
    return None


def _all(sent: Span, token: Token) -> Report | None:
    """Reads "'Not now,' was all Doe would say"."""
    verb = next((t for t in sent.doc[token.i : sent.end] if t.lemma_ in {"say", "add", "offer"}), None)
    be = sent.doc[token.i - 1]
    if verb is None or be.lemma_ != "be" or be.i <= sent.start + 1:
        return None
    subjects = [c for c in verb.children if c.dep_ == "nsubj" and c.i > token.i]
    return Report(token, "nominal", subjects, be.i, sent.end - 1, [(sent.start, be.i)], around=True)
