"""Scores actions on single lead sentences: `python -m benchmarks.actions [--errors] [--list NAME] [--held]`.

Each sentence is built as a document of its own, without a date, and asked the named question `actions`; a row counts
by source, CAMEO root and recipient. `actions` holds short sentences, `leads` and `leads_second` longer ones by another
author. `actions_heldback` and, by a third author, `leads_heldback` are scored with `--held` only, and as totals: their
errors are not to be read while rules are written. `--model NAME` takes another pipeline.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kg.join import join
from kg.query import ask
from kg.result import Result
from kg.stages.ingest.document import document
from kg.stages.parse import load, parse
from kg.stages.recognize import recognize
from kg.stages.relate import relate
from kg.stages.resolve import resolve
from kg.stages.state import quads
from kg.store import Graph

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.language import Language

GOLD = Path(__file__).parent.parent / "tests" / "data" / "gold"
LISTS = ("actions", "leads", "leads_second")
HELD = ("actions_heldback", "leads_heldback")
Triple = tuple[str, str, str]


class Lead(NamedTuple):
    """A lead sentence with its actions: source, CAMEO root, recipient."""

    text: str
    gold: frozenset[Triple]


class Score(NamedTuple):
    """Counts over a list of leads."""

    right: int
    found: int
    wanted: int

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.right / max(self.found + self.wanted, 1)

    def __str__(self) -> str:
        precision, recall = self.right / max(self.found, 1), self.right / max(self.wanted, 1)
        counts = f"{self.right} of {self.wanted}, {self.found} found"
        return f"P {precision:.3f}  R {recall:.3f}  F1 {self.f1:.3f}  ({counts})"


def leads(name: str) -> list[Lead]:
    """The leads of one gold list."""
    rows = [json.loads(line) for line in (GOLD / f"{name}.jsonl").read_text(encoding="utf-8").splitlines() if line]
    return [Lead(r["text"], frozenset((s, root, to) for s, root, to in r["actions"])) for r in rows]


def answers(given: Sequence[Lead], nlp: Language) -> Iterator[frozenset[Triple]]:
    """What the question `actions` gives for each lead."""
    for one, doc in parse((document(f"lead-{n}", lead.text) for n, lead in enumerate(given)), nlp):
        mentions = recognize(one, doc)
        facts = resolve(one, doc, mentions, relate(one, doc, mentions), generator="benchmark")
        result = ask(Graph.from_quads(quads(join([facts]))), "actions", {})
        rows = result.records() if isinstance(result, Result) else []
        yield frozenset((str(row["source"]), str(row["root"]), str(row["recipient"])) for row in rows)


def score(given: Sequence[Lead], found: Sequence[frozenset[Triple]]) -> Score:
    """Counts over all leads together."""
    pairs = list(zip(given, found, strict=True))
    return Score(sum(len(lead.gold & got) for lead, got in pairs), sum(len(got) for got in found),
                 sum(len(lead.gold) for lead in given))  # fmt: skip


def sides(actions: frozenset[Triple]) -> frozenset[Triple]:
    """The same without roots: who does anything to whom."""
    return frozenset((source, "", to) for source, _, to in actions)


def kinds(gold: frozenset[Triple], found: frozenset[Triple]) -> Iterator[str]:
    """What is wrong in one lead, in words that can be counted."""
    missed, more = gold - found, found - gold
    pairs = {(s, to): root for s, root, to in more}
    for source, root, to in sorted(missed):
        if (source, to) in pairs:
            yield f"root {root} read as {pairs[source, to]}"
        elif any(root == other[1] for other in more):
            yield f"root {root}: other actors"
        else:
            yield f"root {root} missed"
    if more and not missed:
        yield f"root {min(more)[1]} too much"


def chosen(name: str | None, *, held: bool) -> tuple[str, ...]:
    """The lists to score: those held back only where they are asked for."""
    if held:
        return HELD
    return LISTS if name is None else (name,)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", action="store_true", help="show what is wrong in the lists that may be read")
    parser.add_argument("--list", choices=LISTS, help="only this list")
    parser.add_argument("--held", action="store_true", help="only totals of the lists that may not be read")
    parser.add_argument("--model", help="an English spaCy pipeline, as for kg build")
    arguments = parser.parse_args()
    nlp = load(arguments.model)
    for name in chosen(arguments.list, held=arguments.held):
        gold = leads(name)
        found = list(answers(gold, nlp))
        print(f"{name}: {score(gold, found)}")
        pairs = [Lead(lead.text, sides(lead.gold)) for lead in gold]
        print(f"  without roots: {score(pairs, [sides(got) for got in found])}")
        if name in HELD:
            continue
        counted = Counter(kind for lead, got in zip(gold, found, strict=True) for kind in kinds(lead.gold, got))
        for kind, number in sorted(counted.items(), key=lambda item: (-item[1], item[0]))[:15]:
            print(f"  {number:3} {kind}")
        for lead, got in zip(gold, found, strict=True) if arguments.errors else ():
            if lead.gold != got:
                print(f"\n{lead.text}\n  missed {sorted(lead.gold - got)}\n  more   {sorted(got - lead.gold)}")


if __name__ == "__main__":
    main()
