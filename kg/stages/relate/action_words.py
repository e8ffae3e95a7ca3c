"""The words that tell an action between states: patterns of `actions.tsv` laid on a verb and what follows it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from kg.lexicon import table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

REACH = 12  # tokens behind a verb in which its particle and its object are looked for
_VERBAL = frozenset({"VBG", "VBD", "VBZ", "VBP"})
_CLOSE = 4  # tokens behind a verb in which its particle stands, where it does not hang on it
_MARKS = frozenset({"control", "promise", "self", "both", "mutual", "event", "crowd", "needs-troops", "needs-inner",
                    "future-only", "told", "reverse"})  # fmt: skip
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_FORMS = {"held": "hold", "shot": "shoot", "slammed": "slam"}  # that the model may leave as they are


class Pattern(NamedTuple):
    """One row of the list: what must follow the verb, and what it then means."""

    particle: frozenset[str]
    nouns: frozenset[str]
    code: str  # PLOVER class, "" for a public statement
    root: str
    other_root: tuple[str, str] | None  # (class of the source, root that it has instead)
    marks: frozenset[str]
    slots: tuple[str, ...]


@cache
def nouns(name: str) -> frozenset[str]:
    """The lemmas of a class of nouns; a name that is no class stands for itself."""
    return next((frozenset(row[1].split()) for row in table("action_nouns") if row[0] == name), frozenset({name}))


@cache
def patterns() -> dict[str, tuple[Pattern, ...]]:
    """The patterns of each verb, those that ask for more words first, then in order of the list."""
    found: dict[str, list[Pattern]] = {}
    for words, code, root, reading in table("actions"):
        verbs, _, object_ = words.partition(" [")
        verb, _, particle = verbs.partition(" ")
        wanted = frozenset(n for name in object_.rstrip("]").split("|") if name for n in nouns(name))
        plain, _, other = root.partition("@")
        parts = reading.split()
        pattern = Pattern(
            frozenset(particle.split("|")) - {""}, wanted, code.strip("-"), plain or "11",
            (f"who-{other[:-2].lower()}", other[-2:]) if other else None,
            frozenset(parts) & _MARKS, tuple(p for p in parts if p not in _MARKS) or ("obj", "any"),
        )  # fmt: skip
        for one in verb.split("|"):
            found.setdefault(one, []).append(pattern)
    return {verb: tuple(sorted(rows, key=lambda p: -bool(p.nouns) - bool(p.particle))) for verb, rows in found.items()}


def lemma(token: Token) -> str:
    """The lemma in lower case, where the model gives the form itself for a past tense too."""
    low = token.lemma_.lower()
    if low in patterns():
        return low
    if low in _FORMS:
        return _FORMS[low]
    for ending in ("ed", "d", "s", "es", "ing"):
        if low.endswith(ending) and low[: -len(ending)] in patterns():
            return low[: -len(ending)]
    return low


def match(verb: Token, passive: Sequence[Token]) -> Pattern | None:
    """The pattern of a verb that the words around it fit: the one whose words stand nearest, else the first.

    Args:
        verb: The verb.
        passive: The tokens of its passive subject, which stands for the object.
    """
    rows = patterns().get(lemma(verb))
    if rows is None:
        return None
    after = following(verb)
    fits = [row for row in rows if "told" not in row.marks or verb.dep_ == "ccomp"]
    found = [(place, n) for n, row in enumerate(fits) if (place := _place(row, after, passive)) is not None]
    return fits[min(found)[1]] if found else None


def _place(row: Pattern, after: Sequence[Token], passive: Sequence[Token]) -> int | None:
    """How far behind the verb the word stands that a pattern asks for; None where it is not there."""
    beside = after if row.nouns else [t for k, t in enumerate(after) if k < _CLOSE or t.head.i == after[0].i - 1]
    place = next((k for k, t in enumerate(beside) if t.lower_ in row.particle), None)
    if row.particle and place is None:
        return None
    if row.nouns:
        if any(_forms(t) & row.nouns for t in passive):
            return 0
        return next((k for k, t in enumerate(after) if _thing(t, row) and _forms(t) & row.nouns), None)
    return REACH + _CLOSE if place is None else _CLOSE + place  # nouns tell more than particles


def _thing(token: Token, row: Pattern) -> bool:
    """Whether a word can be what a pattern asks for: no verb, no part of a name but a diplomat's title."""
    return token.tag_ not in _VERBAL and (token.pos_ != "PROPN" or bool(row.nouns & {"ambassador", "embassy"}))


def _forms(token: Token) -> set[str]:
    return {token.lemma_.lower(), token.lower_}


def following(verb: Token) -> list[Token]:
    """The tokens behind a verb as far as its object may reach: up to a full stop or another finite verb."""
    found = []
    for token in verb.doc[verb.i + 1 : min(verb.i + 1 + REACH, verb.sent.end)]:
        if token.text in {".", ";", ":"} or (token.tag_ in _FINITE and token.pos_ in {"VERB", "AUX"}):
            break
        found.append(token)
    return found
