"""The words of a statement: cut into clauses, put together around an attribution, without loose quotation marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.tokens import Tokens

_EDGES = " \t\n,;:—–-"
_JOINTS = frozenset({"and", "but", "or", "yet", "so"})
_PAIRS = {"“": "”", '"': '"', "«": "»", "„": "“", "‘": "’", "'": "'"}


def clauses(doc: Tokens, content: list[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """What is said, a piece for each clause behind a semicolon or "and that": one report may govern several."""
    piece: list[tuple[int, int]] = []
    for start, end in content:
        first = start
        if piece and _new_clause(doc, start, end):
            yield piece
            piece = []
        for k in range(start, end):
            joint = k > first and doc[k].dep_ == "cc" and k + 1 < end and doc[k + 1].lower_ == "that"
            another = joint and doc[k + 1].tag_ == "IN"  # "said that the talks failed and that he was sorry"
            clause = doc[k].text == ";" and any(t.dep_ in {"nsubj", "nsubjpass", "expl"} for t in doc[k:end])
            if clause or another:
                yield [*piece, (first, k)] if k > first else piece
                piece, first = [], k + 1
        if end > first:
            piece.append((first, end))
    yield piece


def _new_clause(doc: Tokens, start: int, end: int) -> bool:
    """Whether a clause of its own follows an attribution: "They will talk, Doe announced, and teams will meet"."""
    joint = start + (doc[start].text == ",")
    if joint + 2 >= end or doc[joint].lower_ not in _JOINTS:
        return False
    finite = next((t for t in doc[joint + 1 : end] if t.tag_ in {"VBD", "VBZ", "VBP", "MD"}), None)
    return finite is not None and any(t.dep_ in {"nsubj", "nsubjpass", "expl"} for t in doc[joint + 1 : finite.i])


def joined(pieces: list[str]) -> str:
    """The pieces around an attribution as one text: "They won, but were not happy"."""
    bare = [p for p in (piece.strip(_EDGES).removeprefix("that ").strip(_EDGES) for piece in pieces) if p]
    first = bare[0].removeprefix("and ").removeprefix("but ") if bare else ""
    return first + "".join((", " if p.split()[0] in _JOINTS and first[-1] not in _EDGES else " ") + p for p in bare[1:])


def balanced(words: str) -> str:
    """Without quotation marks whose partner was cut off, and without a pair around the whole."""
    while words and words[0] in _PAIRS and words[-1] == _PAIRS[words[0]] and words[0] not in words[1:-1]:
        words = words[1:-1].strip(_EDGES)
    for opening, closing in (("“", "”"), ("«", "»")):
        if words.count(opening) != words.count(closing):
            words = words.replace(opening, "").replace(closing, "")
    if words.count('"') % 2:
        words = words.replace('"', "")
    return words.strip(_EDGES).rstrip("., ") if words and words[-1] in ".," else words.strip(_EDGES)
