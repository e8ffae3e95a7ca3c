"""How well stories told by several outlets are put together: same events, people, tariffs; where reports disagree.

    python -m benchmarks.joining                the development half, against the targets
    python -m benchmarks.joining --misses       also every pair that was missed or is false, with the story
    python -m benchmarks.joining --held         totals on the held-back half; shows no text and no single error

Each story of tests/corpus/stories is built from all its articles together. A mention is one event (person, tariff) in
one article; the sentence graphs tell what each article says of a node, so that a gold mention finds its node there by
family, participants, date and details. Counted are pairs of mentions in different articles that are one node, against
pairs that are one in the gold. "as read" leaves out gold pairs of which a mention has no node at all: what joining
alone could do. Exit status: 0, or 1 where the development half is below a target.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.reading import complete
from benchmarks.stories import Matched, fits_event, fits_person, fits_tariff, local, match, same_value, story
from kg.iris import slug
from kg.pipeline import facts, graph
from kg.stages.parse import load

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from spacy.language import Language

    from benchmarks.stories import Gold, Story

STORIES = Path(__file__).parent.parent / "tests" / "corpus" / "stories"
# F1 (of disagreements recall) and precision, from issue D
TARGETS = {"events": (0.93, 0.98), "people": (0.99, 0.0), "disagreements": (0.9, 0.9)}


class Tally(NamedTuple):
    """Right, false and missed, with the false and the missed in words."""

    right: int
    false: tuple[str, ...]
    missed: tuple[str, ...]

    def __str__(self) -> str:
        return (f"P {self.precision:.3f}  R {self.recall:.3f}  F1 {self.f1:.3f}   "
                f"(right {self.right}, false {len(self.false)}, missed {len(self.missed)})")  # fmt: skip

    @property
    def precision(self) -> float:
        """Of what was found, the share that is right."""
        return self.right / max(self.right + len(self.false), 1)

    @property
    def recall(self) -> float:
        """Of the gold, the share that was found."""
        return self.right / max(self.right + len(self.missed), 1)

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        return 2 * self.right / max(2 * self.right + len(self.false) + len(self.missed), 1)

    def plus(self, other: Tally) -> Tally:
        """Both together."""
        return Tally(self.right + other.right, self.false + other.false, self.missed + other.missed)


def pairs(gold: Sequence[Gold], matched: Matched, nodes: Mapping[str, list[str]], *, as_read: bool) -> Tally:
    """Pairs of mentions in two articles: one in the gold, one in the graph.

    Args:
        gold: Things with mentions.
        matched: Which node is which.
        nodes: For each article, all its nodes of these families.
        as_read: Leave out gold pairs, and pairs of nodes, of which a side has no counterpart at all.
    """
    right, false, missed = 0, list[str](), list[str]()
    for one in gold:
        articles = [m["document"] for m in one["mentions"] if not m.get("optional")]
        for a, b in combinations(articles, 2):
            x, y = matched.node.get((a, one["id"])), matched.node.get((b, one["id"]))
            if x and x == y:
                right += 1
            elif not as_read or (x and y):
                missed.append(f"{one['id']}: {a} {_short(x)} | {b} {_short(y)}")
    for a, b in combinations(sorted(nodes), 2):
        for node in sorted(set(nodes[a]) & set(nodes[b])):
            x, y = matched.gold.get((a, node)), matched.gold.get((b, node))
            weak = (a, x) in matched.optional or (b, y) in matched.optional
            if not weak and (x != y or x is None) and not (as_read and (x is None or y is None)):
                false.append(f"{_short(node)}: {a} is {x or 'in no gold'} | {b} is {y or 'in no gold'}")
    return Tally(right, tuple(false), tuple(missed))


def _short(iri: str | None) -> str:
    return local(iri) if iri else "not read"


def disagreements(gold: Gold, found: Story, matched: Sequence[Matched]) -> Tally:
    """Disagreements by what they are about, the property, and at least the values of the gold."""
    about: dict[str, set[str]] = defaultdict(set)
    for one in matched:
        for (_, thing), node in one.node.items():
            about[node].add(thing)
    rest = []
    for node in sorted(n for n, values in found.known.items() if "Disagreement" in values["type"]):
        values = found.known[node]
        read = {v for reading in values["reading"] for v in found.known[reading]["value"]}
        things = {t for fact in values["about"] for t in about[fact]}
        rest.append((things, next(iter(values["property"]), ""), read, f"{sorted(things) or _short(node)}"))
    right, missed = 0, list[str]()
    for wanted in sorted(gold["disagreements"], key=lambda d: bool(d.get("optional"))):
        alike = (r for r in rest if wanted["about"] in r[0] and wanted["property"] == r[1])
        hit = next((r for r in alike if _covers(wanted, r[2])), None)
        if hit:
            rest.remove(hit)
        if not wanted.get("optional"):
            right += hit is not None
            missed += [] if hit else [f"{wanted['about']} {wanted['property']} {wanted['values']}"]
    return Tally(right, tuple(f"{what} {prop} {sorted(read)}" for _, prop, read, what in rest), tuple(missed))


def _covers(wanted: Gold, read: set[str]) -> bool:
    if wanted["property"] == "place":  # whose readings are nodes
        return {slug(v) for v in wanted["values"]} <= {local(v) for v in read}
    plain = {local(v).lower() for v in read} if wanted["property"] == "status" else read
    return all(same_value(v, plain) for v in wanted["values"])


def measure(folder: Path, nlp: Language) -> dict[str, Tally]:
    """All figures of one story."""
    gold: Gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    articles: list[str] = gold["documents"]
    read = complete(facts([folder / name for name in articles], nlp, root=folder))
    found = story(graph([*read]).quads(), articles)
    people = [{"id": p["id"], "mentions": [{**p, "document": d} for d in p["documents"]]} for p in gold["people"]]
    parts: list[tuple[str, list[Gold], list[str], Callable[[Gold, str], float]]] = [
        ("events", gold["events"], ["meeting", "call", "visit", "signing"], fits_event(found, gold["people"])),
        ("people", people, ["person"], fits_person(found)),
        ("tariffs", gold["tariffs"], ["tariff"], fits_tariff(found)),
    ]
    result, every = dict[str, Tally](), list[Matched]()
    for kind, things, families, score in parts:
        every.append(match(things, found, families, score))
        nodes = {a: found.of(a, *families) for a in articles}
        result[kind] = pairs(things, every[-1], nodes, as_read=False)
        result[f"{kind} as read"] = pairs(things, every[-1], nodes, as_read=True)
    return result | {"disagreements": disagreements(gold, found, every)}


def below(kind: str, tally: Tally) -> bool:
    """Whether a figure misses its target."""
    aim, precision = TARGETS.get(kind, (0.0, 0.0))
    return (tally.recall if kind == "disagreements" else tally.f1) < aim or tally.precision < precision


def main() -> int:
    """Print the figures; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--held", action="store_true", help="totals of the held-back half")
    parser.add_argument("--misses", action="store_true", help="every pair that is missed or false")
    parser.add_argument("--story", help="only this story of the development half")
    args = parser.parse_args()
    nlp, totals = load(), dict[str, Tally]()
    folders = sorted(p.parent for p in (STORIES / ("held" if args.held else "dev")).glob("*/gold.json"))
    for folder in folders if args.held or not args.story else [STORIES / "dev" / args.story]:
        for kind, tally in measure(folder, nlp).items():
            totals[kind] = totals[kind].plus(tally) if kind in totals else tally
            for what, notes in (("missed", tally.missed), ("false", tally.false)):
                for note in notes if args.misses and not args.held and "as read" not in kind else ():
                    print(f"{folder.name}: {kind} {what}: {note}")
    for kind, tally in totals.items():
        print(f"{kind:16} {tally}{'   BELOW TARGET' if below(kind, tally) else ''}")
    return int(not args.held and any(below(kind, tally) for kind, tally in totals.items()))


if __name__ == "__main__":
    sys.exit(main())
