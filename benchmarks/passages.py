"""Scores short passages, each a document of its own: `python -m benchmarks.passages [--misses KIND] [--list NAME]`.

Passages are one to four sentences that tell events or tariffs in as many ways as their authors could think of, so they
are harder than articles. Lists that end in `_heldback` are scored with `--held` only, and as totals: their errors are
not to be read while rules are written. The gold has the kinds that a list is about; others are not scored.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

from benchmarks.accuracy import measure, show
from kg.stages.parse import load

GOLD = Path(__file__).parent.parent / "tests" / "data" / "gold"
KINDS = {"events": ("people", "roles", "events", "participants"), "tariffs": ("tariffs", "deadlines")}
LISTS = tuple(f"{about}_passages" for about in KINDS)
HELD = tuple(f"{name}_heldback" for name in LISTS)
ALL = ("people", "events", "tariffs", "statements", "deadlines", "comments")  # what gold of a document must have


def unpack(name: str, folder: Path) -> None:
    """Write each passage of a list as a text and its gold."""
    for line in (GOLD / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        gold = {kind: row.get(kind, []) for kind in ALL}
        text = f"date {row['published']}\n\n{row['text']}\n" if row["published"] else row["text"]
        (folder / f"{row['slug']}.txt").write_text(text, encoding="utf-8")
        (folder / f"{row['slug']}.json").write_text(json.dumps(gold), encoding="utf-8")


def chosen(name: str | None, *, held: bool) -> tuple[str, ...]:
    """The lists to score: those held back only where they are asked for."""
    if held:
        return HELD
    return LISTS if name is None else (name,)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--list", choices=LISTS, help="only this list")
    parser.add_argument("--held", action="store_true", help="only totals of the lists that may not be read")
    parser.add_argument("--misses", metavar="KIND", help="show errors of this kind in the lists that may be read")
    arguments = parser.parse_args()
    nlp = load()
    for name in chosen(arguments.list, held=arguments.held):
        kinds = KINDS[name.partition("_")[0]]
        with tempfile.TemporaryDirectory() as folder:
            unpack(name, Path(folder))
            counts, slots, notes = measure(Path(folder), nlp)
        about = {kind: counts[kind] for kind in kinds}
        show(name, about, {s: n for s, n in slots.items() if s.partition(".")[0] in kinds},
             [note for note in notes if note[1].partition(".")[0] in kinds and name not in HELD])  # fmt: skip
        for slug, kind, what, fact in notes if arguments.misses and name not in HELD else ():
            if kind.partition(".")[0] == arguments.misses:
                print(f"{slug}: {kind} {what}: {fact}")


if __name__ == "__main__":
    main()
