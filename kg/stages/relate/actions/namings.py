"""What a naming is in its sentence: its phrase, a place, what something is done to; and the names of armed groups."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from kg.lexicon import table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.tokens import Token

_CLAUSES = frozenset({"relcl", "acl", "advcl", "ccomp", "parataxis"})
_PLACES = frozenset({"in", "at", "near", "outside", "inside", "off", "around", "across", "through"})
_TOWNS = frozenset({"city", "town", "port", "capital", "village", "province", "region", "resort", "suburb"})


def reached(name: Token) -> bool:
    """Whether what the sentence tells is done to a state or at it: "met leaders of Doe", not "said Doe would pay"."""
    while name.head.i != name.i and name.dep_ in {"dobj", "pobj", "dative", "prep", "amod", "compound", "conj"}:
        name = name.head
    return name.head.i == name.i


def in_place(name: Token) -> bool:
    """Whether a name follows "in" or "near": the place rather than the other side."""
    k = name.i - 1
    while k > name.sent.start and name.doc[k].pos_ in {"DET", "ADJ", "PROPN", "NOUN"} and name.i - k < 4:
        k -= 1
    before = name.doc[k]
    return before.lower_ in _PLACES or (before.lower_ == "of" and name.doc[k - 1].lower_ in _TOWNS)


def own(head: Token) -> Iterator[Token]:
    """The tokens of a noun phrase without clauses and without what is joined to it."""
    yield head
    for child in head.children:
        joined = child.dep_ == "conj" and child.i > head.i and head.pos_ in {"NOUN", "PROPN"}
        if child.dep_ not in _CLAUSES and not joined:
            yield from own(child)


@cache
def groups() -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """Names of armed groups and bodies by their first token, as the tokenizer cuts them, the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name, code in table("armed_groups"):
        words = tuple(name.replace("'s", " 's").replace("-", " - ").split())
        found.setdefault(words[0], []).append((words, code if code != "-" else name))
    return {first: tuple(sorted(rows, key=lambda row: -len(row[0]))) for first, rows in found.items()}
