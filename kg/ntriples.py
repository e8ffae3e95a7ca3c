"""Quads as plain text: a tuple of graph, subject, predicate and object in the syntax of N-Triples.

The stages from `state` on hand over these tuples: sorting, comparing and checking them takes a tenth of the time that
the terms of an RDF library take. The default graph has the name "", so it is sorted first. One term is always written
in one way, the one of Oxigraph.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from kg.iris import PREFIXES
from kg.literals import canonical_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pyoxigraph import Quad, Store

    from kg.stores.remote import Remote

Line: TypeAlias = tuple[str, str, str, str]  # graph ("" for the default graph), subject, predicate, object
TYPE = f"<{PREFIXES['rdf']}type>"
STRING = f"{PREFIXES['xsd']}string"
_KINDS = {f'"^^<{PREFIXES["xsd"]}{kind}>': kind for kind in ("decimal", "boolean", "dayTimeDuration")}
_SPECIAL = re.compile(r'[\x00-\x1f"\\\x7f]')
_ESCAPES = {n: f"\\u{n:04X}" for n in (*range(0x20), 0x7F)} | {
    ord(c): "\\" + letter for c, letter in zip('\b\t\n\f\r"\\', 'btnfr"\\', strict=True)
}
_ESCAPED = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_MEANT = {letter: c for c, letter in zip('\b\t\n\f\r"\\', 'btnfr"\\', strict=True)}


def quoted(words: str, datatype: str | None = None) -> str:
    """A literal; `datatype` is an IRI in angle brackets, None for a plain string."""
    text = f'"{words.translate(_ESCAPES) if _SPECIAL.search(words) else words}"'
    return f"{text}^^{datatype}" if datatype else text


@lru_cache(maxsize=65536)
def unquoted(literal: str) -> tuple[str, str, str | None]:
    """The words, the IRI of the datatype, and the language of a literal."""
    end = literal.rindex('"')
    words, tail = literal[1:end], literal[end + 1 :]
    if "\\" in words:
        words = _ESCAPED.sub(_meant, words)
    if tail.startswith("@"):
        return words, PREFIXES["rdf"] + "langString", tail[1:]
    return words, tail[3:-1] if tail else STRING, None


def _meant(escape: re.Match[str]) -> str:
    code = escape[1] or escape[2]
    return chr(int(code, 16)) if code else _MEANT.get(escape[3], escape[3])


def one_line(text: str) -> str:
    """The text with the line ends of other systems escaped, over which readers by lines stumble."""
    for end in "\x85\u2028\u2029":
        text = text.replace(end, f"\\u{ord(end):04X}")
    return text


def nquads(lines: Iterable[Line]) -> bytes:
    """N-Quads, in the order of the lines."""
    text = "".join(f"{s} {p} {o} {g} .\n" if g else f"{s} {p} {o} .\n" for g, s, p, o in lines)
    return one_line(text).encode("utf-8", "replace")  # half a surrogate pair has no UTF-8


def of_store(store: Store | Remote, *, known_only: bool = False, but: str = "") -> Iterator[Line]:
    """All quads of a store but those of one graph, or the quads of its default graph; in any order."""
    from pyoxigraph import DefaultGraph, RdfFormat

    if known_only:
        data = store.dump(format=RdfFormat.N_TRIPLES, from_graph=DefaultGraph()) or b""
    else:
        data = store.dump(format=RdfFormat.N_QUADS) or b""
    left_out = f" {but} .".encode()
    for text in data.split(b"\n")[:-1]:
        if not (but and text.endswith(left_out)):
            yield _line(text.decode())


def _line(text: str) -> Line:
    """A line as Oxigraph writes it: names hold no blanks, and only a literal holds quotation marks."""
    subject, predicate, rest = text.split(" ", 2)
    end = rest.rfind('"') + 1
    value, _, graph = rest[end:-2].partition(" ")
    return graph, subject, predicate, canonical(rest[:end] + value)


def canonical(term: str) -> str:
    """The term as `kg.stages.state` wrote it: stores give the decimal `20.0` back as `20`, and `PT15M` as `PT900S`."""
    for ending, kind in _KINDS.items():
        if term.endswith(ending):
            return f'"{canonical_text(term[1 : -len(ending)], kind)}{ending}'
    return term


def of_turtle(path: Path) -> Iterator[Line]:
    """The triples of a Turtle file."""
    from pyoxigraph import RdfFormat, parse

    return lines(parse(path=path, format=RdfFormat.TURTLE))


def quads(lines: Iterable[Line]) -> list[Quad]:
    """The same quads as terms of Oxigraph; making each by itself takes three times as long as reading them."""
    from pyoxigraph import RdfFormat, parse

    return list(parse(nquads(lines), format=RdfFormat.N_QUADS))


def lines(quads: Iterable[Quad]) -> Iterator[Line]:
    """Quads of Oxigraph as text, in their order."""
    from pyoxigraph import DefaultGraph

    default = DefaultGraph()
    for quad in quads:
        graph = quad.graph_name
        place = "" if graph == default else str(graph)
        yield place, str(quad.subject), str(quad.predicate), canonical(str(quad.object))
