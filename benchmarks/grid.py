"""Crosses words that tell an event with constructions: `python -m benchmarks.grid [--misses WORD]`.

`tests/data/grid/words.tsv` times `constructions.tsv` gives some five thousand sentences about pairs of invented people;
`sentences.tsv` holds single ones with what stands between: groups, gapping, negatives. Printed are the words and
constructions that are not read everywhere. A hole of one word is one of the lexicon, a hole of one construction one of
the rules. The sentences are simple, so the figures say nothing of articles.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from dataclasses import replace
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kg.model import Ref
from kg.stages.ingest.document import document
from kg.stages.parse import load, parse
from kg.stages.recognize import recognize
from kg.stages.relate import relate
from kg.stages.resolve import resolve

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model import DocumentFacts

GRID = Path(__file__).parent.parent / "tests" / "data" / "grid"
PUBLISHED = "2025-06-28"
KINDS = frozenset({"Meeting", "Call", "Visit", "Round", "Summit", "Signing"})
PAIRS = (
    ("Canada's Trade Minister Ana Flores", "she", "her", "Chile's President Luis Rojas"),
    ("Japanese Foreign Minister Ken Tanaka", "he", "his", "Turkish Prime Minister Leyla Demir"),
    ("US Commerce Secretary John Doe", "he", "his", "Indian Trade Minister Ravi Menon"),
    ("Polish Prime Minister Ewa Nowak", "she", "her", "Kenyan President Amina Otieno"),
)


class Event(NamedTuple):
    """An event as wanted or found: kinds, statuses, and who takes part by surname or code of a state."""

    kinds: frozenset[str]
    statuses: frozenset[str]
    who: frozenset[str]


class Cell(NamedTuple):
    """A sentence of the grid; `journeys` says that journeys told beside the event are not counted as wrong."""

    word: str
    construction: str
    text: str
    wanted: tuple[Event, ...]
    allowed: frozenset[str] = frozenset()
    journeys: bool = True


def rows(name: str) -> Iterator[list[str]]:
    """The rows of a table, with empty cells at their end."""
    for line in (GRID / f"{name}.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            yield [*line.split("\t"), *[""] * 6]


def cells() -> Iterator[Cell]:
    """All sentences: words times constructions, each with the next pair of people, then the single ones."""
    pairs = cycle(PAIRS)
    ways = list(rows("constructions"))
    for sort, kinds, base, past, participle, gerund, rest in (row[:7] for row in rows("words")):
        for _, name, statuses, sentence in (way[:4] for way in ways if way[0] == sort):
            one, pronoun, own, other = next(pairs)
            words = {"A": one, "B": other, "base": base, "past": past, "pp": participle, "ing": gerund, "pro": pronoun,
                     "poss": own, "N": base, "rest": rest.format(B=other), **_phrases(base)}  # fmt: skip
            text = _agreeing(sentence.format(**words), base)
            who = frozenset(n.split()[-1] for n in ([one] if sort == "journey" else [one, other]))
            right = frozenset(statuses.split())
            wanted = () if "-" in right else (Event(frozenset(kinds.split()), right, who),)
            yield Cell(f"{base} {rest}".strip(), f"{sort}: {name}", text, wanted, right)
    for kinds, names, status, text in (row[:4] for row in rows("sentences")):
        sides = [frozenset(part.split()) for part in names.split(";")]
        single = zip(kinds.split(), sides, strict=True) if kinds != "-" else ()
        events = tuple(Event(frozenset({k}), frozenset({status}), w) for k, w in single)
        yield Cell("(sentences)", "none" if kinds == "-" else "single", text, events, journeys=kinds != "-")


def _phrases(noun: str) -> dict[str, str]:
    """A noun with its articles: "a meeting", "A meeting", "The meeting"; "talks" has none."""
    several = _several(noun)
    bare = noun if several else f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"
    return {"a": bare, "A_noun": bare[0].upper() + bare[1:], "the": f"The {noun}"}


def _several(noun: str) -> bool:
    return noun.endswith("s")


def _agreeing(text: str, noun: str) -> str:
    """The sentence with its verb in the number of a noun, and a capital."""
    if _several(noun):
        for one, many in ((" was held", " were held"), (" is planned", " are planned"), ("There was ", "There were ")):
            text = text.replace(one, many)
    return text[0].upper() + text[1:]


def told(facts: DocumentFacts) -> list[Event]:
    """The events of a document."""
    known = {e.id: e for e in facts.entities}
    found = []
    for fact in facts.facts:
        if fact.kind.value in KINDS:
            parties = (a.value for a in fact.assertions if a.property in {"participant", "party"})
            named = [known[ref] for ref in parties if isinstance(ref, Ref) and ref in known]
            who = {name for e in named for name in (e.label.split()[-1], e.code) if name}
            statuses = {str(a.value) for a in fact.assertions if a.property == "status"}
            found.append(Event(frozenset({fact.kind.value}), frozenset(statuses), frozenset(who)))
    return found


def judge(cell: Cell, found: list[Event]) -> tuple[int, list[Event]]:
    """How many of the wanted events were found, and what was found beside them."""
    left, right = list(found), 0
    for want in cell.wanted:
        kinds = want.kinds | ({"Round"} if "Meeting" in want.kinds else set())
        hit = next((e for e in left if e.kinds <= kinds and e.statuses <= want.statuses and want.who <= e.who), None)
        if hit is not None:
            left.remove(hit)
            right += 1
    beside = {"Visit"} if cell.journeys else set()
    return right, [e for e in left if not e.kinds <= beside and not (not cell.wanted and e.statuses <= cell.allowed)]


def measure(cell: Cell, facts: DocumentFacts, shown: str | None) -> Counter[str]:
    """The counts of a sentence, which is printed where its errors are asked for."""
    right, extra = judge(cell, told(facts))
    missed = len(cell.wanted) - right
    if shown and shown in {"all", cell.word, cell.construction} and (extra or missed):
        print(f"{cell.word} | {cell.construction}: missed {missed}, extra {len(extra)}: {cell.text}")
    return Counter(wanted=len(cell.wanted), right=right, extra=len(extra))


def show(name: str, count: Counter[str]) -> None:
    """Print precision and recall."""
    right, wanted, extra = count["right"], count["wanted"], count["extra"]
    precision, recall = right / max(right + extra, 1), right / max(wanted, 1)
    print(f"{name:45} P {precision:.3f}  R {recall:.3f}  (right {right} of {wanted}, extra {extra})")


def main() -> None:
    """Print what is not read everywhere."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--misses", metavar="WORD", help="show the errors of this word or construction, or `all`")
    shown = parser.parse_args().misses
    every = list(cells())
    documents = [replace(document("cell.txt", cell.text), published=PUBLISHED) for cell in every]
    by_word: defaultdict[str, Counter[str]] = defaultdict(Counter)
    by_construction: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for cell, (one, doc) in zip(every, parse(documents, load()), strict=True):
        mentions = recognize(one, doc)
        count = measure(cell, resolve(one, doc, mentions, relate(one, doc, mentions)), shown)
        by_word[cell.word].update(count)
        by_construction[cell.construction].update(count)
    for title, table in (("words", by_word), ("constructions", by_construction)):
        print(f"== {title}")
        for name, count in table.items():
            if count["right"] < count["wanted"] or count["extra"]:
                show(name, count)
    print("== all")
    show("all", sum(by_word.values(), Counter()))


if __name__ == "__main__":
    main()
