"""The graph as people and things with edges between them: what is drawn, and what network tools read.

Of the default graph only: sentences, documents and authors stand behind the facts and are left out.
A tenure becomes an edge from the person to the post.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg import wording
from kg.wording import EVENT_KINDS, RELATIONS, Caption

if TYPE_CHECKING:
    from collections.abc import Iterable

    import networkx
    from pyoxigraph import Quad

# Kinds of node that are things rather than facts; the class in the graph is not always the word for it.
ENTITY_KINDS = {
    "Person": "Person", "Post": "Post", "Country": "Country", "Bloc": "Bloc", "FormalOrganization": "Organization",
    "Organization": "Organization", "UnnamedSource": "Source", "Place": "Place", "Product": "Product",
    "Topic": "Topic",
}  # fmt: skip
FACT_KINDS = (*EVENT_KINDS[:-1], "Tariff", "Statement", "Position", "Deadline", "Action", "Disagreement")
# Literals that become attributes: name in the graph -> (name of the attribute, whether it is a number).
ATTRIBUTES = {
    "date": ("date", False), "endDate": ("end_date", False), "earliest": ("earliest", False),
    "latest": ("latest", False), "time": ("time", False), "partOfDay": ("part_of_day", False),
    "minutes": ("minutes", True), "round": ("round", True), "rate": ("rate", True),
    "previousRate": ("previous_rate", True), "addedRate": ("added_rate", True), "ground": ("ground", False),
    "rank": ("rank", False), "normalForm": ("normal_form", False), "identifier": ("code", False),
    "cameoRoot": ("cameo_root", False), "text": ("text", False), "confidence": ("confidence", True),
}  # fmt: skip
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Thing:
    """A subject of the default graph: its classes, its links to other nodes, its literals, by local name, sorted."""

    types: set[str] = field(default_factory=set)
    links: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    values: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def first(self, name: str) -> str:
        """The first literal of a property, or ""."""
        return next(iter(self.values.get(name, ())), "")

    def status(self) -> str:
        """The status of a fact ("Held", "InForce"), or "" for what has none."""
        return next((local(s) for name in ("status", "tenureStatus") for s in self.links.get(name, ())), "")


def local(iri: str) -> str:
    """The last part of an IRI: `.../terms#Call` -> `Call`."""
    return iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]


def things(quads: Iterable[Quad]) -> dict[str, Thing]:
    """Every subject of the default graph, in order of its IRI."""
    from pyoxigraph import DefaultGraph, NamedNode

    default = DefaultGraph()
    triples = {(q.subject.value, q.predicate.value, q.object)  # type: ignore[union-attr]
               for q in quads if q.graph_name == default}  # fmt: skip
    found: dict[str, Thing] = {}
    for subject, predicate, target in sorted(triples, key=lambda t: (t[0], t[1], str(t[2]))):
        thing = found.setdefault(subject, Thing())
        name = local(predicate)
        if not isinstance(target, NamedNode):
            thing.values[name].append(target.value)  # type: ignore[union-attr]
        elif name == "type":
            thing.types.add(local(target.value))
        else:
            thing.links[name].append(target.value)
    return found


def kind_of(thing: Thing) -> str:
    """The kind of a node, or "" for what stands behind the facts (sentences, documents, authors, concepts)."""
    kinds = [k for k in FACT_KINDS if k in thing.types] + [v for k, v in ENTITY_KINDS.items() if k in thing.types]
    if not kinds and "Event" in thing.types:
        return "Event"
    return kinds[0] if kinds else ""


def nodes_of(found: dict[str, Thing], *, comments: bool = False) -> dict[str, str]:
    """IRI -> kind of every node; comments are no part of the talks, so they come only on demand.

    Publishers are left out with the documents: a schema:Organization that nothing but a document points to.
    """
    publishers = {p for t in found.values() for p in t.links.get("publisher", ())}
    cited = {o for t in found.values() for name, objects in t.links.items() if name != "publisher" for o in objects}
    kinds = {iri: kind_of(thing) for iri, thing in found.items()}
    if comments:
        kinds |= {iri: "Comment" for iri, thing in found.items() if "Comment" in thing.types}
    return {iri: kind for iri, kind in kinds.items() if kind and (iri not in publishers or iri in cited)}


def label_of(iri: str, found: dict[str, Thing]) -> str:
    """The name of an entity; "" for what has none."""
    thing = found.get(iri)
    return (thing.first("name") or thing.first("label")) if thing else ""


def name_of(iri: str, found: dict[str, Thing]) -> str:
    """The words for anything that a link leads to: of a node its caption, of a term its local name."""
    kind = kind_of(found[iri]) if iri in found else ""
    if kind in FACT_KINDS or kind == "Event":
        return str(caption(iri, kind, found))
    return label_of(iri, found) or local(iri)


def caption(iri: str, kind: str, found: dict[str, Thing]) -> Caption:
    """The words for a node: the name of an entity, the telling values of a fact; of a person the posts too."""
    thing = found[iri]
    values = dict(thing.values)
    values |= {name: [local(v) for v in thing.links[name]] for name in ("status", "stance") if name in thing.links}
    names = {name: [label_of(o, found) for o in thing.links.get(name, ())] for name in ("place", "party", "product")}
    if kind in EVENT_KINDS:
        return wording.event(kind, values, places=[p for p in names["place"] if p], parties=sorted(names["party"]))
    if kind == "Tariff":
        return wording.tariff(values, product=next(iter(names["product"]), ""))
    if kind == "Comment":
        by = next((label_of(author, found) for author in thing.links.get("author", ())), "")
        return Caption(f"Comment by {by}" if by else "Comment", wording.said(kind, values).details)
    if kind in FACT_KINDS:
        if kind == "Action" and thing.links.get("eventCode"):
            return Caption(local(thing.links["eventCode"][0]).capitalize(), ())
        return wording.said(kind, values)
    posts = [label_of(post, found) for post in thing.links.get("holds", ())] if kind == "Person" else []
    return Caption(label_of(iri, found) or local(iri), tuple(posts))


def network(quads: Iterable[Quad], *, comments: bool = False) -> networkx.MultiDiGraph[str]:
    """The readable network of a graph: `Graph.to_networkx()` is `network(self.quads())`.

    Nodes are IRIs with `kind` and `label` always, and as far as known `aliases` (joined by "|"), `status`, `date`,
    `end_date`, `minutes`, `rate`, ... (see ATTRIBUTES). Edges have the local name of the property as their key, and
    `label`; they run as the label reads (person -> event "participant in"). A tenure is an edge with the key `holds`
    and its `status`, `as_of`, `since`, `until` and `fact`, the IRI of the tenure.
    Every attribute is a str or a float and always of one type, so all networkx writers take the result.
    """
    import networkx

    found = things(quads)
    kinds = nodes_of(found, comments=comments)
    graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for iri, kind in kinds.items():
        graph.add_node(iri, **_attributes(iri, kind, found))
    for source, key, target, attributes in _edges(found, kinds):
        if not graph.has_edge(source, target, key):
            graph.add_edge(source, target, key, **attributes)
    return graph


def portable(net: networkx.MultiDiGraph[str]) -> networkx.MultiDiGraph[str]:
    """A copy for files: edges named e0, e1, ... (ids are unique in GraphML and GEXF) with their key as `relation`.

    Characters that XML cannot hold are dropped; GEXF would be written with them and never be read again.
    """
    import networkx

    copy: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for node, row in net.nodes(data=True):
        copy.add_node(_xml(node), **_row(row))
    for number, (source, target, key, row) in enumerate(net.edges(keys=True, data=True)):
        copy.add_edge(_xml(source), _xml(target), f"e{number}", relation=_xml(key), **_row(row))
    return copy


def _xml(text: str) -> str:
    return _NOT_XML.sub("", text)


def _row(row: dict[str, str | float]) -> dict[str, str | float]:
    return {name: _xml(value) if isinstance(value, str) else value for name, value in row.items()}


def _attributes(iri: str, kind: str, found: dict[str, Thing]) -> dict[str, str | float]:
    thing = found[iri]
    row: dict[str, str | float] = {"kind": kind, "label": str(caption(iri, kind, found))}
    if kind == "Person":
        row["label"] = caption(iri, kind, found).head
    if thing.values.get("altLabel"):
        row["aliases"] = "|".join(thing.values["altLabel"])
    if thing.status():
        row["status"] = thing.status()
    for name, (attribute, is_number) in ATTRIBUTES.items():
        value = thing.first(name)
        if value and not is_number:
            row[attribute] = value
        elif re.fullmatch(r"[+-]?\d{1,300}(\.\d*)?", value):  # a graph that others wrote may hold anything
            row[attribute] = float(value)
    if thing.first("approximate"):
        row["approximate"] = thing.first("approximate")
    return row


def _edges(
    found: dict[str, Thing], kinds: dict[str, str]
) -> Iterable[tuple[str, str, str, dict[str, str]]]:
    """(source, key, target, attributes) of every edge, tenures first: they say more than org:holds alone."""
    yield from _tenures(found, kinds)
    for iri in kinds:
        for name, targets in sorted(found[iri].links.items()):
            relation = RELATIONS.get(name) or wording.Relation(wording.words_of(name), f"{wording.words_of(name)} of")
            for target in targets:
                if target in kinds:
                    source, goal = (target, iri) if relation.turned else (iri, target)
                    yield source, name, goal, {"label": relation.words}


def _tenures(found: dict[str, Thing], kinds: dict[str, str]) -> Iterable[tuple[str, str, str, dict[str, str]]]:
    for iri, thing in found.items():
        ends = [next(iter(thing.links.get(name, ())), "") for name in ("member", "post")]
        if "Tenure" in thing.types and all(end in kinds for end in ends):
            held = "held" if thing.status() == "Former" else "holds"
            row = {"label": held, "status": thing.status(), "as_of": "|".join(thing.values.get("asOf", ())),
                   "since": thing.first("since"), "until": thing.first("until"), "fact": iri}  # fmt: skip
            yield ends[0], "holds", ends[1], {key: value for key, value in row.items() if value}
