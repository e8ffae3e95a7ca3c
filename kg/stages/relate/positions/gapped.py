"""A stance whose verb is left out: "Rome wants a long pause, Paris a short one"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.stages.relate.positions.words import Stance

if TYPE_CHECKING:
    from kg.stages.relate.text import Text
    from kg.tokens import Span, Token

_BETWEEN = frozenset({",", ";", "and", "while", "but"})
_OPENING = frozenset({"DT", "PRP$", "CD", "JJ", "JJR", "NN", "NNS"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


def gapped(text: Text, sent: Span, found: Stance) -> Stance | None:
    """The stance of the one who is named behind another's with what he wants, and no verb of his own.

    Both are named without an article (a state, its capital), and nothing behind has a finite verb.
    """
    verb, doc = found.token, sent.doc
    first = found.holders[0] if found.holders else verb
    if verb.tag_ not in _FINITE or first.i >= verb.i or not _named(text, first):
        return None
    behind = [t for t in sent if t.i > verb.i + 1]
    if any(t.tag_ in _FINITE for t in behind):
        return None
    for name in behind:
        before = doc[name.i - 1]
        if before.lower_ not in _BETWEEN or not _named(text, name) or name.i + 2 >= sent.end:
            continue
        after = doc[name.i + 1]
        own = text.entity(name) not in {text.entity(t) for t in found.holders} and name.dep_ != "compound"
        listed = doc[name.i - 2].pos_ == "PROPN"  # "urged Doeland and Roeland to keep it"
        same = after.dep_ == "prep" and after.lower_ == doc[verb.i + 1].lower_  # "insists on a veto, Roe on a delay"
        if own and not listed and ((after.tag_ in _OPENING and after.pos_ != "PROPN") or same):
            end = sent.end - 1 if sent[-1].is_punct else sent.end
            return Stance(name, found.stance, (name,), (after.i, end))
    return None


def cut(found: Stance, other: Stance) -> Stance:
    """A stance without the words of the one behind it that has no verb."""
    first, last = found.about
    end = other.token.i
    while end > first and found.token.doc[end - 1].lower_ in _BETWEEN:
        end -= 1
    return found._replace(about=(first, max(min(last, end), first)))


def _named(text: Text, token: Token) -> bool:
    who = text.entity(token)
    bare = token.pos_ == "PROPN" and not any(c.dep_ in {"det", "poss"} for c in token.children)
    return who is not None and bare and text.state(who) is not None and not text.is_time(token)
