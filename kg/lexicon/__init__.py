"""Word lists as data files, each opening with its source. Adding a word needs no Python."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def table(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of `name`.tsv, split at tabs, without comment lines and blank lines."""
    text = (files("kg.lexicon") / f"{name}.tsv").read_text(encoding="utf-8")
    lines = (line for line in text.split("\n") if line.strip() and not line.startswith("#"))
    return tuple(tuple(line.split("\t")) for line in lines)


@cache
def words(name: str) -> frozenset[str]:
    """The first column of `name`.tsv as a set."""
    return frozenset(row[0] for row in table(name))


@cache
def mapping(name: str) -> dict[str, str]:
    """The first column of `name`.tsv mapped to the second."""
    return {row[0]: row[1] for row in table(name)}


@cache
def kinds_of(name: str) -> dict[str, frozenset[str]]:
    """The first column of `name`.tsv mapped to all that the second says of it."""
    found: dict[str, set[str]] = {}
    for row in table(name):
        found.setdefault(row[0], set()).add(row[1])
    return {word: frozenset(told) for word, told in found.items()}


@cache
def members(name: str, kind: str) -> frozenset[str]:
    """The first column of `name`.tsv where the second says this kind; a word may be of several."""
    return frozenset(row[0] for row in table(name) if row[1] == kind)
