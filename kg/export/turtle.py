"""Turtle: what is known (the default graph), grouped by subject.

Library writers order their output anew in every run; this one sorts, so the same graph gives the same bytes.
"""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING

from kg.iris import BASE, PREFIXES
from kg.literals import decimal_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Literal, Quad

    from kg.store import Graph

_XSD, _TYPE = PREFIXES["xsd"], PREFIXES["rdf"] + "type"
_LOCAL = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]*")
_KIND = re.compile(re.escape(BASE) + r"([a-z]+)/")
_KNOWN = {base: prefix for prefix, base in PREFIXES.items() if base != BASE}
# Literals that Turtle writes without quotes and type.
_BARE = {
    _XSD + "integer": re.compile(r"-?\d+"),
    _XSD + "boolean": re.compile(r"true|false"),
    _XSD + "decimal": re.compile(r"-?\d+\.\d+"),
}
_DECIMAL = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")
# Line ends of other systems, which N-Triples syntax leaves as they are and readers by lines stumble over.
_LINE_ENDS = str.maketrans({c: f"\\u{ord(c):04X}" for c in "\x85\u2028\u2029"})


def write(graph: Graph) -> bytes:
    """The default graph as Turtle."""
    from pyoxigraph import DefaultGraph

    names = Names()
    blocks = list(subjects((quad for quad in graph.quads() if quad.graph_name == DefaultGraph()), names))
    return "\n".join((names.header(), *blocks)).encode()


class Names(dict[object, str]):
    """Terms as Turtle writes them: a prefixed name or a bare number where that is possible.

    Each kind of thing has a prefix (`person:jane-doe`). Only prefixes that were used are declared, so the header is
    asked for when the rest is written.
    """

    def __init__(self) -> None:
        super().__init__()
        self._used: dict[str, str] = {}

    def __missing__(self, node: object) -> str:
        from pyoxigraph import Literal, NamedNode

        if isinstance(node, NamedNode):
            text = self._name(node.value)
        else:
            text = self._literal(canonical(node)) if isinstance(node, Literal) else str(node)
        self[node] = text
        return text

    def _name(self, iri: str) -> str:
        at = max(iri.rfind("#"), iri.rfind("/")) + 1
        base, local = iri[:at], iri[at:]
        prefix = _KNOWN.get(base)
        if prefix is None and (kind := _KIND.fullmatch(base)) and kind.group(1) not in PREFIXES:
            prefix = kind.group(1)
        if prefix is None or not _LOCAL.fullmatch(local):
            return f"<{iri}>"
        self._used[prefix] = base
        return f"{prefix}:{local}"

    def _literal(self, literal: Literal) -> str:
        kind = literal.datatype.value
        if kind in _BARE and _BARE[kind].fullmatch(literal.value):
            return literal.value
        if literal.language or kind == _XSD + "string":
            return full(literal)
        return f"{full(literal).rpartition('^^')[0]}^^{self._name(kind)}"

    def header(self) -> str:
        """The lines that declare the prefixes used so far, sorted."""
        return "".join(f"@prefix {prefix}: <{base}> .\n" for prefix, base in sorted(self._used.items()))


def subjects(quads: Iterable[Quad], names: Names) -> Iterator[str]:
    """One block of text for each subject; `a` first, then the predicates by name, each with its values by name.

    Args:
        quads: Those of one graph, sorted.
        names: How terms are written.
    """
    for subject, about in groupby(quads, key=lambda quad: quad.subject):
        verbs: dict[str, list[str]] = {}
        for quad in about:
            verb = quad.predicate
            verbs.setdefault("a" if verb.value == _TYPE else names[verb], []).append(names[quad.object])
        ordered = sorted(verbs.items(), key=lambda item: (item[0] != "a", item[0]))
        lines = [f"{verb} " + " ,\n        ".join(sorted(values)) for verb, values in ordered]
        yield f"{names[subject]} " + " ;\n    ".join(lines) + " .\n"


def full(node: object) -> str:
    """A term in N-Triples, on one line by every reader's notion of a line."""
    from pyoxigraph import Literal

    return str(canonical(node) if isinstance(node, Literal) else node).translate(_LINE_ENDS)


def canonical(literal: Literal) -> Literal:
    """The literal as `kg.stages.state` wrote it: stores give the decimal `20.0` back as `20`."""
    from pyoxigraph import Literal

    if literal.datatype.value == _XSD + "decimal" and _DECIMAL.fullmatch(literal.value):
        return Literal(decimal_text(Decimal(literal.value)), datatype=literal.datatype)
    return literal
