"""Documents in and out of an archive: the same graph as of all of them at once, whatever the order and the batches."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Store

from benchmarks.reading import complete
from kg.errors import GraphError, ValidationFailed
from kg.join import join
from kg.model import FactKind
from kg.pipeline import facts
from kg.stages.state import lines, quads
from kg.stages.validate import violations
from kg.store import Graph
from kg.stores import open_archive
from kg.stores.archive import Archive
from kg.stores.backend import Memory, graph
from tests.reading import model
from tests.test_join_invariants import corpora
from tests.told import Told

if TYPE_CHECKING:
    from pyoxigraph import Quad

    from kg.model import DocumentFacts
    from kg.stores.backend import Quads

STORIES = Path(__file__).parent / "corpus" / "stories" / "dev"
VALUE = '[[value]]\nfact = "event:d1-1"\nproperty = "minutes"\nvalue = 25\nby = "Ann Reviewer"\n'


def call(name: str, *, day: str = "2025-06-28", minutes: int = 15) -> DocumentFacts:
    """A report of a call; all of them tell of one."""
    one = Told(name, "2025-06-29").person("Ken Tanaka", "JP", "minister: trade minister").person("Jane Doe", "US")
    return one.event(FactKind.CALL, ["Ken Tanaka", "Jane Doe"], ["JP", "US"], date=day, minutes=minutes).facts()


def archive() -> Archive:
    return Archive(Memory(Store()), "memory")


def dump(of: Archive) -> list[Quad]:
    assert isinstance(of.backend, Memory)
    return Graph(of.backend.store).quads()


def everything(store: Quads) -> set[Quad]:
    """The quads of the graph, and what is kept of documents."""
    return set(store.quads_for_pattern(None, None, None, None))


def joined(*documents: DocumentFacts) -> list[Quad]:
    return quads(join(documents))


def test_what_was_added_is_told_after_joining_only() -> None:
    one = archive()
    one.add(call("d1"))
    assert dump(one) == []
    assert one.join().new == ("d1",)
    assert dump(one) == joined(call("d1"))
    assert one.join() == ((), (), ())


def test_the_same_document_again_changes_nothing_and_a_changed_one_takes_its_place() -> None:
    one = archive()
    one.add(call("d1"))
    one.add(call("d2"))
    one.join()
    one.add(call("d1"))
    assert one.join() == ((), (), ())
    assert one.has(call("d1").document, call("d1").generator)
    assert not one.has(call("d1").document, "another version")
    other = call("d1", day="2025-06-27", minutes=20)
    new = replace(other, document=replace(other.document, sha256="0" * 64))
    one.add(new)
    assert one.has(new.document, new.generator)
    assert not one.has(call("d1").document, call("d1").generator)
    assert one.join().changed == ("d1",)
    assert dump(one) == joined(new, call("d2"))


def test_a_change_taken_back_before_joining_leaves_nothing() -> None:
    one = archive()
    one.add(call("d1"))
    one.join()
    new = replace(call("d1"), document=replace(call("d1").document, sha256="0" * 64))
    one.add(new)
    one.add(call("d1"))
    assert one.join() == ((), (), ())
    assert [f.document.sha256 for f in one.documents()] == [call("d1").document.sha256]


def test_a_removed_document_was_never_read() -> None:
    one, other = archive(), archive()
    for name in ("d1", "d2", "d3"):
        one.add(call(name))
    one.join()
    assert one.remove("https://w3id.org/parley/id/document/d2") == "d2"
    for name in ("d1", "d3"):
        other.add(call(name))
    other.join()
    assert dump(one) == dump(other) == joined(call("d1"), call("d3"))
    assert everything(one.backend.store) == everything(other.backend.store)
    with pytest.raises(GraphError, match=r"memory: holds no document 'd2'"):
        one.remove("d2")


def test_a_joining_mends_the_things_that_it_touches() -> None:
    one = archive()
    one.add(call("d1"))
    one.join()
    lost = next(line for line in graph(one.backend.store) if "/event/" in line[1])
    one.backend.write(remove=[lost], add=[("", lost[1], "<http://b>", "<http://c>")])
    one.add(call("d2"))
    one.join()
    assert dump(one) == joined(call("d1"), call("d2"))


def test_corrections_outlast_documents() -> None:
    one = archive()
    one.correct(VALUE)
    one.add(call("d1"))
    one.join()
    assert [q.object.value for q in dump(one) if q.predicate.value.endswith("#minutes")] == ["25.0", "15.0"]  # type: ignore[union-attr]
    one.add(call("d2"))
    one.join()
    assert any(q.predicate.value.endswith("#correctedBy") for q in dump(one))
    one.correct("")
    assert dump(one) == joined(call("d1"), call("d2"))


def test_a_correction_that_breaks_a_shape_is_refused() -> None:
    one = archive()
    one.add(call("d1"))
    one.join()
    with pytest.raises(ValidationFailed, match="minutes"):
        one.correct(VALUE.replace("25", "-5"))
    assert dump(one) == joined(call("d1"))


def test_an_archive_is_found_again_as_it_was_left(tmp_path: Path) -> None:
    with open_archive(tmp_path / "a", create=True) as one:
        one.add(call("d1"))
        one.join()
        one.add(call("d2"))
    assert Graph.open(tmp_path / "a").quads() == joined(call("d1"))
    with open_archive(tmp_path / "a") as one:
        assert one.join().new == ("d2",)
        one.correct(VALUE)
    with open_archive(tmp_path / "a") as one:
        one.correct("")
    assert Graph.open(tmp_path / "a").quads() == joined(call("d1"), call("d2"))
    assert len(Graph.open(tmp_path / "a")) == len(joined(call("d1"), call("d2")))


def sound(documents: list[DocumentFacts]) -> list[DocumentFacts]:
    return [one for one in documents if not violations(lines(join([one])))]


@settings(max_examples=60)
@given(corpora(), st.data())
def test_order_and_batches_never_matter(documents: list[DocumentFacts], data: st.DataObject) -> None:
    documents = sound(documents)
    one = archive()
    for document in data.draw(st.permutations(documents)):
        one.add(document)
        if data.draw(st.booleans()):
            one.join()
    one.join()
    assert dump(one) == joined(*documents)


@pytest.mark.parametrize("folder", sorted(STORIES.iterdir()), ids=lambda f: f.name)
def test_a_story_taken_in_article_by_article_is_the_story_at_once(folder: Path) -> None:
    articles = [*complete(facts(sorted(folder.glob("*.txt")), model(), root=folder))]
    one = archive()
    for article in reversed(articles):
        one.add(article)
        one.join()
    assert dump(one) == joined(*articles)


@settings(max_examples=60)
@given(corpora(), st.data())
def test_what_is_taken_out_was_never_there(documents: list[DocumentFacts], data: st.DataObject) -> None:
    documents = sound(documents)
    one = archive()
    for document in documents:
        one.add(document)
    one.join()
    gone = {d.document.id for d in documents if data.draw(st.booleans())}
    for name in data.draw(st.permutations(sorted(gone))):
        one.remove(name)
    assert dump(one) == joined(*(d for d in documents if d.document.id not in gone))
