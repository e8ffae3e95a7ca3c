"""How often each rule is right, on the corpora that rules may be fitted to: `python -m benchmarks.rules [--write]`.

`--write` puts the figures into kg/lexicon/rules.tsv, from which `kg:confidence` follows. A fact is right where it is
one of the gold's (also an optional one), wrong where it is none. Statements are left out: the gold lists only the main
ones.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from typing import TYPE_CHECKING, Any

from rdflib import RDF, Graph

from benchmarks import accuracy, extra, score
from kg.stages.parse import load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Gold = dict[str, Any]

RULES = accuracy.ROOT / "kg/lexicon/rules.tsv"
PRIOR = (4, 5)  # right, of all: a rule seen on few facts stays near the 0.8 of one that was never measured
KINDS = {"roles": ("Tenure",), "events": score.EVENT_TYPES, "tariffs": ("Tariff",), "deadlines": ("Deadline",),
         "positions": ("Position",), "actions": ("Action",)}  # fmt: skip
HEAD = """\
# Precision of each rule: the share of its facts that are right, and the number of facts it was measured on.
# Source: python -m benchmarks.rules --write, on the corpora that rules may be fitted to. Each share is taken as if five
# more facts had been seen, four of them right. A rule that is not listed counts 0.8.
# rule	precision	measured
"""


def verdicts(gold: Gold, graph: Graph) -> Iterator[tuple[str, bool]]:
    """Each rule of each fact of a document, and whether the fact is one of the gold's; changes the graph."""
    for kind, classes in KINDS.items():
        if kind in accuracy.LISTED and kind not in gold:
            continue
        judge = extra.JUDGES.get(kind)
        types = {(n, RDF.type, extra.kg(c)) for c in classes for n in graph.subjects(RDF.type, extra.kg(c))}
        for triple in types:
            graph.remove(triple)
        for node in sorted({s for s, _, _ in types}, key=str):
            own = [t for t in types if t[0] == node]
            for triple in own:
                graph.add(triple)
            right = not judge(gold, graph)[1] if judge else _scored(kind, gold, graph)
            yield from ((rule, right) for rule in sorted({str(r) for r in graph.objects(node, extra.kg("rule"))}))
            for triple in own:
                graph.remove(triple)


def _scored(kind: str, gold: Gold, graph: Graph) -> bool:
    found, wanted = score.read_graph(graph)[kind], score.gold_facts(gold)[kind]
    fits: Callable[[Gold, Gold], float] = score.SCORERS[kind]
    return all(any(fits(one, fact) > 0 for one in wanted) for fact in found)


def measure() -> dict[str, tuple[int, int]]:
    """Right facts and all facts by rule."""
    right, seen = Counter[str](), Counter[str]()
    nlp = load()
    for folder in accuracy.CORPORA.values():
        for path, graph in accuracy.graphs(folder, nlp):
            gold = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
            for rule, fits in verdicts(gold, graph):
                seen[rule] += 1
                right[rule] += fits
    return {rule: (right[rule], n) for rule, n in sorted(seen.items())}


def precision(right: int, n: int) -> float:
    """The share that counts for the confidence."""
    return (right + PRIOR[0]) / (n + PRIOR[1])


def main() -> int:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    found = measure()
    for rule, (right, n) in found.items():
        print(f"{rule:28} {right:4} of {n:4}  {precision(right, n):.2f}")
    if args.write:
        lines = [f"{rule}\t{precision(*one):.2f}\t{one[1]}\n" for rule, one in found.items()]
        RULES.write_text(HEAD + "".join(lines), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
