"""What the example costs: start-up, the build against the bare spaCy parse, and the size of its graph.

    python -m benchmarks.example

Times are the median of some runs on this machine; the ratio is taken between runs that take turns.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.reading import bare_parse, complete
from kg import pipeline
from kg.export import write
from kg.model import Document
from kg.stages.ingest import read
from kg.stages.parse import load

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "examples" / "talks.txt"
RUNS = 15


def seconds(work: Callable[[], object]) -> float:
    """How long it takes, once."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def start_up() -> float:
    """Seconds of `kg --help`, interpreter and all."""
    command = [sys.executable, "-m", "kg", "--help"]
    return median(seconds(lambda: subprocess.run(command, check=True, capture_output=True)) for _ in range(RUNS))


def main() -> None:
    """Measure and print."""
    nlp, bare = load(), bare_parse()
    (document,) = (one for one in read([EXAMPLE], root=ROOT) if isinstance(one, Document))
    (facts,) = complete(pipeline.facts([EXAMPLE], nlp, root=ROOT))
    graph = pipeline.graph([facts])
    works: dict[str, Callable[[], object]] = {
        "bare parse (nlp.pipe)": lambda: bare([document.text]),
        "facts of the document, checked": lambda: list(pipeline.facts([EXAMPLE], nlp, root=ROOT)),
        "facts and graph": lambda: pipeline.graph([*complete(pipeline.facts([EXAMPLE], nlp, root=ROOT))]),
        "Turtle, TriG and page": lambda: [write(graph, one) for one in ("ttl", "trig", "html")],
    }
    rounds = [{name: seconds(work) for name, work in works.items()} for _ in range(RUNS)]
    print(f"kg --help: {start_up():.2f} s")
    for name in works:
        ratio = median(one[name] / one["bare parse (nlp.pipe)"] for one in rounds)
        print(f"{name}: {median(one[name] for one in rounds) * 1000:.0f} ms, {ratio:.2f} times the bare parse")
    print(f"triples of the default graph: {len(graph.to_rdflib())}; quads: {len(graph)}")


if __name__ == "__main__":
    main()
