"""One HTML file that shows the graph: pyvis as the model, its bundled vis-network, our own page around it.

The page opens offline and asks nothing of any server; its policy forbids every request. Everything that comes from
a document reaches it as escaped text or as JSON, never as markup.
"""

from __future__ import annotations

import json
import textwrap
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.export.behind import Behind, Document
from kg.export.details import edge_details, node_details
from kg.export.layout import Box, free_place, positions
from kg.iris import BASE
from kg.network import caption, network, things
from kg.wording import RELATIONS, day, named

if TYPE_CHECKING:
    import networkx

    from kg.network import Thing
    from kg.store import Graph

# More nodes than this can be neither read nor laid out in two seconds; the best connected are drawn, and the page
# says how many are left out.
_DETAILS = 3  # lines under the name of a node
MOST_DRAWN = 300
HEAD_SIZE, DETAIL_SIZE = 15 * 1.11, 13  # pixels; semibold letters are 11 % wider
HEAD_LINE, DETAIL_LINE = 19, 16
OPEN = frozenset({"Planned", "Sought", "Agreed", "Proposed", "Threatened", "Paused", "Designate"})
CROSSED = frozenset({"Cancelled", "Denied", "Lifted"})


class Kind(NamedTuple):
    """How a kind of node is drawn; a row of kinds.tsv."""

    name: str
    plural: str
    colour: str
    shown: bool
    radius: int
    path: str


class Drawn(NamedTuple):
    """A node as it is drawn: lines below or inside its symbol, and the box they take."""

    head: list[str]
    details: list[str]
    box: Box
    drop: float  # from the middle of the symbol to the middle of the box


@cache
def kinds() -> dict[str, Kind]:
    """The kinds of node in the order of the legend."""
    rows = (resources.files("kg.export") / "kinds.tsv").read_text(encoding="utf-8").splitlines()
    cells = [row.split("\t") for row in rows if row and not row.startswith("#")]
    return {c[0]: Kind(c[0], c[1], c[2], c[3] == "yes", int(c[4]), c[5]) for c in cells}


def write(graph: Graph, *, title: str | None = None) -> bytes:
    """The page as UTF-8, the same bytes for the same graph.

    Args:
        graph: What to show.
        title: Of the page (default: the headline of the document, or the number of documents and their days).
    """
    quads = graph.quads()
    found = things(quads)
    net = network(quads, comments=True)
    behind = Behind(found, quads)
    chosen = _chosen(net)
    ids = {iri: f"n{number}" for number, iri in enumerate(chosen)}
    drawn = {iri: drawn_node(iri, net.nodes[iri]["kind"], found) for iri in chosen}
    edges = _edges(net, ids, found, behind)
    places = _places(net, chosen, drawn, [e for e in edges if not e["implied"]], ids)
    nodes = [_node(iri, ids, net, drawn[iri], places[iri], found) for iri in chosen]
    details = {ids[iri]: node_details(iri, ids, found, behind) for iri in chosen}
    cited = {number for one in [*details.values(), *edges] for number, _ in one["sentences"]}
    sentences = {number: behind.sentences[number] for number in sorted(cited)}
    page = {
        "kinds": [k._asdict() for k in kinds().values()],
        "options": OPTIONS,
        "relations": [[key, relation.words, relation.back] for key, relation in RELATIONS.items()],
        "details": details,
        "sentences": sentences,
        "documents": {n: behind.documents[n] for n in sorted({s["document"] for s in sentences.values()} - {-1})},
        "document_count": len(behind.documents),
        "left_out": len(net) - len(chosen),
    }
    return _render(title or _title(behind.documents), nodes, edges, page).encode("utf-8", "replace")


def _title(documents: list[Document]) -> str:
    if len(documents) == 1:
        return documents[0]["title"]
    days = sorted(d["date"] for d in documents if d["date"])
    return f"{len(documents)} documents" + (f", {day(days[0])} to {day(days[-1])}" if days else "")


def _chosen(net: networkx.MultiDiGraph[str]) -> list[str]:
    """The nodes to draw: all, or the best connected where there are too many."""
    if len(net) <= MOST_DRAWN:
        return list(net)
    ranked = sorted(net, key=lambda n: (not kinds()[net.nodes[n]["kind"]].shown, -net.degree(n), n))
    return sorted(ranked[:MOST_DRAWN])


def drawn_node(iri: str, kind: str, found: dict[str, Thing]) -> Drawn:
    """The lines of a node, wrapped to be read at a glance, and the space they need."""
    words = caption(iri, kind, found)
    head = _wrapped(words.head, 24 if kind in ("Country", "Bloc") else 22, 3)
    # The nth line of details is one thing: the date, the length, the status.
    details: list[str] = []
    for detail in words.details:
        if len(details) < _DETAILS:
            details += _wrapped(detail, 26, min(2, _DETAILS - len(details)))
    look = kinds()[kind]
    if kind == "Post":
        head, details = [], _wrapped(words.head, 24, 3)
    text = HEAD_LINE * len(head) + DETAIL_LINE * len(details)
    lines = [HEAD_SIZE * ems(x) for x in head] + [DETAIL_SIZE * ems(x) for x in details]
    width = max([2.0 * look.radius, *lines])
    if not look.radius:
        return Drawn(head, details, Box(width + (44 if kind == "Bloc" else 24), text + 14), 0)
    return Drawn(head, details, Box(width, 2 * look.radius + 4 + text), (4 + text) / 2)


def ems(text: str) -> float:
    """The width of a line over the size of its letters, in DejaVu Sans, the widest of the page's fonts."""
    return sum(
        1.02 if c in "mwMW@%—…→" or c > "\u2e80" else 0.36 if c in "ijlI.,:;'|!() []" else 0.44 if c in "ftr-"
        else 0.74 if c.isupper() else 0.64
        for c in text
    )  # fmt: skip


def _wrapped(text: str, width: int, most: int) -> list[str]:
    return textwrap.wrap(text, width, max_lines=most, placeholder="…")


def _node(
    iri: str, ids: dict[str, str], net: networkx.MultiDiGraph[str], drawn: Drawn, place: tuple[int, int],
    found: dict[str, Thing],
) -> dict[str, Any]:  # fmt: skip
    row = net.nodes[iri]
    status = str(row.get("status", ""))
    begin = str(row.get("earliest", row.get("date", "")))
    return {
        "id": ids[iri], "label": str(row["label"]), "shape": "custom", "x": place[0], "y": place[1],
        "kind": row["kind"], "ref": iri.removeprefix(BASE), "head": drawn.head, "details": drawn.details,
        "aliases": found[iri].values.get("altLabel", []), "from": begin, "to": str(row.get("latest", begin)),
        "look": "open" if status in OPEN else "crossed" if status in CROSSED else "solid",
        "status": named(status), "size": [drawn.box.width, drawn.box.height, drawn.drop],
    }  # fmt: skip


def _edges(
    net: networkx.MultiDiGraph[str], ids: dict[str, str], found: dict[str, Thing], behind: Behind
) -> list[dict[str, Any]]:
    """Every edge between drawn nodes. An implied one (Japan is party, its minister takes part) shows on selection."""
    rows: list[dict[str, Any]] = []
    beside: dict[tuple[str, str], int] = {}
    for source, target, key, row in net.edges(keys=True, data=True):
        if source in ids and target in ids:
            pair = (min(source, target), max(source, target))
            beside[pair] = beside.get(pair, -1) + 1
            rows.append({
                "id": f"e{len(rows)}", "from": ids[source], "to": ids[target], "relation": key, "words": row["label"],
                "implied": _implied(source, target, key, net), "beside": beside[pair],
                **edge_details((source, key, target), str(row.get("fact", "")), found, behind),
            })  # fmt: skip
    return rows


def _implied(source: str, target: str, key: str, net: networkx.MultiDiGraph[str]) -> bool:
    """Whether other edges that are drawn say the same."""
    if key == "party":
        others = [u for u, _, k in net.in_edges(target, keys=True) if k == "participant"]
        return any(net.has_edge(u, source, k) for u in others for k in ("represents", "country"))
    if key == "country" and net.nodes[source]["kind"] == "Post":
        return any(net.has_edge(u, target, "represents") for u, _, k in net.in_edges(source, keys=True) if k == "holds")
    if key == "onBehalfOf":
        speakers = [u for u, _, k in net.in_edges(source, keys=True) if k == "speaker"]
        return any(net.has_edge(u, target, k) for u in speakers for k in ("represents", "country"))
    return False


def _places(
    net: networkx.MultiDiGraph[str], chosen: list[str], drawn: dict[str, Drawn], edges: list[dict[str, Any]],
    ids: dict[str, str],
) -> dict[str, tuple[int, int]]:  # fmt: skip
    """Where each symbol stands. Kinds that are hidden at first take the gaps that the others leave."""
    first = [iri for iri in chosen if kinds()[net.nodes[iri]["kind"]].shown]
    index = {ids[iri]: number for number, iri in enumerate(first)}
    pairs = [(index[e["from"]], index[e["to"]]) for e in edges if e["from"] in index and e["to"] in index]
    centres = dict(zip(first, positions([drawn[iri].box for iri in first], pairs), strict=True))
    taken = [(centres[iri], drawn[iri].box) for iri in first]
    for iri in chosen:
        if iri not in centres:
            around = [centres[n] for n in [*net.predecessors(iri), *net.successors(iri)] if n in centres] or [(0, 0)]
            near = (sum(x for x, _ in around) // len(around), sum(y for _, y in around) // len(around))
            centres[iri] = free_place(near, drawn[iri].box, taken)
            taken.append((centres[iri], drawn[iri].box))
    return {iri: (x, round(y - drawn[iri].drop)) for iri, (x, y) in centres.items()}


def _render(title: str, nodes: list[dict[str, Any]], edges: list[dict[str, Any]], page: dict[str, Any]) -> str:
    import pyvis
    from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader
    from pyvis.network import Network

    net = Network(directed=True, cdn_resources="in_line", height="100%", width="100%", heading=title)
    for node in nodes:
        net.add_node(node["id"], **{key: value for key, value in node.items() if key != "id"})
    for edge in edges:
        net.add_edge(edge["from"], edge["to"], **{k: v for k, v in edge.items() if k not in ("from", "to")})
    net.set_options(json.dumps(OPTIONS))
    templates = FileSystemLoader(Path(pyvis.__file__).parent / "templates")
    # pyvis renders without escaping, which lets a headline run as script; its environment is replaced.
    net.templateEnv = Environment(loader=ChoiceLoader([PackageLoader("kg", "export"), templates]), autoescape=True)
    net.templateEnv.globals.update(page=page)
    net.path = "page.html.j2"
    return str(net.generate_html())


OPTIONS = {
    "autoResize": False,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False, "randomSeed": 1},
    "interaction": {"hover": True, "hideEdgesOnDrag": False, "keyboard": {"enabled": True, "bindToWindow": False}},
    "edges": {"arrows": {"to": {"enabled": True, "scaleFactor": 0.45}}, "smooth": False, "width": 1.1,
              "selectionWidth": 1.4, "font": {"size": 13, "align": "middle", "strokeWidth": 5}},
    "nodes": {"shape": "custom"},
}  # fmt: skip
