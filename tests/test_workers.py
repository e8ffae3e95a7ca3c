"""Many documents: workers change no byte, a dead one loses nothing, an interrupted build goes on where it was."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from kg import facts_json
from kg.errors import DocumentFailed, KGError
from kg.many import workers
from kg.many.each import JOURNAL, Each
from kg.many.workers import Workers
from kg.model import DocumentFacts
from kg.pipeline import BATCH, batches, documents, facts_of_batch
from kg.results import Target

if TYPE_CHECKING:
    import pytest
    from spacy.language import Language

    from kg.many.workers import Result
    from kg.pipeline import Read

ROOT = Path(__file__).parent.parent
DEADLY = "This document kills the process that reads it."
NEWS = "date 2025-06-{day}\nTOKYO (Sample) -- Trade Minister Ken Tanaka met Swiss President Jane Doe in {place}.\n"


def stream(folder: Path, count: int, *, spoiled: dict[int, str] | None = None) -> Path:
    """A file of JSON lines with so many short reports; those of some numbers have another text."""
    places = ("Geneva", "Bern", "Osaka", "Tokyo", "Oslo")
    texts = [NEWS.format(day=n % 28 + 1, place=places[n % 5]) for n in range(count)]
    for n, text in (spoiled or {}).items():
        texts[n] = text
    path = folder / "news.jsonl"
    path.write_text("".join(json.dumps({"id": f"n{n}", "text": text}) + "\n" for n, text in enumerate(texts)))
    return path


def deadly(batch: tuple[Read, ...], nlp: Language) -> list[Result]:
    if any(DEADLY in getattr(one, "text", "") for one in batch):
        os.kill(os.getpid(), signal.SIGKILL)
    return list(facts_of_batch(batch, nlp))


def kg(*arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "kg", *map(str, arguments)]
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=cwd, capture_output=True, env=env, check=False)


def test_batches_hold_all_in_order_and_what_is_not_parsed_fills_none(tmp_path: Path) -> None:
    read = list(documents([stream(tmp_path, 40, spoiled={3: "", 20: ""})]))
    cut = list(batches(iter(read)))
    assert [one for batch in cut for one in batch] == read
    assert [sum(not isinstance(one, KGError) for one in batch) for batch in cut] == [BATCH, BATCH, 6]


def test_two_jobs_give_the_bytes_of_one_and_name_the_same_failures(tmp_path: Path) -> None:
    source = stream(tmp_path, 50, spoiled={7: "", 31: "Das ist ein deutscher Text ohne ein englisches Wort."})
    one, two = (kg("facts", source, "--root", tmp_path, "--jobs", jobs, cwd=tmp_path) for jobs in ("1", "2"))
    assert one.returncode == two.returncode == 3
    assert one.stdout == two.stdout
    assert one.stderr == two.stderr
    assert len(one.stdout.splitlines()) == 48
    assert b"news.jsonl:8" in one.stderr


def test_a_document_that_kills_its_worker_is_failed_and_all_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "_in_worker", in_worker)
    source = stream(tmp_path, 40, spoiled={21: DEADLY + " It is an English text of some length for the reader."})
    found = list(Workers(jobs=2).facts(documents([source], root=tmp_path), None))
    assert [isinstance(one, DocumentFacts) for one in found] == [n != 21 for n in range(40)]
    assert isinstance(found[21], DocumentFailed)
    assert "news.jsonl#n21" in str(found[21])
    assert [one.document.id for one in found if isinstance(one, DocumentFacts)] == [
        f"news.jsonl#n{n}" for n in range(40) if n != 21
    ]


def in_worker(model: str | None, batch: tuple[Read, ...]) -> tuple[Result, ...]:
    """What workers run here: a text with DEADLY in it ends the process, as the kernel does when memory is short."""
    return tuple(deadly(batch, workers._model(model)))


def test_a_killed_build_goes_on_and_gives_the_same_files(tmp_path: Path) -> None:
    source = stream(tmp_path, 60)
    options: list[str | Path] = ["build", source, "--root", tmp_path, "--each", "--formats", "nq"]
    assert kg(*options, "-o", "whole", cwd=tmp_path).returncode == 0
    command = [sys.executable, "-m", "kg", *map(str, options), "-o", "parts", "--jobs", "2"]
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, cwd=tmp_path, env=env, stdout=subprocess.DEVNULL) as running:
        journal = tmp_path / "parts" / JOURNAL  # a line of it follows each file
        while not (journal.exists() and journal.stat().st_size) and running.poll() is None:
            time.sleep(0.02)
        running.kill()
    assert journal.exists()
    again = kg(*options, "-o", "parts", "--jobs", "2", cwd=tmp_path)
    assert again.returncode == 0
    assert b"done by an interrupted build" in again.stderr
    whole, parts = ({p.name: p.read_bytes() for p in (tmp_path / name).iterdir()} for name in ("whole", "parts"))
    assert whole == parts
    assert len(whole) == 60


def test_halves_of_files_go_with_the_journal_but_not_those_of_others(tmp_path: Path) -> None:
    where = Target(tmp_path / "out", ("nq",))
    (tmp_path / "out").mkdir()
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        pass
    halves = {
        f".talks.nq.{ended.pid}.part": False,
        f".talks.nq.{os.getpid()}.part": True,  # of a build that is running
        f".talks.doc.{ended.pid}.part": True,  # of another program
        ".part": True,
    }
    for name in halves:
        (tmp_path / "out" / name).touch()
    Each(where, [], None, corrections=None, text=True).finish()
    assert {name: (tmp_path / "out" / name).exists() for name in halves} == halves


def test_a_changed_document_and_a_line_cut_off_are_read_again(tmp_path: Path) -> None:
    (first, second) = (one for one in documents([stream(tmp_path, 2)], root=tmp_path) if not isinstance(one, KGError))
    where = Target(tmp_path / "out", ("nq",))
    facts = [one for one in Workers().facts(iter([first, second]), None) if isinstance(one, DocumentFacts)]

    def every() -> Each:
        return Each(where, [], None, corrections=None, text=True)

    written = every()
    for one in facts:
        name, graph = written.graph(one)
        where.save(name, graph, [one.document])
        written.wrote(one.document)
    journal = tmp_path / "out" / JOURNAL
    assert [every().done(one.document) for one in facts] == [True, True]
    journal.write_bytes(journal.read_bytes()[:-9])
    assert [every().done(one.document) for one in facts] == [True, False]
    changed = facts_json.load(facts_json.dump(facts[0]).replace(facts[0].document.sha256.encode(), b"0" * 64),
                              DocumentFacts, "here")  # fmt: skip
    assert not every().done(changed.document)
    assert not Each(where, [], None, corrections=None, text=False).done(facts[0].document), "other options"
    every().finish()
    assert not journal.exists()


def test_a_worker_never_hears_ctrl_c() -> None:
    """Not even while it starts, when a handler of its own is not there yet."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [])
    pool = workers._processes(1)
    try:
        asked = pool.submit(signal.pthread_sigmask, signal.SIG_BLOCK, [])
        assert signal.SIGINT in asked.result()  # type: ignore[comparison-overlap]
    finally:
        pool.end()
    assert signal.pthread_sigmask(signal.SIG_BLOCK, []) == before
