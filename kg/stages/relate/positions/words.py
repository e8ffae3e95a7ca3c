"""What the rules of stances share: the words that tell one, and a stance as it is found."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from kg.tokens import Token

NEGATIVE = frozenset({"not", "n't", "n’t", "never", "no", "neither", "nor", "cannot"})
MAYBE = frozenset({"may", "might", "could", "should"})
BACK = frozenset({"it", "that", "this", "them", "those", "both", "they", "these"})  # what was told before
ORDINALS = {"former": 0, "first": 0, "latter": -1, "second": -1, "last": -1}  # which of the things told before
NAMING = frozenset({"call", "describe", "term", "label", "brand", "consider", "find", "deem", "see", "regard", "view"})


class Stance(NamedTuple):
    """A stance at a word: held by these heads (none: by who speaks, or both sides), about these tokens [start, end)."""

    token: Token
    stance: str
    holders: tuple[Token, ...]
    about: tuple[int, int]


class Row(NamedTuple):
    """A line of the list of stances: the second word or the phrase, the form, the stance plain and negated."""

    second: str
    form: str
    stance: str
    negated: str


def negated(verb: Token) -> bool:
    """Whether a clause is negated: "does not", "never", "no one", "is no longer"."""
    return any(
        ((c.dep_ == "neg" or c.lower_ in NEGATIVE) and c.dep_ != "intj" and not _behind(c, verb))
        or (c.dep_ == "aux" and any(g.lower_ == "never" for g in c.children))  # "It will never, she said, give it up"
        or (c.dep_ in {"nsubj", "nsubjpass"} and any(g.lower_ in {"no", "neither"} for g in c.children))
        or (c.dep_ == "advmod" and any(g.lower_ == "no" for g in c.children))
        for c in verb.children
    )  # fmt: skip


def _behind(word: Token, verb: Token) -> bool:
    """Whether a negation belongs to what follows a verb: "wants 2.5, no more than"."""
    return word.i > verb.i + 1 and verb.pos_ == "VERB" and word.lower_ in {"no", "not"}


def pick(row: Row, *, negative: bool) -> str | None:
    """The stance of a line, plain or negated; None where it gives none."""
    found = row.negated if negative else row.stance
    return None if found == "-" else found
