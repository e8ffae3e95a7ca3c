"""Turtle: what is known (the default graph), grouped by subject.

Library writers order their output anew in every run; this one sorts, so the same graph gives the same bytes.
"""

from __future__ import annotations

import re
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from kg.iris import BASE, PREFIXES
from kg.ntriples import TYPE, one_line, unquoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.ntriples import Line
    from kg.store import Graph

_XSD = PREFIXES["xsd"]
_LOCAL = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]*")
_KIND = re.compile(re.escape(BASE) + r"([a-z]+)/")
_KNOWN = {base: prefix for prefix, base in PREFIXES.items() if base != BASE}
# Literals that Turtle writes without quotes and type.
_BARE = {
    _XSD + "integer": re.compile(r"-?\d+"),
    _XSD + "boolean": re.compile(r"true|false"),
    _XSD + "decimal": re.compile(r"-?\d+\.\d+"),
}


def write(graph: Graph) -> bytes:
    """The default graph as Turtle."""
    names = Names()
    blocks = list(subjects(graph.lines(known_only=True), names))
    return one_line("\n".join((names.header(), *blocks))).encode()


class Names(dict[str, str]):
    """Terms as Turtle writes them: a prefixed name or a bare number where that is possible.

    Each kind of thing has a prefix (`person:jane-doe`). Only prefixes that were used are declared, so the header is
    asked for when the rest is written.
    """

    def __init__(self) -> None:
        super().__init__()
        self._used: dict[str, str] = {}

    def __missing__(self, term: str) -> str:
        write = {"<": self._name, '"': self._literal}.get(term[0], str)
        text = self[term] = write(term)
        return text

    def _name(self, term: str) -> str:
        iri = term[1:-1]
        at = max(iri.rfind("#"), iri.rfind("/")) + 1
        base, local = iri[:at], iri[at:]
        prefix = _KNOWN.get(base)
        if prefix is None and (kind := _KIND.fullmatch(base)) and kind.group(1) not in PREFIXES:
            prefix = kind.group(1)
        if prefix is None or not _LOCAL.fullmatch(local):
            return term
        self._used[prefix] = base
        return f"{prefix}:{local}"

    def _literal(self, term: str) -> str:
        end = term.rfind('"') + 1
        if not term.startswith("^^", end):
            return term
        words, kind, _ = unquoted(term)
        if kind in _BARE and _BARE[kind].fullmatch(words):
            return words
        return f"{term[:end]}^^{self._name(term[end + 2 :])}"

    def header(self) -> str:
        """The lines that declare the prefixes used so far, sorted."""
        return "".join(f"@prefix {prefix}: <{base}> .\n" for prefix, base in sorted(self._used.items()))


def subjects(lines: Iterable[Line], names: Names) -> Iterator[str]:
    """One block of text for each subject; `a` first, then the predicates by name, each with its values by name.

    Args:
        lines: The quads of one graph, sorted.
        names: How terms are written.
    """
    for subject, about in groupby(lines, key=itemgetter(1)):
        verbs: dict[str, list[str]] = {}
        for _, _, verb, value in about:
            verbs.setdefault("a" if verb == TYPE else names[verb], []).append(names[value])
        ordered = sorted(verbs.items(), key=lambda item: (item[0] != "a", item[0]))
        told = [f"{verb} " + " ,\n        ".join(sorted(values)) for verb, values in ordered]
        yield f"{names[subject]} " + " ;\n    ".join(told) + " .\n"
