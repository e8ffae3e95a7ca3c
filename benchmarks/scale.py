"""Many documents on one machine: growth, memory, the gate, jobs; every figure a ratio of one run.

    python -m benchmarks.scale build [--documents 600]     whole build in memory over the bare nlp.pipe
    python -m benchmarks.scale growth [--documents 1000]   seconds, quads and memory of the parent at a tenth and at all
    python -m benchmarks.scale store [--documents 800]     the same of a store that grows from facts; a document more
        [--facts FILE]                                     those that kg facts made of generated documents before
    python -m benchmarks.scale gate [--documents 1000]     --only-relevant where 95 of 100 texts are dull
    python -m benchmarks.scale jobs [--documents 600]      two jobs over one

Texts are those of `benchmarks.generated`; `gate` also counts what the gate loses on the corpora of tests/.
"""

from __future__ import annotations

import argparse
import gc
import subprocess
import sys
import tempfile
import time
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.generated import write as generate
from benchmarks.reading import bare_parse, complete
from kg import facts_json, pipeline
from kg.cli import RARELY
from kg.model import Document, DocumentFacts
from kg.relevance import relevant
from kg.stages.ingest import read
from kg.stages.parse import load
from kg.stores import open_archive
from kg.stores.changes import told
from kg.stores.disk import size

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parent.parent
CORPORA = ("agency", "dev", "press", "paper")


def cpu(call: Callable[[], object]) -> float:
    """Processor seconds of this process for a call."""
    gc.collect()
    begun = time.process_time()
    call()
    return time.process_time() - begun


class Ran(NamedTuple):
    """What a command in a process of its own took: processor seconds, memory in MB, and by the clock."""

    seconds: float
    workers: float  # processor seconds of the processes that it started
    memory: float
    clock: float


def run(command: list[str]) -> Ran:
    """Run a command of kg.

    Raises:
        CalledProcessError: some documents failed, or all.
    """
    script = (
        "import atexit, resource as r; from kg.cli import main; told = lambda own, others: "
        "print(own.ru_utime + own.ru_stime, others.ru_utime + others.ru_stime, own.ru_maxrss); "
        "atexit.register(lambda: told(r.getrusage(r.RUSAGE_SELF), r.getrusage(r.RUSAGE_CHILDREN))); main()"
    )
    begun = time.perf_counter()
    ran = subprocess.run([sys.executable, "-c", script, *command], check=True, capture_output=True, text=True)
    seconds, workers, memory = ran.stdout.splitlines()[-1].split()
    return Ran(float(seconds), float(workers), int(memory) / 1024, time.perf_counter() - begun)


def build(folder: Path, count: int) -> None:
    """The whole way from the file to a graph that answers, over the bare parse of the same texts."""
    nlp, bare_of, source = load(), bare_parse(), generate(folder / "news.jsonl", count)
    texts = [one.text for one in read([source]) if isinstance(one, Document)]

    def whole() -> None:
        pipeline.graph([*complete(pipeline.facts([source], nlp, root=folder))])

    gc.set_threshold(*RARELY)  # as the command does
    list(pipeline.facts([generate(folder / "first.jsonl", 20)], nlp))  # fills the caches of the lexicon
    passes = [(cpu(lambda: bare_of(texts)), cpu(whole)) for _ in range(3)]
    bare = median(one for one, _ in passes)
    ratio = median(two / one for one, two in passes)
    print(f"{count} documents: bare parse {1000 * bare / count:.1f} ms each; whole build {ratio:.2f} times that")


def growth(folder: Path, count: int) -> None:
    """Builds by document to N-Quads, in processes of their own: seconds and memory at two sizes."""
    figures = []
    for number in (count // 10, count):
        source = generate(folder / "news.jsonl", number)
        out = folder / f"out{number}"
        command = ["build", str(source), "--root", str(folder), "--each", "--formats", "nq", "-o", str(out)]
        seconds, _, memory, _ = run(command)
        quads = sum(path.read_bytes().count(b"\n") for path in out.glob("*.nq"))
        size = sum(path.stat().st_size for path in out.glob("*.nq"))
        figures.append((number, seconds, memory))
        print(f"{number:6d} documents: {seconds:7.1f} s, {memory:.0f} MB, "
              f"{quads / number:.0f} quads and {size / number:.0f} bytes a document", flush=True)  # fmt: skip
    (few, first, low), (many, last, high) = figures
    begin = first - (last - first) / (many - few) * few
    print(f"per document: {1000 * (last - first) / (many - few):.1f} ms beside {begin:.1f} s at the beginning; "
          f"memory grows by {1024 * (high - low) / (many - few):.2f} KB a document: "
          f"{high + (100_000 - many) * (high - low) / (many - few):.0f} MB at 100,000 by that slope")  # fmt: skip


def store(folder: Path, count: int, facts: Path | None = None) -> None:
    """A store that grows from facts: seconds and memory at a quarter and at all; then a document more.

    Args:
        folder: Where all is written.
        count: Documents, or as many as the facts have; two of them are added alone.
        facts: Those of generated documents, by `kg facts`; made where they are not given.
    """
    if facts is None:
        generate(folder / "news.jsonl", count + 2)
        command = [sys.executable, "-m", "kg", "facts", str(folder / "news.jsonl"), "--root", str(folder)]
        facts = folder / "facts.jsonl"
        with facts.open("wb") as file:
            subprocess.run(command, check=True, stdout=file)
    with facts.open("rb") as file:
        lines = [*islice(file, count + 2)]
    figures: list[tuple[int, float]] = []
    for number in (1, count // 4, count):
        source, place = folder / f"facts{number}.jsonl", folder / f"{number}.store"
        source.write_bytes(b"".join(lines[:number]))
        seconds, _, memory, _ = run(["build", "--facts", str(source), "--store", str(place)])
        begin = figures[0][1] if figures else seconds
        figures.append((number, seconds))
        print(f"{number:6d} documents from facts into a store: {1000 * (seconds - begin) / number:.1f} ms each beside "
              f"{begin:.1f} s at the beginning, {memory:.0f} MB, {size(place) / number:.0f} bytes each",
              flush=True)  # fmt: skip
    (_, begin), (few, first), (many, last) = figures
    print(f"a document of {many} costs {(last - begin) / many / ((first - begin) / few):.2f} times one of {few}")
    every = [facts_json.load(line, DocumentFacts, "facts") for line in lines]
    with open_archive(folder / f"{count}.store") as archive:
        for one in every[-2:]:  # the first fills the caches of the lexicon and the shapes
            archive.add(one)
            more = cpu(archive.join)
    print(f"a document more: {1000 * more:.0f} ms; joining all {count + 2} at once: "
          f"{1000 * cpu(lambda: told(every, None)):.0f} ms")  # fmt: skip


def gate(folder: Path, count: int) -> None:
    """Documents per second with the gate over those of the bare parse, and what the gate loses."""
    nlp, bare_of = load(), bare_parse()
    source = generate(folder / "news.jsonl", count, dull_share=0.95)
    texts = [one.text for one in read([source]) if isinstance(one, Document)]
    list(pipeline.facts([generate(folder / "first.jsonl", 20)], nlp))
    [relevant(text) for text in texts[:50]]
    passes = []
    for _ in range(3):
        bare = cpu(lambda: bare_of(texts))
        passes.append(bare / cpu(lambda: list(pipeline.facts([source], nlp, root=folder, only_relevant=True))))
    with_facts, all_of = (
        {one.document.id for one in complete(
            pipeline.facts([source], nlp, root=folder, only_relevant=only), gate=only) if one.facts}
        for only in (True, False)
    )  # fmt: skip
    print(f"{count} documents, 95 of 100 dull: {median(passes):.1f} times the documents per second of the bare parse; "
          f"documents with facts {len(with_facts)} of {len(all_of)}")  # fmt: skip
    paths = [p for name in CORPORA for p in sorted((ROOT / "tests" / "corpus" / name).glob("*.txt"))]
    found = [*complete(pipeline.facts(paths, nlp, root=ROOT))]
    lost = [one for one in found if one.facts and not relevant(one.document.text)]
    print(f"corpora: {sum(bool(one.facts) for one in found)} documents with facts, {len(lost)} of them left out, "
          f"with {sum(len(one.facts) for one in lost)} of {sum(len(one.facts) for one in found)} facts")  # fmt: skip


def jobs(folder: Path, count: int) -> None:
    """One and two jobs, the start of the processes left out: by the clock, and as far as processor seconds allow."""
    ran = {}
    for number in (1, 2):
        sources = [generate(folder / f"news{size}.jsonl", size) for size in (40, count)]
        few, many = (run(["facts", str(source), "--jobs", str(number)]) for source in sources)
        ran[number] = [two - one for one, two in zip(few, many, strict=True)]
    (alone, _, _, slow), (parent, workers, _, fast) = ran[1], ran[2]
    most = alone / max(parent, (parent + workers) / 2)
    print(f"{count} documents: two jobs {slow / fast:.2f} times as fast as one by the clock, after the start; by the "
          f"processor at most {most:.2f} times on two cores: one job {1000 * alone / count:.1f} ms each, two jobs "
          f"{1000 * workers / count:.1f} in the workers and {1000 * parent / count:.1f} in the parent")  # fmt: skip


def main() -> None:
    """Run one of the benchmarks."""
    works = {"build": (build, 600), "growth": (growth, 1000), "store": (store, 800), "gate": (gate, 1000),
             "jobs": (jobs, 600)}  # fmt: skip
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=works)
    parser.add_argument("--documents", type=int)
    parser.add_argument("--facts", type=Path)
    given = parser.parse_args()
    work, usual = works[given.what]
    with tempfile.TemporaryDirectory() as folder:
        if given.facts and given.what == "store":
            work = partial(store, facts=given.facts)
        work(Path(folder), given.documents or usual)


if __name__ == "__main__":
    main()
