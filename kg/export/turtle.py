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
    from collections.abc import Iterable, Mapping

    from pyoxigraph import Literal, NamedNode, Quad

    from kg.store import Graph

_XSD, _TYPE = PREFIXES["xsd"], PREFIXES["rdf"] + "type"
_LOCAL = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]*")
_KIND = re.compile(re.escape(BASE) + r"([a-z]+)/")
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

    return turtle([quad for quad in graph.quads() if quad.graph_name == DefaultGraph()]).encode()


def turtle(quads: list[Quad]) -> str:
    """Sorted quads of one graph as Turtle, with the prefixes that they use."""
    prefixes = used_prefixes(quads)
    return "\n".join((header(prefixes), *subjects(quads, prefixes)))


def used_prefixes(quads: Iterable[Quad]) -> Mapping[str, str]:
    """Namespace -> prefix, of the namespaces used: those of `kg.iris`, and one for each kind of thing (`person:`)."""
    iris = {node for quad in quads for node in _iris(quad)}
    known = {base: prefix for prefix, base in PREFIXES.items() if base != BASE}
    found = {}
    for base in {_split(iri)[0] for iri in iris if _LOCAL.fullmatch(_split(iri)[1])}:
        kind = _KIND.fullmatch(base)
        if base in known:
            found[base] = known[base]
        elif kind and kind.group(1) not in PREFIXES:
            found[base] = kind.group(1)
    return found


def _iris(quad: Quad) -> Iterable[str]:
    from pyoxigraph import Literal, NamedNode

    for node in (quad.subject, quad.predicate, quad.object, quad.graph_name):
        if isinstance(node, NamedNode) and node.value != _TYPE:
            yield node.value
        elif isinstance(node, Literal):
            yield node.datatype.value


def _split(iri: str) -> tuple[str, str]:
    at = max(iri.rfind("#"), iri.rfind("/")) + 1
    return iri[:at], iri[at:]


def header(prefixes: Mapping[str, str]) -> str:
    """The lines that declare the prefixes, sorted."""
    names = sorted((prefix, base) for base, prefix in prefixes.items())
    return "".join(f"@prefix {prefix}: <{base}> .\n" for prefix, base in names)


def subjects(quads: Iterable[Quad], prefixes: Mapping[str, str]) -> Iterable[str]:
    """One block of text for each subject; `a` first, then the predicates by name, each with its values by name."""
    for subject, about in groupby(quads, key=lambda quad: quad.subject):
        lines = [
            f"{name} " + " ,\n        ".join(sorted(term(quad.object, prefixes) for quad in same))
            for name, same in groupby(_by_name(about, prefixes), key=lambda quad: _verb(quad.predicate, prefixes))
        ]
        yield f"{term(subject, prefixes)} " + " ;\n    ".join(lines) + " .\n"


def _by_name(quads: Iterable[Quad], prefixes: Mapping[str, str]) -> list[Quad]:
    return sorted(quads, key=lambda q: (q.predicate.value != _TYPE, term(q.predicate, prefixes)))


def _verb(predicate: NamedNode, prefixes: Mapping[str, str]) -> str:
    return "a" if predicate.value == _TYPE else term(predicate, prefixes)


def term(node: object, prefixes: Mapping[str, str]) -> str:
    """A term in Turtle: a prefixed name or a bare number where that is possible."""
    from pyoxigraph import Literal, NamedNode

    if isinstance(node, NamedNode):
        base, local = _split(node.value)
        return f"{prefixes[base]}:{local}" if base in prefixes and _LOCAL.fullmatch(local) else str(node)
    if not isinstance(node, Literal):
        return str(node)
    node = canonical(node)
    kind = node.datatype.value
    if kind in _BARE and _BARE[kind].fullmatch(node.value):
        return node.value
    if node.language or kind == _XSD + "string":
        return full(node)
    return f"{full(node).rpartition('^^')[0]}^^{term(node.datatype, prefixes)}"


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
