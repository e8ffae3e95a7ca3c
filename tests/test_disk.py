"""A store in a folder with real processes: one writes, others read meanwhile; a writer is killed at any moment."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.errors import GraphError
from kg.join import join
from kg.stages.state import quads
from kg.store import Graph
from kg.stores import open_archive, records
from kg.stores.disk import SNAPSHOTS, Folder, open_for_writing
from kg.stores.index import writing
from tests.test_archive import call, everything

if TYPE_CHECKING:
    from collections.abc import Collection

    from kg.ntriples import Line

COUNT = 25
WRITER = f"""
import sys
from kg.stores import open_archive
from tests.test_archive import call, everything
with open_archive(sys.argv[1], create=True) as archive:
    for n in range({COUNT}):
        document = call(f"d{{n}}", minutes=15 + n)
        if not archive.has(document.document, document.generator):
            archive.add(document)
            print(n, flush=True)
            archive.join()
    archive.join()
"""


def writer(folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(folder)], cwd=Path(__file__).parent.parent, stdout=subprocess.PIPE, text=True
    )


def count(folder: Path) -> int:
    """How many documents the graph tells of; the graph must be that of just these."""
    graph = Graph.open(folder)
    documents = list(records.documents(graph.store, str(folder)))
    assert sorted(one.document.id for one in documents) == sorted(f"d{n}" for n in range(len(documents)))
    assert graph.quads() == (quads(join(documents)) if documents else [])
    return len(documents)


def test_readers_see_whole_joinings_while_a_build_writes(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    process = writer(folder)
    assert process.stdout
    process.stdout.readline()
    early, seen = None, [0]
    while process.poll() is None:
        if not (folder / SNAPSHOTS / "last").exists():
            time.sleep(0.01)
            continue
        early = early or Graph.open(folder)
        first = len(early)
        seen.append(count(folder))
        assert len(early) == first  # what is open stays as it is
    assert process.returncode == 0
    assert seen == sorted(seen)
    assert len(set(seen)) > 2
    assert count(folder) == COUNT
    del early
    with open_archive(folder) as archive:
        archive.correct('[[wrong]]\nfact = "event:none"\nby = "Ann"\n')
    assert len([one for one in (folder / SNAPSHOTS).iterdir() if one.is_dir()]) == 1  # nobody reads the older ones


@pytest.mark.parametrize(("lines", "wait"), [(1, 0.03), (3, 0.07), (5, 0.0)])
def test_a_killed_build_goes_on_where_it_was(lines: int, wait: float, tmp_path: Path) -> None:
    folder = tmp_path / "store"
    for _ in range(3):
        process = writer(folder)
        assert process.stdout
        for _ in range(lines):
            process.stdout.readline()
        time.sleep(wait)
        process.send_signal(signal.SIGKILL)
        process.wait()
        if (folder / SNAPSHOTS / "last").exists():
            count(folder)
    last = writer(folder)
    out, _ = last.communicate()
    assert last.returncode == 0
    assert count(folder) == COUNT
    told = list(map(int, out.split()))
    assert told == list(range(COUNT))[-len(told) :]  # nothing was read twice
    whole = tmp_path / "whole"
    with open_archive(whole, create=True) as archive:
        for n in range(COUNT):
            archive.add(call(f"d{n}", minutes=15 + n))
        archive.join()
    assert Graph.open(whole).quads() == Graph.open(folder).quads()
    one, other = Graph.open(whole), Graph.open(folder)
    assert everything(one.store) == everything(other.store)


def test_a_joining_that_is_broken_off_is_not_published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "_MOST", 20)
    monkeypatch.setattr(writing, "_FEW", 10)
    folder, much = tmp_path / "store", Folder.write_much
    with open_archive(folder, create=True) as archive:
        assert Graph.open(folder).quads() == []  # there is a snapshot from the beginning
        archive.add(call("d1"))
        archive.join()

    def broken_off(self: Folder, *, remove: Collection[Line], add: Collection[Line]) -> None:
        much(self, remove=remove, add=add)
        raise KeyboardInterrupt

    monkeypatch.setattr(Folder, "write_much", broken_off)
    archive = open_archive(folder)
    archive.add(call("d2", day="2025-06-20"))
    with pytest.raises(KeyboardInterrupt), archive:
        archive.join()
    assert Graph.open(folder).quads() == quads(join([call("d1")]))
    monkeypatch.setattr(Folder, "write_much", much)
    (folder / SNAPSHOTS / "7.part").mkdir()  # of a writer that was killed
    with open_archive(folder):
        assert Graph.open(folder).quads() == quads(join([call("d1"), call("d2", day="2025-06-20")]))
    assert [one.name for one in (folder / SNAPSHOTS).iterdir() if not one.name.isdecimal()] == ["last"]


def test_one_process_writes_and_the_next_is_told_so(tmp_path: Path) -> None:
    with open_archive(tmp_path / "store", create=True) as archive:
        archive.add(call("d1"))
        with pytest.raises(GraphError, match="another process writes this store"):
            open_for_writing(tmp_path / "store", create=False)
    open_for_writing(tmp_path / "store", create=False).close(empty=False, publish=True)


def test_what_is_no_store_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="no such store"):
        open_archive(tmp_path / "store")
    (tmp_path / "text.txt").write_text("text")
    with pytest.raises(GraphError, match="is no store and not empty"):
        open_archive(tmp_path, create=True)
    with pytest.raises(GraphError, match="is no store and not empty"):
        open_archive(tmp_path / "text.txt", create=True)
    assert [one.name for one in tmp_path.iterdir()] == ["text.txt"]


def test_a_new_store_without_documents_leaves_no_folder(tmp_path: Path) -> None:
    with open_archive(tmp_path / "store", create=True) as archive:
        archive.join()
    assert not (tmp_path / "store").exists()


def test_a_store_of_another_release_and_a_damaged_record_are_named(tmp_path: Path) -> None:
    with open_archive(tmp_path / "store", create=True) as archive:
        archive.add(call("d1"))
        archive.join()
        (name,) = records.joined(archive.backend.store)
        kept = records.stored(archive.backend.store, [name])
        facts = next(line for line in kept if line[2] == str(records.FACTS))
        archive.backend.write(remove=[facts], add=[(*facts[:3], '"AAAA"')])
    store = tmp_path / "store"
    with open_archive(store) as archive, pytest.raises(GraphError, match="a record of the store is damaged"):
        list(archive.documents())
    with open_archive(store) as archive:
        kept = records.stored(archive.backend.store, [records.KEPT])
        (layout,) = [line for line in kept if line[2] == str(records.LAYOUT)]
        archive.backend.write(remove=[layout], add=[(*layout[:3], '"0"')])
    with pytest.raises(GraphError, match="made by another release"):
        open_archive(store)
