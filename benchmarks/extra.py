"""Scores what the main measure leaves out: positions, actions, what a statement reports, topics of events.

    python benchmarks/extra.py GOLD_DIR GRAPH_DIR [--misses]

GOLD_DIR holds SLUG.json as in `tests/corpus/README.md`, GRAPH_DIR holds SLUG.ttl (or .trig, .nq) of the same document.
Only the vocabulary is read, so nothing here depends on how a graph was made. Each scorer gives (hits, extra, missed);
what the gold calls optional is neither missed nor extra.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rdflib import Dataset, Graph, URIRef

if TYPE_CHECKING:
    from collections.abc import Callable

    from rdflib.term import Node

    Fact = dict[str, Any]
    Score = tuple[list[Any], list[Any], list[Any]]
    Counts = tuple[int, int, int]

KG, SCHEMA = "https://w3id.org/parley/terms#", "https://schema.org/"
RDF_TYPE = URIRef("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_NAMES = tuple(URIRef(x) for x in (f"{SCHEMA}name", "http://www.w3.org/2000/01/rdf-schema#label",
                                   "http://www.w3.org/2004/02/skos/core#altLabel"))  # fmt: skip
_STATES = tuple(URIRef(x) for x in (f"{KG}country", f"{KG}represents"))
_CODE = URIRef(f"{SCHEMA}identifier")
_STOP = frozenset({"the", "a", "an", "of", "for", "and", "s", "to", "in", "on", "by", "his", "her", "its", "their",
                   "that", "with", "at", "be", "is", "was", "were", "are", "would", "will", "had", "has", "have", "not",
                   "no"})  # fmt: skip
_EVENTS = ("Meeting", "Call", "Visit", "Round", "Summit", "Signing")
_MEANT = {"duty": "tariff", "dutie": "tariff", "levy": "tariff", "levie": "tariff", "surcharge": "tariff",
          "truce": "ceasefire", "pact": "agreement", "accord": "agreement", "deal": "agreement", "treaty": "agreement",
          "treatie": "agreement", "programme": "program", "negotiation": "talk"}  # fmt: skip # words of one meaning
_SHARE = 0.3  # of the shorter text's words that two descriptions of one thing have in common


def kg(name: str) -> URIRef:
    """The IRI of a term of the vocabulary."""
    return URIRef(KG + name)


def words(text: object) -> set[str]:
    """The telling words of a text, folded, without a plural s."""
    plain = unicodedata.normalize("NFKD", str(text)).encode("ascii", "ignore").decode().lower()
    found = {w.strip(".") for w in re.sub(r"[^a-z0-9%.$ ]+", " ", plain).split()} - _STOP - {""}
    return {w[:-1] if len(w) > 3 and w.endswith("s") else w for w in found}


def overlap(a: object, b: object) -> float:
    """Share of the smaller set of words that two texts have in common."""
    x, y = words(a), words(b)
    return len(x & y) / min(len(x), len(y)) if x and y else 0.0


def load(path: Path) -> Graph:
    """The default graph of a file."""
    if path.suffix == ".ttl":
        return Graph().parse(path, format="turtle")
    dataset = Dataset(default_union=False)
    dataset.parse(path, format={".trig": "trig", ".nq": "nquads"}[path.suffix])
    graph: Graph = dataset.default_graph
    return graph


def nodes(graph: Graph, *types: str) -> list[Node]:
    """All nodes of these classes, sorted."""
    return sorted({n for t in types for n in graph.subjects(RDF_TYPE, kg(t))}, key=str)


def names(graph: Graph, node: Node) -> set[str]:
    """All names and codes of a node."""
    found = {str(o) for p in (*_NAMES, _CODE) for o in graph.objects(node, p)}
    return found or {str(node).rsplit("/", 1)[-1].replace("-", " ")}


def sides(graph: Graph, node: Node) -> set[str]:
    """The names of an actor, and those of the state or bloc it is or stands for."""
    return names(graph, node) | {n for p in _STATES for state in graph.objects(node, p) for n in names(graph, state)}


def alike(wanted: str, found: set[str]) -> bool:
    """Whether a name or code of the gold is among the names of a node."""
    return wanted in found or any(overlap(wanted, name) >= 0.5 for name in found if len(name) > 2 and len(wanted) > 2)


def match(gold: list[Any], found: list[Any], score: Callable[[Any, Any], float]) -> Score:
    """One-to-one assignment by falling score; gold that is optional is never missed, and takes up what is left."""
    hits: list[Any] = []
    rest, open_gold = list(found), list(gold)
    for needed in (True, False):
        pairs = [(score(g, f), -i, -j) for i, g in enumerate(open_gold) if bool(g.get("optional")) is not needed
                 for j, f in enumerate(rest)]  # fmt: skip
        used_gold, used = set[int](), set[int]()
        for value, i, j in sorted(pairs, reverse=True):
            if value > 0 and -i not in used_gold and -j not in used:
                used_gold.add(-i)
                used.add(-j)
                hits += [(open_gold[-i], rest[-j])] if needed else []
        open_gold = [g for i, g in enumerate(open_gold) if i not in used_gold]
        rest = [f for j, f in enumerate(rest) if j not in used]
    missed = [g for g in open_gold if not g.get("optional")]
    return hits, rest, missed


def judge_positions(gold: Fact, graph: Graph) -> Score:
    """Positions: the holder or the state it speaks for, the stance or one as good, and words of what it is about."""
    codes = _codes(gold)
    found = []
    for node in nodes(graph, "Position"):
        holders = [sides(graph, h) for h in graph.objects(node, kg("holder"))]
        stance = str(next(graph.objects(node, kg("stance")), "")).rsplit("#", 1)[-1].lower()
        about = {str(t) for t in graph.objects(node, URIRef(f"{SCHEMA}text"))}
        about |= {n for o in graph.objects(node, URIRef(f"{SCHEMA}about")) for n in names(graph, o)}
        found.append({"holders": holders, "stance": stance, "about": sorted(about)})

    def score(g: Fact, f: Fact) -> float:
        held = {g["holder"], *g.get("holders", ()), *codes.get(g["holder"], ())}
        if f["stance"] not in {g["stance"], *g.get("accept", ())}:
            return 0.0
        if not any(alike(h, x) for h in held for x in f["holders"]):
            return 0.0
        best = max((overlap(g["about"], a) for a in f["about"]), default=0.0)
        return best if best >= _SHARE else 0.0

    return match(gold.get("positions") or [], found, score)


def _codes(gold: Fact) -> dict[str, set[str]]:
    """The country or body that each person of the gold speaks for."""
    return {p["name"]: {r[k] for r in p["roles"] for k in ("country", "org") if r.get(k)} for p in gold["people"]}


def judge_actions(gold: Fact, graph: Graph) -> Score:
    """Actions by source, CAMEO root and recipient; consultations, which the gold never lists, are left out."""
    found = []
    for node in nodes(graph, "Action"):
        code = str(next(graph.objects(node, kg("eventCode")), "")).rsplit("/", 1)[-1]
        ends = [{n for o in graph.objects(node, kg(p)) for n in sides(graph, o)} for p in ("source", "recipient")]
        root = str(next(graph.objects(node, kg("cameoRoot")), ""))
        if code != "CONSULT":
            found.append({"source": ends[0], "code": code, "root": root, "recipient": ends[1]})

    def score(g: Fact, f: Fact) -> float:
        ends = alike(g["source"], f["source"]) and (not g.get("recipient") or alike(g["recipient"], f["recipient"]))
        return 1.0 if ends and g["root"] == f["root"] else 0.0

    hits, extra, missed = match(gold.get("actions") or [], found, score)
    again = [f for f in extra if any(score(g, f) for g in gold.get("actions") or [])]  # told twice
    return hits, [f for f in extra if f not in again], missed


def judge_reports(gold: Fact, graph: Graph) -> Score:
    """Facts that statements carry: each listed one must be linked from a statement of that speaker in such words."""
    hits: list[Any] = []
    missed: list[Any] = []
    told = [(s, {n for w in graph.objects(s, kg("speaker")) for n in names(graph, w)},
             str(next(graph.objects(s, URIRef(f"{SCHEMA}text")), "")))
            for s in nodes(graph, "Statement")]  # fmt: skip
    for wanted in gold.get("statements") or []:
        fits = [s for s, who, text in told if alike(wanted["speaker"], who) and overlap(wanted["gist"], text) >= 0.25]
        linked = {f for s in fits for p in ("reports", "denies") for f in graph.objects(s, kg(p))}
        for report in wanted.get("reports") or []:
            fact = gold[report["kind"]][report["index"]]
            there = any(same_fact(graph, node, report["kind"], fact) for node in linked)
            if there:
                hits.append((wanted, fact))
            elif not (wanted.get("optional") or fact.get("optional")):
                missed.append({"speaker": wanted["speaker"], "gist": wanted["gist"], "fact": fact})
    return hits, [], missed


def same_fact(graph: Graph, node: Node, kind: str, fact: Fact) -> bool:
    """Whether a node is the event, tariff or deadline that the gold describes."""
    types = {str(t).rsplit("#", 1)[-1] for t in graph.objects(node, RDF_TYPE)}
    date = {str(d) for d in graph.objects(node, kg("date"))}
    wanted = fact.get("date")
    near = not wanted or not date or any(d.startswith(wanted[: len(d)]) or wanted.startswith(d) for d in date)
    if kind == "deadlines":
        return "Deadline" in types and near
    if kind == "tariffs":
        rates = {float(str(r)) for r in graph.objects(node, kg("rate"))}
        return "Tariff" in types and (fact.get("rate_to") is None or float(fact["rate_to"]) in rates)
    people = {n for p in ("participant", "party") for o in graph.objects(node, kg(p)) for n in names(graph, o)}
    return bool(types & set(_EVENTS)) and near and any(alike(p, people) for p in fact["participants"])


def judge_topics(gold: Fact, graph: Graph) -> Score:
    """Topics of events: one of the event that fits best shares words with the gold's; else what it has is wrong."""
    found = [{"node": e, "types": {str(t).rsplit("#", 1)[-1] for t in graph.objects(e, RDF_TYPE)},
              "topics": sorted({n for t in graph.objects(e, kg("topic")) for n in names(graph, t)})}
             for e in nodes(graph, *_EVENTS)]  # fmt: skip

    def meant(topic: str) -> str:
        return " ".join(_MEANT.get(word, word) for word in sorted(words(topic)))

    def told(g: Fact, f: Fact) -> bool:
        return any(overlap(meant(g["topic"]), meant(t)) >= _SHARE for t in f["topics"])

    def score(g: Fact, f: Fact) -> float:
        if not same_fact(graph, f["node"], "events", g):
            return 0.0
        there = {n for p in ("participant", "party") for o in graph.objects(f["node"], kg(p)) for n in names(graph, o)}
        share = sum(alike(p, there) for p in g["participants"]) / len(g["participants"])
        return 1 + (str(g.get("type")).removeprefix("Negotiation") in f["types"]) + share + told(g, f) / 2

    pairs, _, _ = match([e for e in gold["events"] if e.get("topic")], found, score)
    hits = [(g, f) for g, f in pairs if told(g, f)]
    wrong = [{"topic": g["topic"], "found": f["topics"]} for g, f in pairs if not told(g, f)]
    return hits, [w for w in wrong if w["found"]], wrong


JUDGES: dict[str, Callable[[Fact, Graph], Score]] = {
    "positions": judge_positions, "actions": judge_actions, "reports": judge_reports, "topics": judge_topics,
}  # fmt: skip


def counts(kind: str, gold: Fact, graph: Graph) -> Counts:
    """Hits, extra and missed facts of a kind ("positions", "actions", "reports", "topics") as numbers."""
    hits, extra, missed = JUDGES[kind](gold, graph)
    return len(hits), len(extra), len(missed)


def score_positions(gold: Fact, graph: Graph) -> Counts:
    """Positions: true and false positives, false negatives."""
    return counts("positions", gold, graph)


def score_actions(gold: Fact, graph: Graph) -> Counts:
    """Actions: true and false positives, false negatives."""
    return counts("actions", gold, graph)


def score_reports(gold: Fact, graph: Graph) -> Counts:
    """What statements report: links found, none, links missed."""
    return counts("reports", gold, graph)


def score_topics(gold: Fact, graph: Graph) -> Counts:
    """Topics of events: found, none, missed."""
    return counts("topics", gold, graph)


def main() -> int:
    """Print precision, recall and F1 of each kind over all documents of a folder."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("gold", type=Path)
    parser.add_argument("graphs", type=Path)
    parser.add_argument("--misses", action="store_true", help="list what was missed or is extra")
    args = parser.parse_args()
    totals = {kind: [0, 0, 0] for kind in JUDGES}
    for path in sorted(args.gold.glob("*.json")):
        file = next((f for f in (args.graphs / (path.stem + s) for s in (".ttl", ".trig", ".nq")) if f.exists()), None)
        if file is None:
            print(f"{args.graphs}: no graph for {path.stem}", file=sys.stderr)
            return 2
        gold, graph = json.loads(path.read_text(encoding="utf-8")), load(file)
        for kind, judge in JUDGES.items():
            hits, extra, missed = judge(gold, graph)
            totals[kind] = [a + len(b) for a, b in zip(totals[kind], (hits, extra, missed), strict=True)]
            if args.misses:
                lines = [f"missed: {m}" for m in missed] + [f"extra: {x}" for x in extra]
                print("".join(f"{path.stem}: {kind} {line}\n" for line in lines), end="")
    for kind, (tp, fp, fn) in totals.items():
        p, r = tp / ((tp + fp) or 1), tp / ((tp + fn) or 1)
        print(f"{kind:10} P {p:.3f}  R {r:.3f}  F1 {2 * p * r / ((p + r) or 1):.3f}   (tp {tp}, fp {fp}, fn {fn})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
