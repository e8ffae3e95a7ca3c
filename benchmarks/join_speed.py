"""How long joining takes as documents grow: seconds, documents a second, and the part of each step.

    python -m benchmarks.join_speed [1000 3000 10000]

The development stories are read once and told again and again: in each copy the people, places of publication and
sentences are the same kind of thing with other names and other days, eight copies sharing their people, so that groups
stay as large as in a real corpus while the graph grows.
"""

from __future__ import annotations

import gc
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from benchmarks.reading import complete
from kg.join import join
from kg.model import Assertion, DocumentFacts, EntityKind, Evidence, Fact, Ref
from kg.pipeline import facts
from kg.stages.parse import load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

STORIES = Path(__file__).parent.parent / "tests" / "corpus" / "stories" / "dev"
SHARING = 8  # copies of a story that have their people in common
APART = 45  # days between two of them


def read() -> list[DocumentFacts]:
    """The facts of the development stories."""
    nlp, found = load(), list[DocumentFacts]()
    for folder in sorted(p.parent for p in STORIES.glob("*/gold.json")):
        found += complete(facts(sorted(folder.glob("*.txt")), nlp, root=STORIES))
    return found


def copies(first: list[DocumentFacts], count: int) -> Iterator[DocumentFacts]:
    """So many documents: the first ones as they are, then told of other people on other days."""
    for n in range(count):
        number = n // len(first)
        yield copy(first[n % len(first)], number) if number else first[n]


def copy(one: DocumentFacts, number: int) -> DocumentFacts:
    """The document with its own identity, and people and days of its copy."""
    mark = "".join(chr(97 + int(digit)) for digit in str(number // SHARING))
    days = timedelta(days=APART * (number % SHARING))
    named = {e.id: Ref(f"{e.id}{mark}") for e in one.entities if e.kind is EntityKind.PERSON}

    def value(said: Assertion) -> Assertion:
        new = said.value
        if isinstance(new, Ref):
            new = named.get(new) or (Ref(f"{new}-{number}") if new in {f.id for f in one.facts} else new)
        elif said.property in ("date", "endDate", "earliest", "latest", "asOf") and len(str(new)) == len("2025-06-28"):
            new = shifted(str(new))
        return Assertion(said.property, new, cited(said.evidence))

    def cited(evidence: Evidence) -> Evidence:
        return replace(evidence, document=f"{evidence.document}-{number}")

    def shifted(day: str) -> str:
        return (date.fromisoformat(day) + days).isoformat()

    def fact(of: Fact) -> Fact:
        told = tuple(value(a) for a in of.assertions)
        return Fact(Ref(f"{of.id}-{number}"), of.kind, told, tuple(map(cited, of.evidence)))

    document = one.document
    published = shifted(document.published) if document.published else None
    return replace(
        one,
        document=replace(document, id=f"{document.id}-{number}", published=published, text=_other(document.text, mark)),
        entities=tuple(
            replace(e, id=named[e.id], label=e.label + mark, alt_labels=tuple(a + mark for a in e.alt_labels))
            if e.id in named else e for e in one.entities
        ),
        mentions=tuple(replace(m, entity=named.get(m.entity, m.entity)) for m in one.mentions),
        facts=tuple(map(fact, one.facts)),
    )  # fmt: skip


def _other(text: str, mark: str) -> str:
    """Words of the same length that are those of this copy only."""
    return "".join(mark[0] if c == "e" else c for c in text)


def timed(call: Callable[[], object]) -> float:
    """Seconds that a call takes."""
    gc.collect()
    start = perf_counter()
    call()
    return perf_counter() - start


def main(counts: list[int]) -> None:
    """Print one line for each number of documents."""
    first = read()
    for count in counts:
        documents = list(copies(first, count))
        seconds = timed(lambda documents=documents: join(documents))  # type: ignore[misc]
        told = sum(len(d.facts) for d in documents)
        print(f"{count:7d} documents {told:8d} facts  {seconds:7.2f} s  {count / seconds:7.0f} documents/s", flush=True)


if __name__ == "__main__":
    main([int(n) for n in sys.argv[1:]] or [1000, 3000, 10000])
