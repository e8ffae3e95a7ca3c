"""A question as a server takes it: prefixes declared, parameters bound, and no graphs asked but those of sentences.

Oxigraph binds the variables of a query itself; SPARQL 1.1 has no such thing over HTTP. So a bound variable is replaced
by its term, written by Oxigraph: where a pattern uses it, and where the query selects it, as `(term AS ?name)`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.iris import PREFIXES, TERMS
from kg.query import TOKEN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pyoxigraph import BlankNode, Literal, NamedNode, Triple, Variable

_SENTENCE = f"<{TERMS}Sentence>"
_TYPE = f"<{PREFIXES['rdf']}type>"
_SELECTING, _LISTING, _MATCHING = "selecting", "listing", "matching"  # what follows SELECT, GROUP or ORDER BY, and {


def question(
    text: str, prefixes: Mapping[str, str], terms: Mapping[Variable, NamedNode | BlankNode | Literal | Triple]
) -> str:
    """The text of a query that means the same to any server."""
    declared = "".join(f"PREFIX {name}: <{base}> " for name, base in prefixes.items() if f"{name}:" in text)
    return declared + "\n" + "".join(_tokens(text, {f"?{v.value}": str(term) for v, term in terms.items()}))


def _tokens(text: str, terms: Mapping[str, str]) -> Iterator[str]:
    state, depth, selects, of_graph = _SELECTING, 0, 0, False
    for match in TOKEN.finditer(text):
        piece, kind = match.group(), match.lastgroup
        if kind == "comment":
            continue
        word = piece.upper() if kind == "word" else ""
        if word in ("SELECT", "CONSTRUCT", "DESCRIBE", "ASK"):
            state, selects = _SELECTING, selects + 1
        elif word in ("GROUP", "ORDER") or (word == "HAVING"):
            state, depth = _LISTING, 0
        elif piece == "{":
            state = _MATCHING
        elif piece in "()" and state != _MATCHING:
            depth += 1 if piece == "(" else -1
        if word == "GRAPH":
            of_graph = True
            continue
        name = "?" + piece[1:] if kind == "variable" else ""
        if of_graph and piece.strip():
            of_graph = False
            if name and name not in terms:
                yield f"{piece} {_TYPE} {_SENTENCE} . "
            yield "GRAPH "
        # A query within has a name of its own for it, or none around it could select it.
        shown = f"?bound{selects}_{piece[1:]}" if selects > 1 else piece
        yield _put(shown, terms[name], state, depth) if name in terms else piece


def _put(shown: str, term: str, state: str, depth: int) -> str:
    """The term in the place of a variable."""
    if state == _MATCHING or depth:
        return term
    return f"({term} AS {shown})" if state == _SELECTING else f"({term})"
