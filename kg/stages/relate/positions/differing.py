"""Two sides that differ: "sharp differences remain over", "the two are at odds over", "still far apart on"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.stages.relate.text import Text
    from kg.tokens import Token

_OVER = ("over", "on", "about", "regarding", "concerning", "as")
_CLOSED = frozenset({"resolve", "bridge", "narrow", "overcome", "settle", "close", "iron", "reduce", "end", "discuss",
                     "reconcile"})  # fmt: skip
_LESS = frozenset({"small", "narrow", "slight"})  # "had become smaller"
_VIEWS = frozenset({"view", "opinion", "position", "interpretation", "stance"})
_UNLIKE = frozenset({"different", "differing", "divergent", "diverging", "opposing", "opposite", "conflicting"})
_DISTANT = frozenset({"far", "wide", "miles", "poles", "worlds", "still"})
_STATES = frozenset({"be", "remain", "stay", "stand", "persist", "exist", "have", "see"})


def differing(text: Text, token: Token, form: str) -> tuple[tuple[Token, ...], tuple[int, int]] | None:
    """Who differs (none: the two sides of the talks) and over which tokens; None where they do not differ."""
    if form == "differs":
        if token.tag_[:2] != "VB" or any(c.dep_ == "neg" for c in token.children):
            return None
        return _over(tuple(text.subjects(token)), token, token)
    if form == "differ":
        return _noun(text, token)
    if form == "divide":
        return _dividing(text, token)
    verb = token
    while verb.head.i != verb.i and verb.pos_ not in {"VERB", "AUX"}:
        verb = verb.head
    if form == "at odds" and text.doc[token.i - 1].lower_ != "at":
        return None
    far = any(c.lower_ in _DISTANT for c in (*token.children, *verb.children))  # "still apart": hung on the verb
    if form == "divided":
        return _over(tuple(text.subjects(verb) or _passive(verb)), token, verb) if token.tag_ in {"VBN", "JJ"} else None
    if form == "sticking":
        return _sticking(text, token, verb)
    if form == "apart" and (verb.lemma_ not in _STATES or not far):
        return None
    return _over(tuple(text.subjects(verb)), token, verb)


def _dividing(text: Text, verb: Token) -> tuple[tuple[Token, ...], tuple[int, int]] | None:
    """What lies between two sides: "what separates Oslo and Tokyo is the price", "fish is what divides them"."""
    what = any(c.dep_ == "nsubj" and c.lower_ == "what" for c in verb.children)
    parted = [c for c in verb.children if c.dep_ == "dobj"]
    be = verb.head
    if not what or not parted or be.lemma_ not in {"be", "remain"}:
        return None
    held = tuple(t for t in parted if t.lower_ != "them" and text.actors(t))
    if verb.dep_ == "csubj":
        return held, (be.i + 1, be.right_edge.i + 1)
    subject = next((c for c in be.children if c.dep_ in {"nsubj", "csubj"}), None)
    return (held, (subject.left_edge.i, subject.right_edge.i + 1)) if subject is not None else None


def _passive(verb: Token) -> list[Token]:
    return [c for c in verb.children if c.dep_ == "nsubjpass"]


def _sticking(text: Text, noun: Token, verb: Token) -> tuple[tuple[Token, ...], tuple[int, int]] | None:
    """What two sides stumble over: "cars remain the main sticking point between Tokyo and Washington"."""
    marked = any(c.lower_ in {"sticking", "stumbling"} for c in noun.children) or noun.lemma_ == "contention"
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    sides = tuple(text.prepositions(noun, "between", "among"))
    if not marked or not sides or subject is None or verb.lemma_ not in {"be", "remain", "prove"}:
        return None
    what = next((c for c in verb.children if c.dep_ == "attr"), None)
    if what is not None and noun.left_edge.i < verb.i:  # "another bone of contention is the road"
        return sides, (what.left_edge.i, what.right_edge.i + 1)
    return sides, (subject.left_edge.i, subject.right_edge.i + 1)


def _noun(text: Text, noun: Token) -> tuple[tuple[Token, ...], tuple[int, int]] | None:
    if noun.lemma_ in _VIEWS and not any(c.dep_ == "amod" and c.lower_ in _UNLIKE for c in noun.children):
        return None  # "hold different views", not any view
    if noun.tag_[:2] != "NN" or (noun.lemma_.lower() == "difference" and noun.tag_ == "NN"):
        return None
    verb = noun.head
    while verb.head.i != verb.i and verb.pos_ not in {"VERB", "AUX"}:
        verb = verb.head
    open_still = any(c.lower_ in {"yet", "not", "fail"} for c in (*verb.children, *verb.head.children, verb.head))
    closed = verb.lemma_ in _CLOSED or any(c.dep_ == "acomp" and c.lemma_ in _LESS for c in verb.children)
    if (closed and not open_still) or any(c.lower_ == "no" for c in noun.children):
        return None
    between = text.prepositions(noun, "between", "among")
    if noun.dep_ == "nsubj" and not between:  # "differences persist between Oslo and Tokyo on quotas"
        between = text.prepositions(verb, "between", "among")
    if noun.lemma_ in _VIEWS or any(c.lower_ == "their" for c in noun.children):
        between = text.subjects(verb) or between  # "did not narrow their differences"
    holders = tuple(between) or tuple(c for c in noun.children if c.dep_ == "poss")
    return _over(holders, noun, verb)


def _over(holders: tuple[Token, ...], *heads: Token) -> tuple[tuple[Token, ...], tuple[int, int]] | None:
    for head in heads:
        for child in head.children:
            if child.dep_ == "prep" and child.lower_ in _OVER and child.i > head.i:
                return holders, (child.i + 1, child.right_edge.i + 1)
    second = (h for t in holders for h in (t, *(c for c in t.children if c.dep_ == "conj")))
    for child in (c for t in second for c in t.children if c.dep_ == "prep" and c.lower_ in _OVER):
        return holders, (child.i + 1, child.right_edge.i + 1)  # hung on the second side
    return None
