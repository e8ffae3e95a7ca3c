"""Scores times and quantities on the gold lists: `python -m benchmarks.times [--errors LIST]`.

A time counts where a span overlaps the gold span and its value is the gold value or one of those accepted. A quantity
counts where value and unit are right. `temporal_heldback` was written before the rules; its errors are not to be read
while rules are written.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.stages.recognize.quantities import quantities
from kg.stages.recognize.times import times
from kg.tokens import Tokens

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.language import Language

GOLD = Path(__file__).parent.parent / "tests" / "data" / "gold"
Item = dict[str, Any]


def items(name: str) -> list[Item]:
    """The gold items of one list."""
    lines = (GOLD / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line]


def right_time(item: Item, doc: Tokens) -> bool:
    """Whether some expression that overlaps the gold span has its value."""
    found = [t for t in times(doc, published=item["dct"]) if t.start < item["end"] and item["start"] < t.end]
    return any(t.value in {item["value"], *item["accept"]} for t in found)


def right_quantity(item: Item, doc: Tokens) -> bool:
    """Whether some quantity that overlaps the gold span has its value (or both ends of its range) and its unit."""
    wanted = item["value"] if isinstance(item["value"], list) else [item["value"]]
    for q in quantities(doc):
        values = [q.low, q.high] if q.low is not None and q.high is not None else [q.value]
        near = q.start < item["end"] and item["start"] < q.end and len(values) == len(wanted)
        if near and q.unit == item["unit"] and all(
            v is not None and abs(float(v) - w) <= 0.0001 * max(1, abs(w)) for v, w in zip(values, wanted, strict=True)
        ):
            return True
    return False


LISTS: dict[str, Callable[[Item, Tokens], bool]] = {
    "temporal": right_time,
    "temporal_heldback": right_time,
    "temporal_context": right_time,
    "quantity": right_quantity,
}


def wrong(name: str, nlp: Language) -> list[Item]:
    """The gold items of a list that are not read right."""
    gold = items(name)
    docs = nlp.pipe(item["text"] for item in gold)
    return [item for item, doc in zip(gold, docs, strict=True) if not LISTS[name](item, Tokens(doc))]


def main() -> None:
    """Print the figures."""
    from kg.stages.parse import load

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", choices=sorted(LISTS), help="show what is wrong in one list")
    arguments = parser.parse_args()
    nlp = load()
    for name in LISTS:
        missed, total = wrong(name, nlp), len(items(name))
        print(f"{name}: {total - len(missed)} of {total}")
        if name == arguments.errors:
            for item in missed:
                print("  ", item["id"], item["text"], "|", item["span"], "|", item["value"])
    doc = Tokens(nlp(" ".join(item["text"] for item in items("temporal"))[:1800]))
    for function in (lambda: times(doc, published="2025-06-28"), lambda: quantities(doc)):
        begin = time.perf_counter()
        for _ in range(50):
            function()
        print(f"{(time.perf_counter() - begin) * 20:.2f} ms for {len(doc)} tokens")


if __name__ == "__main__":
    main()
