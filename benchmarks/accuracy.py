"""How right the facts are: precision, recall, F1 and slots on the project's corpora, against floors.

    python benchmarks/accuracy.py                    the corpora that rules may be fitted to, and the floors
    python benchmarks/accuracy.py --only paper       one corpus, without the floors
    python benchmarks/accuracy.py --held             totals on the held-back half; shows no text and no single error
    python benchmarks/accuracy.py --misses events    what was missed, added or differs, for one kind
    python benchmarks/accuracy.py --model NAME       another spaCy pipeline, without the floors: docs/models.md
    python benchmarks/accuracy.py --update           raise the floors to the figures measured now

Floors stand in accuracy.json with a checksum of the corpora; `--update` refuses to lower one without `--allow-lower`.
Exit status: 0, or 1 where a figure is below its floor or the corpora have changed without an update.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import rdflib
from rdflib.plugins.sparql import prepareQuery

from benchmarks import extra, score
from benchmarks.reading import complete
from kg.export import turtle
from kg.join import join
from kg.pipeline import facts
from kg.stages.parse import load
from kg.stages.state import quads
from kg.store import Graph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib.plugins.sparql.sparql import Query
    from spacy.language import Language

ROOT = Path(__file__).resolve().parent.parent
NAMES = ("agency", "dev", "press", "wire", "field", "paper", "gazette", "record", "bureau", "daily", "chancery",
         "courier", "dispatch", "review", "herald", "monitor", "ledger", "almanac", "mercury", "tribune", "annals",
         "sentinel", "meridian", "harbor", "quay", "lantern", "compass", "pier", "beacon", "horizon", "anchor",
         "quartz", "basalt", "cobalt", "marble", "ember", "fjord", "delta")
CORPORA = {name: ROOT / "tests/corpus" / name for name in NAMES}
CORPORA["example"] = ROOT / "examples"
HELD = {"held": ROOT / "tests/corpus/held"}
FLOORS = ROOT / "benchmarks/accuracy.json"
EXTRA = {"positions": extra.judge_positions, "actions": extra.judge_actions, "reports": extra.judge_reports,
         "topics": extra.judge_topics}  # fmt: skip
LISTED = ("positions", "actions")  # kinds that have a list of their own in the gold
Counts: TypeAlias = dict[str, list[int]]
Note: TypeAlias = tuple[str, str, str, Any]  # document, kind, what is wrong, the fact
MARGIN = 0.005  # a floor lies this far below the figure, so that rounding alone never breaks the gate


def checksum(folders: dict[str, Path]) -> str:
    """SHA-256 over names and bytes of all texts and gold, in order."""
    digest = hashlib.sha256()
    for name in sorted(folders):
        for path in sorted(p for p in folders[name].iterdir() if p.suffix in {".txt", ".json"}):
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


@cache
def _prepared(query: str) -> Query:
    """A query of the scorer, parsed once: parsing them anew for each document was half of a run."""
    return prepareQuery(score.PREFIXES + query)


def _rows(graph: rdflib.Graph, query: str) -> list[dict[str, str | None]]:
    found = graph.query(_prepared(query)).bindings
    names = [str(v) for v in _prepared(query).algebra["PV"]]
    return [dict.fromkeys(names) | {str(v): str(x) for v, x in row.items()} for row in found]


score.rows = _rows


def graphs(folder: Path, nlp: Language) -> Iterator[tuple[Path, rdflib.Graph]]:
    """Each text of a folder that has gold, with what is known from it alone."""
    sources = sorted(p.with_suffix(".txt") for p in folder.glob("*.json"))
    for path, one in zip(sources, complete(facts(sources, nlp, root=folder)), strict=True):
        yield path, rdflib.Graph().parse(data=turtle.write(Graph.from_quads(quads(join([one])))), format="turtle")


def measure(folder: Path, nlp: Language) -> tuple[Counts, Counts, list[Note]]:
    """Counts (hits, extra, missed) by kind, slots (right, all), and notes on every error, of one folder."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    slots: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    notes: list[tuple[str, str, str, Any]] = []
    for path, graph in graphs(folder, nlp):
        gold = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        found, right, errors = score.score_document(gold, graph)
        for kind, (hit, more, missed) in found.items():
            counts[kind] = [a + b for a, b in zip(counts[kind], (hit, more, missed), strict=True)]
        for slot, (ok, n) in right.items():
            slots[slot] = [slots[slot][0] + ok, slots[slot][1] + n]
        notes += [(path.stem, *error) for error in errors]
        for kind, scorer in EXTRA.items():
            if kind in LISTED and kind not in gold:
                continue  # the yardstick's own gold has none
            result = scorer(gold, graph)
            counts[kind] = [a + len(b) for a, b in zip(counts[kind], result, strict=True)]
            for what, wrong in zip(("extra", "missed"), result[1:], strict=True):
                notes += [(path.stem, kind, what, one) for one in wrong]
    return counts, slots, notes


def figures(counts: dict[str, list[int]], slots: dict[str, list[int]]) -> dict[str, float]:
    """F1 by kind (recall for statements) and accuracy by slot, rounded to three digits."""
    result = {}
    for kind, (hit, more, missed) in counts.items():
        _, recall, f1 = score.prf(hit, more, missed)
        result[kind] = recall if kind == "statements" else f1
    result |= {slot: ok / n for slot, (ok, n) in slots.items() if n}
    return {key: round(value, 3) for key, value in sorted(result.items())}


def show(name: str, counts: Counts, slots: Counts, notes: list[Note]) -> None:
    """Print one corpus: a line for each kind, the slots, and how often each type of error occurs."""
    print(f"== {name}")
    for kind, (hit, more, missed) in counts.items():
        precision, recall, f1 = score.prf(hit, more, missed)
        told = f"(right {hit}, extra {more}, missed {missed})"
        print(f"{kind:13} P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}   {told}")
    print("slots: " + ", ".join(f"{slot} {ok / n:.3f} of {n}" for slot, (ok, n) in sorted(slots.items()) if n))
    common = Counter(f"{kind} {what}" for _, kind, what, _ in notes).most_common(8)
    print("commonest errors: " + ", ".join(f"{what} {n}" for what, n in common))


def gate(found: dict[str, dict[str, float]], *, update: bool, allow_lower: bool) -> int:
    """Compare with the floors, or write them; the exit status."""
    old = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {"floors": {}}
    floors = old["floors"]
    below = [
        f"{name} {key}: {value} is below the floor {floors[name][key]}"
        for name, values in found.items() for key, value in values.items()
        if value < floors.get(name, {}).get(key, 0) - 1e-9
    ]  # fmt: skip
    if update and (allow_lower or not below):
        new = {n: {k: round(max(v - MARGIN, 0), 3) for k, v in values.items()} for n, values in found.items()}
        FLOORS.write_text(json.dumps({"corpus": checksum(CORPORA), "floors": new}, indent=1) + "\n", encoding="utf-8")
        return 0
    if not update and old.get("corpus") != checksum(CORPORA):
        below.append("the corpora have changed since the floors were set: run with --update")
    for line in below:
        print(line, file=sys.stderr)
    return 1 if below else 0


def main() -> int:
    """Measure, print, compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--held", action="store_true")
    parser.add_argument("--only", metavar="NAME", choices=sorted(CORPORA))
    parser.add_argument("--misses", metavar="KIND")
    parser.add_argument("--model", metavar="NAME", help="an English spaCy pipeline, as for kg build")
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--allow-lower", action="store_true")
    args = parser.parse_args()
    nlp, found = load(args.model), {}
    chosen = HELD if args.held else {args.only: CORPORA[args.only]} if args.only else CORPORA
    for name, folder in chosen.items():
        counts, slots, notes = measure(folder, nlp)
        show(name, counts, slots, notes)
        found[name] = figures(counts, slots)
        for slug, kind, what, fact in notes:
            if args.misses and not args.held and kind.split(".")[0] == args.misses:
                print(f"{slug}: {kind} {what}: {fact}")
    return 0 if args.held or args.only or args.model else gate(found, update=args.update, allow_lower=args.allow_lower)


if __name__ == "__main__":
    sys.exit(main())
