"""JSON-LD: both levels, flattened, with the context in the file, so that reading it asks no server."""

from __future__ import annotations

import json
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from kg.export.turtle import canonical
from kg.iris import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Quad

    from kg.store import Graph

_TYPE = PREFIXES["rdf"] + "type"
_XSD = PREFIXES["xsd"]
_LONGEST_FIRST = sorted(PREFIXES.items(), key=lambda item: (-len(item[1]), item[0]))


def write(graph: Graph) -> bytes:
    """Both levels of the graph as JSON-LD 1.1, one line for each node and for each graph of a sentence."""
    from pyoxigraph import DefaultGraph

    found: list[dict[str, object]] = []
    for name, said in groupby(graph.quads(), key=lambda quad: quad.graph_name):
        if name == DefaultGraph():
            found += _nodes(said)
        else:
            found.append({"@id": _node(name), "@graph": _nodes(said)})
    context = json.dumps(PREFIXES, indent=2, sort_keys=True)
    lines = ",\n".join(json.dumps(node, ensure_ascii=False, sort_keys=True) for node in found)
    return f'{{"@context": {context},\n"@graph": [\n{lines}\n]}}\n'.encode()


def _nodes(quads: Iterable[Quad]) -> list[dict[str, object]]:
    result: list[dict[str, object]] = []
    for subject, about in groupby(quads, key=lambda quad: quad.subject):
        node: dict[str, object] = {"@id": _node(subject)}
        for predicate, same in groupby(about, key=lambda quad: quad.predicate.value):
            if predicate == _TYPE:
                node["@type"] = [_node(quad.object) for quad in same]
            else:
                node[_short(predicate)] = [_value(quad.object) for quad in same]
        result.append(node)
    return result


def _node(node: object) -> str:
    from pyoxigraph import NamedNode

    return _short(node.value) if isinstance(node, NamedNode) else str(node)


@lru_cache(maxsize=65536)
def _short(iri: str) -> str:
    return next((f"{prefix}:{iri[len(base):]}" for prefix, base in _LONGEST_FIRST if iri.startswith(base)), iri)


def _value(node: object) -> object:
    from pyoxigraph import Literal

    if not isinstance(node, Literal):
        return {"@id": _node(node)}
    node = canonical(node)
    if node.language:
        return {"@language": node.language, "@value": node.value}
    if node.datatype.value == _XSD + "string":
        return node.value
    return {"@type": _short(node.datatype.value), "@value": node.value}
