"""The index of a store: only what a document touches is joined again, and a joining that is broken off is finished."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Store

from kg.errors import GraphError
from kg.model import FactKind
from kg.stores import open_archive
from kg.stores.archive import Archive
from kg.stores.backend import Memory
from kg.stores.index import facts
from tests.test_archive import archive, call, dump, joined
from tests.told import Told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from kg.model import DocumentFacts
    from kg.stores.index.tables import Tables


def other(name: str) -> DocumentFacts:
    """A report of two other people in another month."""
    one = Told(name, "2025-01-08").person("Mara Quist", "CA", "minister: trade minister").person("Hugo Vale", "MX")
    return one.event(FactKind.MEETING, ["Mara Quist", "Hugo Vale"], ["CA", "MX"], date="2025-01-07").facts()


def test_only_what_a_document_touches_is_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    one = archive()
    for n in range(4):
        one.add(call(f"c{n}"))
        one.add(other(f"o{n}"))
    one.join()
    loaded = set[str]()
    begin = facts.Loaded.__init__

    def noted(self: facts.Loaded, tables: Tables, names: Iterable[str]) -> None:
        names = [*names]
        loaded.update(names)
        begin(self, tables, names)

    monkeypatch.setattr(facts.Loaded, "__init__", noted)
    one.add(call("c4"))
    one.join()
    assert {name.partition("/")[2].partition("-")[0] for name in loaded} == {f"c{n}" for n in range(5)}
    assert dump(one) == joined(*map(call, ("c0", "c1", "c2", "c3", "c4")), *map(other, ("o0", "o1", "o2", "o3")))


def test_an_index_that_is_lost_or_damaged_is_made_again(tmp_path: Path) -> None:
    damages: tuple[Callable[[bytes], bytes | None], ...] = (
        lambda _: b"", lambda _: b"no index", lambda _: None, lambda whole: whole[: len(whole) // 2],
        lambda whole: whole[:8192] + b"\xff" * (len(whole) - 8192),
    )  # fmt: skip
    for n, damage in enumerate(damages):
        with open_archive(tmp_path / "a", create=True) as one:
            one.add(call(f"c{n}"))
            one.join()
            assert isinstance(one.backend, Memory)
            assert dump(one) == joined(*(call(f"c{m}") for m in range(n + 1)))
        index = tmp_path / "a" / "parley.index"
        left = damage(index.read_bytes())
        if left is None:
            index.unlink()
        else:
            index.write_bytes(left)
    with open_archive(tmp_path / "a") as one:
        assert one.remove("c1") == "c1"
        assert dump(one) == joined(*(call(f"c{m}") for m in range(len(damages)) if m != 1))


def test_an_index_that_cannot_be_written_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: Tables) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("kg.stores.index.tables.Tables.commit", full)
    with open_archive(tmp_path / "a", create=True) as one:
        one.add(call("c0"))
        with pytest.raises(GraphError, match=r"parley\.index: cannot be written: database or disk is full; make room"):
            one.join()


def test_a_graph_of_other_rules_is_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    backend = Memory(Store())
    one = Archive(backend, "memory")
    one.add(call("c0"))
    one.join()
    backend.write(remove=(), add=[("", "<http://a>", "<http://b>", "<http://c>")])
    monkeypatch.setattr("kg.stores.settling.lexicon", lambda: "another")
    again = Archive(backend, "memory")
    again.add(other("o0"))
    again.join()
    assert dump(again) == joined(call("c0"), other("o0"))
