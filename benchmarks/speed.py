"""What a document costs: each stage as a share of the bare `nlp.pipe` as spaCy runs it, in one run.

    python -m benchmarks.speed              the share of the parse, of each stage, and of stages 3 to 6 together
    python -m benchmarks.speed --profile    the functions of the rules that take the most time

Processor time of this process, so that other work on the machine counts little; medians of five passes over the
documents that rules may be fitted to. The first pass fills the caches of the lexicon and is not counted; what it costs
once in a process stands in a line of its own. "model" is our `nlp.pipe` (`kg.matrices`); "parse" is that with the mends
and the plain tokens.
"""

from __future__ import annotations

import argparse
import cProfile
import gc
import io
import pstats
import sys
from itertools import pairwise
from pathlib import Path
from statistics import median
from time import process_time
from typing import TYPE_CHECKING, TypeAlias

from benchmarks.reading import bare_parse
from kg.cli import RARELY
from kg.join import join
from kg.model import Document
from kg.stages.ingest import read
from kg.stages.parse import BATCH_SIZE, load, parse
from kg.stages.recognize import recognize
from kg.stages.relate import relate
from kg.stages.resolve import resolve
from kg.stages.state import lines
from kg.tokens import Tokens

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parent.parent
CORPORA = ("agency", "dev", "press")
PASSES = 5
STAGES = ("plain tokens", "recognize", "relate", "resolve", "state")
Pairs: TypeAlias = "list[tuple[Document, Tokens]]"


def documents() -> list[Document]:
    """The documents that rules may be fitted to."""
    paths = [p for folder in CORPORA for p in sorted((ROOT / "tests/corpus" / folder).glob("*.txt"))]
    return [one for one in read(paths, root=ROOT) if isinstance(one, Document)]


def seconds(work: Callable[[], object]) -> float:
    """Seconds of this process that something takes."""
    start = process_time()
    work()
    return process_time() - start


def rules(pairs: Pairs) -> dict[str, float]:
    """Seconds for each stage, over all documents."""
    spent = dict.fromkeys(STAGES, 0.0)
    for document, parsed in pairs:
        ticks = [process_time()]
        doc = Tokens(parsed.source)  # made anew in each pass, and gone with their document, as in a build
        ticks.append(process_time())
        mentions = recognize(document, doc)
        ticks.append(process_time())
        claims = relate(document, doc, mentions)
        ticks.append(process_time())
        facts = resolve(document, doc, mentions, claims)
        ticks.append(process_time())
        lines(join([facts]))
        ticks.append(process_time())
        for stage, (begin, end) in zip(STAGES, pairwise(ticks), strict=True):
            spent[stage] += end - begin
    return spent


def show(
    found: list[Document], parsing: list[tuple[float, ...]], passes: list[dict[str, float]], first: dict[str, float]
) -> None:
    """Print milliseconds for a document, and shares of the bare parse."""
    base, model, ours = (median(one) for one in zip(*parsing, strict=True))
    print(f"{len(found)} documents, bare nlp.pipe {1000 * base / len(found):.1f} ms a document, median of {PASSES}")
    print(f"{'model':13} {1000 * model / len(found):6.2f} ms  {model / base:6.1%}")
    print(f"{'parse':13} {1000 * ours / len(found):6.2f} ms  {ours / base:6.1%}")
    total = 0.0
    for stage in STAGES:
        seconds = median(one[stage] for one in passes)
        total += seconds
        print(f"{stage:13} {1000 * seconds / len(found):6.2f} ms  {seconds / base:6.1%}")
    print(f"{'rules':13} {1000 * total / len(found):6.2f} ms  {total / base:6.1%}")
    once = sum(first.values()) - total
    print(f"once in a process, for word lists and names of states: {once:.1f} s")


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--profile", action="store_true")
    args = parser.parse_args()
    gc.set_threshold(*RARELY)  # as the command does
    nlp, found = load(), documents()
    pairs = list(parse(found, nlp))
    first = rules(pairs)
    if args.profile:
        profile, out = cProfile.Profile(), io.StringIO()
        profile.runcall(rules, pairs)
        pstats.Stats(profile, stream=out).sort_stats("tottime").print_stats(45)
        print(out.getvalue())
        return 0
    bare, texts = bare_parse(), [one.text[: one.blocks[-1].end] for one in found if one.blocks]
    works = (lambda: bare(texts), lambda: [*nlp.pipe(texts, batch_size=BATCH_SIZE)], lambda: [*parse(found, nlp)])
    passes = [(tuple(map(seconds, works)), rules(pairs)) for _ in range(PASSES)]
    show(found, [parsing for parsing, _ in passes], [spent for _, spent in passes], first)
    return 0


if __name__ == "__main__":
    sys.exit(main())
