"""JSON-LD: both levels, flattened, with the context in the file, so that reading it asks no server."""

from __future__ import annotations

import json
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from kg.iris import PREFIXES
from kg.ntriples import STRING, TYPE, unquoted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.ntriples import Line
    from kg.store import Graph

_LONGEST_FIRST = sorted(PREFIXES.items(), key=lambda item: (-len(item[1]), item[0]))


def write(graph: Graph) -> bytes:
    """Both levels of the graph as JSON-LD 1.1, one line for each node and for each graph of a sentence."""
    found: list[dict[str, object]] = []
    for name, said in groupby(graph.lines(), key=itemgetter(0)):
        if not name:
            found += _nodes(said)
        else:
            found.append({"@id": _short(name), "@graph": _nodes(said)})
    context = json.dumps(PREFIXES, indent=2, sort_keys=True)
    lines = ",\n".join(json.dumps(node, ensure_ascii=False, sort_keys=True) for node in found)
    return f'{{"@context": {context},\n"@graph": [\n{lines}\n]}}\n'.encode()


def _nodes(lines: Iterable[Line]) -> list[dict[str, object]]:
    result: list[dict[str, object]] = []
    for subject, about in groupby(lines, key=itemgetter(1)):
        node: dict[str, object] = {"@id": _short(subject)}
        for predicate, same in groupby(about, key=itemgetter(2)):
            if predicate == TYPE:
                node["@type"] = [_short(value) for _, _, _, value in same]
            else:
                node[_short(predicate)] = [_value(value) for _, _, _, value in same]
        result.append(node)
    return result


@lru_cache(maxsize=65536)
def _short(term: str) -> str:
    if term[0] == "_":
        return term
    iri = term[1:-1]
    return next((f"{prefix}:{iri[len(base):]}" for prefix, base in _LONGEST_FIRST if iri.startswith(base)), iri)


def _value(term: str) -> object:
    if term[0] != '"':
        return {"@id": _short(term)}
    words, datatype, language = unquoted(term)
    if language:
        return {"@language": language, "@value": words}
    if datatype == STRING:
        return words
    return {"@type": _short(f"<{datatype}>"), "@value": words}
