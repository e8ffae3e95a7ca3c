"""Stances told by adjectives and prepositions: "is ready to", "unwilling to", "is against", "in favour of"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.stages.relate.positions.lacking import unseen
from kg.stages.relate.positions.objects import antecedent, reaching
from kg.stages.relate.positions.words import MAYBE, Row, Stance, negated, pick

if TYPE_CHECKING:
    from kg.stages.relate.text import Text
    from kg.tokens import Token

_ADJECTIVES = frozenset({"JJ", "JJR", "VBN", "VBG"})
_TRADE = frozenset({"product", "good", "import", "export", "trade"})
_TOWARD = frozenset({"to", "for", "against", "about", "on", "in", "of", "with"})
_WHEN = frozenset({"DATE", "TIME", "EVENT"})
_AIMING = frozenset({"to", "for", "against", "about"})
_GLAD = frozenset({"happy", "glad"})


def adjective(text: Text, token: Token, row: Row) -> Stance | None:
    """A readiness or wish: "is ready to", "remains open to", "stands prepared to", "unwilling to"."""
    after = [c for c in token.children if c.i > token.i and c.dep_ in {"xcomp", "prep", "ccomp", "advcl"}]
    if not after and token.dep_ == "acomp":  # "is ready, Doe said, to sign": hung on the verb
        after = [c for c in token.head.children if c.i > token.i and c.dep_ in {"ccomp", "xcomp"}]
    if (beside := _beside(text, token)) is not None:
        stance, (heads, goal) = pick(row, negative=negated(token)), beside
        return Stance(token, stance, heads, (goal.left_edge.i, goal.right_edge.i + 1)) if stance else None
    if not after or token.dep_ in {"amod", "dobj"} or token.tag_ not in _ADJECTIVES:
        return None
    if token.pos_ == "VERB" and any(c.dep_ == "dobj" for c in token.children):
        return None  # "had prepared the summit in a call"
    if token.lower_ in _GLAD and not any(c.dep_ == "xcomp" for c in after):
        return None  # "was very happy with the meeting"
    after = [c for c in after if c.dep_ != "prep" or c.lower_ in _TOWARD]
    after = [c for c in after if c.lower_ != "in" or token.lower_ == "interested"]
    if not after:
        return None
    head = token if token.pos_ == "VERB" and token.dep_ in {"ROOT", "ccomp", "conj"} else token.head
    while head.pos_ == "ADJ" and head.dep_ == "conj" and head.head.i != head.i:
        head = head.head.head if head.head.pos_ == "ADJ" else head.head
    subjects = tuple(text.subjects(_told_clause(head)))
    be = [c for c in head.children if c.dep_ == "auxpass"]  # "Doe is opposed to it": hung on either
    subjects = subjects or tuple(c for t in (head, *be) for c in t.children if c.dep_ in {"nsubj", "nsubjpass"})
    stance = pick(row, negative=negated(head) or negated(token))
    maybe = any(c.lower_ in MAYBE or (c.dep_ == "mark" and c.lower_ == "than") for c in head.children)
    if stance is None or not subjects or maybe or unseen(head):
        return None
    if token.lower_ == "open" and any(p.lemma_ in _TRADE for c in after for p in c.children):
        return None  # "would be open to American products": a market, no mind
    if head.dep_ == "relcl" and reaching(head):  # "which Doe is willing to scrap"
        return Stance(token, stance, subjects, antecedent(head))
    last = max(token.right_edge.i, after[0].right_edge.i)
    return Stance(token, stance, subjects, (after[0].left_edge.i, last + 1))


def _beside(text: Text, token: Token) -> tuple[tuple[Token, ...], Token] | None:
    """Of whom an adjective beside a clause tells, and what: "Keen to sign, Doe left", "Doeland, unwilling to pay,"."""
    after = [c for c in token.children if c.i > token.i]
    goal = next((c for c in after if c.dep_ in {"xcomp", "acl"} or c.lower_ in _AIMING), None)
    leading = token.i == token.sent.start and token.dep_ in {"advcl", "amod", "acl", "dep"}
    apart = token.dep_ in {"amod", "acl", "appos"} and token.head.i < token.i and token.nbor(-1).text == ","
    if goal is None or not (leading or apart):
        return None
    heads = text.subjects(token.head) if token.head.pos_ in {"VERB", "AUX"} else [token.head]
    named = tuple(t for t in heads if text.who(t) is not None)
    return (named, goal) if named else None


def _told_clause(verb: Token) -> Token:
    """The clause that a verb in the present goes on: "officials said Doeland would settle for 15%, and is ready to"."""
    above = verb.head
    own = any(c.dep_ in {"nsubj", "nsubjpass"} for c in verb.children)
    if own or verb.dep_ != "conj" or verb.tag_ not in {"VBZ", "VBP"} or above.tag_ != "VBD":
        return verb
    return next((c for c in above.children if c.dep_ == "ccomp" and above.i < c.i < verb.i), verb)


def preposition(text: Text, token: Token, row: Row) -> Stance | None:
    """A stance by a preposition: "Paris is against the accord", "came out in favour of it"."""
    if token.pos_ == "NOUN":
        return _in_favour(text, token, row)
    if token.dep_ != "prep" or token.head.lemma_ != "be" or negated(token.head):
        return None
    than = any(c.lower_ == "than" for c in token.head.children)
    when = any(t.ent_type_ in _WHEN for t in token.subtree)
    if token.lower_ == "after" and (than or when or token.head.tag_ == "VBD"):
        return None  # "the talks were after the vote", "it is after June"
    subjects = tuple(text.subjects(token.head))
    if token.head.dep_ == "relcl" and token.right_edge.i == token.i and token.lower_ == "against":
        return Stance(token, row.stance, subjects, antecedent(token.head)) if subjects else None  # "one Doe is against"
    return Stance(token, row.stance, subjects, (token.i + 1, token.right_edge.i + 1)) if subjects else None


def _in_favour(text: Text, noun: Token, row: Row) -> Stance | None:
    goal = next((c for c in noun.children if c.lower_ == "of"), None)
    verb = noun.head.head
    while verb.dep_ == "prep" or verb.pos_ == "ADV":
        verb = verb.head
    if goal is None or noun.head.lower_ != "in" or verb.lemma_ not in {"be", "speak", "come", "vote", "argue"}:
        return None
    stance, subjects = pick(row, negative=negated(verb)), tuple(text.subjects(verb))
    return Stance(noun, stance, subjects, (goal.i + 1, goal.right_edge.i + 1)) if stance and subjects else None
