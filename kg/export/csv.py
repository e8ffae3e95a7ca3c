"""Tables for spreadsheets: nodes, edges, and one row for each fact with the sentences behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.export.behind import Behind
from kg.export.details import rows as values_of
from kg.network import FACT_KINDS, caption, kind_of, label_of, name_of, things
from kg.result import Result, csv_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from kg.network import Thing
    from kg.store import Graph

# Columns of the table of facts that hold nodes, with the properties whose objects they name.
_NAMED = {
    "who": ("participant", "member", "imposedBy", "speaker", "holder", "source"), "parties": ("party",),
    "to": ("post", "target", "recipient", "onBehalfOf"), "what": ("product", "topic", "about", "reports", "denies"),
    "place": ("place",), "part of": ("partOf",),
}  # fmt: skip
_PLAIN = ("date", "endDate", "time", "partOfDay", "minutes", "round", "rate", "previousRate", "addedRate", "ground",
          "text", "confidence")  # fmt: skip


def nodes(graph: Graph) -> bytes:
    """One row for each node of the network."""
    net = graph.to_networkx()
    return _table([{"iri": iri, **row} for iri, row in net.nodes(data=True)], ("iri", "kind", "label"))


def edges(graph: Graph) -> bytes:
    """One row for each edge of the network, with the labels of its ends."""
    net = graph.to_networkx()
    return _table(
        [{"source": u, "relation": key, "target": v, "source label": net.nodes[u]["label"],
          "target label": net.nodes[v]["label"], **row} for u, v, key, row in net.edges(keys=True, data=True)],
        ("source", "relation", "target", "source label", "label", "target label"),
    )  # fmt: skip


def write(graph: Graph) -> bytes:
    """One row for each fact: kind, status, who, what, when, and its sentences, documents and speakers."""
    quads = graph.quads()
    found = things(quads)
    behind = Behind(found, quads)
    told = [_fact(iri, found, behind) for iri, thing in found.items() if kind_of(thing) in (*FACT_KINDS, "Event")
            or "Tenure" in thing.types]  # fmt: skip
    return _table(told, ("iri", "kind", "fact", "status", *_NAMED, *map(_column, _PLAIN), "other", "said by",
                         "sentences", "documents"))  # fmt: skip


TABLES: Mapping[str, Callable[[Graph], bytes]] = {"nodes": nodes, "edges": edges, "facts": write}


def _column(name: str) -> str:
    return {"endDate": "end date", "partOfDay": "part of day", "previousRate": "rate before",
            "addedRate": "added rate"}.get(name, name)  # fmt: skip


def _fact(iri: str, found: dict[str, Thing], behind: Behind) -> dict[str, object]:
    thing = found[iri]
    kind = kind_of(thing) or "Tenure"
    sentences = [behind.sentences[number] for number, _ in behind.of_fact(iri)]
    speakers = {label_of(s, found) for _, told in behind.told(iri) for s in found[told].links.get("speaker", ())}
    row: dict[str, object] = {
        "iri": iri, "kind": kind, "fact": str(caption(iri, kind, found)) if kind != "Tenure" else "",
        "status": thing.status(), "said by": "; ".join(sorted(speakers)),
        "sentences": " | ".join(s["text"] or s["place"] for s in sentences),
        "documents": "; ".join(dict.fromkeys(
            behind.documents[s["document"]]["title"] for s in sentences if s["document"] >= 0)),
    }  # fmt: skip
    for column, names in _NAMED.items():
        objects = [o for name in names for o in thing.links.get(name, ())]
        row[column] = "; ".join(name_of(o, found) for o in objects)
    row |= {_column(name): "; ".join(thing.values.get(name, ())) for name in _PLAIN}
    used = {*_PLAIN, *(name for names in _NAMED.values() for name in names), "status", "tenureStatus"}
    rest = {**thing.values, **thing.links}.keys() - used
    row["other"] = "; ".join(f"{n}: {v}" for n, v in values_of(thing, {}, found, only=rest))
    return row


def _table(rows: Iterable[Mapping[str, object]], first: tuple[str, ...]) -> bytes:
    """CSV in UTF-8: the given columns, then all others by name; what is unknown is empty, a cell is one line."""
    rows = list(rows)
    columns = (*first, *sorted({key for row in rows for key in row} - set(first)))
    cells = tuple(tuple(" ".join(str(row.get(c, "")).split()) for c in columns) for row in rows)
    return csv_text(Result(columns, cells)).encode()
