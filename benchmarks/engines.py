"""Questions and exports over those of rdflib, and questions to a store on disk that no memory holds yet.

    python -m benchmarks.engines [--documents 3000] [--facts FILE] [--longest 30] [--only disk]

The graph is that of the generated documents (`benchmarks.generated`), or of the facts that `kg facts` made of them
before. A question that takes rdflib longer than `--longest` seconds is broken off and counts with these.
"""

from __future__ import annotations

import argparse
import os
import signal
import tempfile
import time
from contextlib import suppress
from datetime import date
from decimal import Decimal
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import geometric_mean
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, Store

from benchmarks.generated import write as generate
from benchmarks.reading import complete
from benchmarks.scale import cpu
from kg import facts_json, pipeline
from kg.export import write
from kg.model import DocumentFacts
from kg.query import questions
from kg.result import IRI, NAMESPACES
from kg.stages.parse import load
from kg.store import Graph

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import rdflib

    from kg.query import Question
    from kg.result import Value


def at_most(call: Callable[[], object], longest: float) -> float:
    """Processor seconds of a call that is broken off after so many: some questions take rdflib hours."""

    def stop(_number: int, _frame: object) -> None:
        raise TimeoutError

    signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, longest)
    begun = time.process_time()
    try:
        with suppress(TimeoutError):
            call()
    finally:  # also where the call fails: the alarm would go off in the next one
        signal.setitimer(signal.ITIMER_PROF, 0)
    return time.process_time() - begun


def built(folder: Path, count: int, facts: Path | None) -> Graph:
    """The graph of so many documents."""
    if facts is None:
        source = generate(folder / "news.jsonl", count)
        found = [*complete(pipeline.facts([source], load(), root=folder))]
    else:
        with facts.open("rb") as file:
            found = [facts_json.load(line, DocumentFacts, str(facts)) for line in islice(file, count)]
    return pipeline.graph(found)


def exports(graph: Graph, dataset: rdflib.Dataset) -> None:
    """Turtle and JSON-LD."""
    known = graph.to_rdflib()
    for format, other in (("ttl", lambda: known.serialize(format="turtle")),
                          ("jsonld", lambda: dataset.serialize(format="json-ld"))):  # fmt: skip
        ours = min(cpu(lambda: write(graph, format)) for _ in range(2))  # noqa: B023
        print(f"{format}: {cpu(other) / ours:.1f} times as fast as rdflib", flush=True)


def memory(graph: Graph, dataset: rdflib.Dataset, longest: float) -> None:
    """All named questions, one after the other."""
    import rdflib

    ratios, met = [], _met(graph)
    for name, question in questions().items():
        given = _given(met, question)
        ours = min(cpu(lambda: graph.query(name, **given)) for _ in range(3))  # noqa: B023
        bound = {key: rdflib.URIRef(one) if isinstance(one, IRI) else rdflib.Literal(one) for key, one in given.items()}
        asked = partial(dataset.query, question.text, initNs=NAMESPACES, initBindings=bound)
        try:
            theirs = at_most(lambda: list(asked()), longest)  # noqa: B023
        except TypeError:  # it sorts no rows with unbound values
            print(f"  {name:26} {1000 * ours:8.1f} ms      rdflib fails", flush=True)
            continue
        ratios.append(theirs / max(ours, 1e-6))
        print(f"  {name:26} {1000 * ours:8.1f} ms {1000 * theirs:10.1f} ms {ratios[-1]:8.0f}", flush=True)
    print(f"{len(ratios)} questions: at least {geometric_mean(ratios):.0f} times as fast (geometric mean)")


def disk(graph: Graph, folder: Path) -> None:
    """Each named question to a store that is opened for it alone, its files taken out of memory before."""
    place, met, seconds = folder / "cold.store", _met(graph), list[float]()
    Store(str(place)).bulk_load(write(graph, "nq"), format=RdfFormat.N_QUADS)
    for name, question in questions().items():
        given = _given(met, question)
        _forget(place)
        begun = time.process_time(), time.perf_counter()
        Graph.open(place).query(name, **given)
        seconds.append(time.process_time() - begun[0])
        print(f"  {name:26} {1000 * seconds[-1]:8.1f} ms of the processor, "
              f"{1000 * (time.perf_counter() - begun[1]):8.1f} by the clock", flush=True)  # fmt: skip
    print(f"{sum(one < 1 for one in seconds)} of {len(seconds)} questions take less than a second of the processor")


def _forget(folder: Path) -> None:
    """Let the system take the files of a folder out of memory."""
    os.sync()
    for path in folder.iterdir():
        with path.open("rb") as file:
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _met(graph: Graph) -> dict[str, Value]:
    """Two people who met, their states, and goods with a tariff of the first."""
    (met,) = graph.query(
        """SELECT ?a ?b ?c ?d ?goods WHERE {
            { SELECT ?a ?b ?c ?d WHERE { ?e a kg:Call ; kg:participant ?a , ?b . FILTER (str(?a) < str(?b))
                ?a kg:represents ?c . ?b kg:represents ?d . ?any kg:imposedBy ?c } ORDER BY ?a ?b LIMIT 1 }
            ?tariff kg:product ?goods ; kg:imposedBy ?c } ORDER BY ?goods LIMIT 1"""
    ).records()  # type: ignore[union-attr]
    return dict(met)


def _given(met: Mapping[str, Value], question: Question) -> dict[str, Value]:
    """Parameters of a question that the graph has answers to."""
    states = {"a": met["c"], "b": met["d"], "country": met["c"]}
    found: dict[str, Value] = {}
    for one in question.parameters:
        found[one.name] = {
            "country": states.get(one.name, met["c"]), "person": met["b"] if one.name == "b" else met["a"],
            "product": met["goods"], "actor": met["a"], "thing": met["a"], "date": date(2025, 6, 28),
            "any": Decimal(20),
        }[one.type]  # fmt: skip
    return found


def main() -> None:
    """Build the graph and compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=3000)
    parser.add_argument("--facts", type=Path)
    parser.add_argument("--longest", type=float, default=30.0)
    parser.add_argument("--only", choices=("exports", "memory", "disk"))
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        graph = built(Path(folder), given.documents, given.facts)
        print(f"{len(graph):,} quads of {given.documents} documents", flush=True)
        if given.only in (None, "disk"):
            disk(graph, Path(folder))
        if given.only != "disk":
            import rdflib

            dataset = rdflib.Dataset(default_union=False)
            dataset.parse(data=write(graph, "nq"), format="nquads")
            if given.only in (None, "exports"):
                exports(graph, dataset)
            if given.only in (None, "memory"):
                memory(graph, dataset, given.longest)


if __name__ == "__main__":
    main()
