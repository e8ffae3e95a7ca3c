"""The index of a store: only what a document touches is joined again, and a joining that is broken off is finished."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Store

from kg.model import FactKind
from kg.stores import open_archive
from kg.stores.archive import Archive
from kg.stores.backend import Memory
from kg.stores.index import facts, writing
from tests.test_archive import archive, call, dump, joined, sound
from tests.test_join_invariants import corpora
from tests.told import Told

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

    from kg.model import DocumentFacts
    from kg.ntriples import Line
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


class Breaking(Memory):
    """A store that fails at the n-th change, as if the process was killed."""

    left = 1000

    def write(self, *, remove: Collection[Line], add: Collection[Line]) -> None:
        self.left -= 1
        if self.left < 0:
            raise KeyboardInterrupt
        super().write(remove=remove, add=add)


@settings(max_examples=40, deadline=None)
@given(corpora(), st.integers(0, 12), st.booleans())
def test_a_joining_that_is_broken_off_is_finished(documents: list[DocumentFacts], at: int, remove: bool) -> None:
    documents = sound(documents)
    backend = Breaking(Store())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(writing, "_MOST", 30)
        patch.setattr(writing, "_FEW", 10)
        one = Archive(backend, "memory")
        for document in documents:
            one.add(document)
        if remove:
            one.join()
        backend.left = at
        try:
            if remove and documents:
                one.remove(documents[0].document.id)
            one.join()
        except KeyboardInterrupt:
            backend.left = 1000
            one = Archive(backend, "memory")
            one.join()
    gone = {documents[0].document.id} if remove and documents else set()
    there = {one.document.id for one in one.documents()}
    assert there in ({d.document.id for d in documents}, {d.document.id for d in documents} - gone)
    assert dump(one) == joined(*(d for d in documents if d.document.id in there))


def test_an_index_that_is_lost_or_damaged_is_made_again(tmp_path: Path) -> None:
    for n, damage in enumerate((b"", b"no index", None)):
        with open_archive(tmp_path / "a", create=True) as one:
            one.add(call(f"c{n}"))
            one.join()
            assert isinstance(one.backend, Memory)
            assert dump(one) == joined(*(call(f"c{m}") for m in range(n + 1)))
        index = tmp_path / "a" / "parley.index"
        if damage is None:
            index.unlink()
        else:
            index.write_bytes(damage)
    with open_archive(tmp_path / "a") as one:
        assert one.remove("c1") == "c1"
        assert dump(one) == joined(call("c0"), call("c2"))


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
