from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, Store, serialize

from kg.errors import GraphError
from kg.iris import BASE
from kg.store import Graph
from tests.graphs import default_only, sample, sample_quads

if TYPE_CHECKING:
    from pathlib import Path

WHOLE = {".trig": RdfFormat.TRIG, ".nq": RdfFormat.N_QUADS, ".jsonld": RdfFormat.JSON_LD}
KNOWN = {".ttl": RdfFormat.TURTLE, ".nt": RdfFormat.N_TRIPLES, ".rdf": RdfFormat.RDF_XML}


@pytest.mark.parametrize("suffix", WHOLE)
def test_file_with_sentence_graphs_gives_all_quads(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"graph{suffix}"
    path.write_bytes(serialize(sample_quads(), format=WHOLE[suffix]) or b"")
    graph = Graph.open(path)
    assert graph.quads() == list(sample_quads())
    assert graph.has_sentences()


@pytest.mark.parametrize("suffix", KNOWN)
def test_file_of_triples_gives_what_is_known(suffix: str, tmp_path: Path) -> None:
    known = default_only(sample_quads())
    path = tmp_path / f"graph{suffix}"
    path.write_bytes(serialize([q.triple for q in known], format=KNOWN[suffix]) or b"")
    graph = Graph.open(str(path))
    assert graph.quads() == known
    assert not graph.has_sentences()


def test_store_folder_is_opened_read_only(tmp_path: Path) -> None:
    store = Store(str(tmp_path / "store"))
    store.extend(sample_quads())
    store.flush()
    del store
    graph = Graph.open(tmp_path / "store")
    assert graph.quads() == list(sample_quads())
    with pytest.raises(RuntimeError, match="read-write"):
        graph.store.add(sample_quads()[0])  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("suffix", "content", "message"),
    [
        (".ttl", b"@prefix a: <http://a/> .\n\na:b a:c d:e .\n", r"graph\.ttl:3: malformed ttl: The prefix d: "),
        (".nq", b"<a:a> <a:b> <a:c> .\n<a:a> <a:b>\n", r"graph\.nq:\d: malformed nq"),
        (".trig", b'<a:a> <a:b> "\xff" .', r"graph\.trig:1: malformed trig: .*UTF-8"),
        (".jsonld", b'{"@id":', r"graph\.jsonld:1: malformed jsonld"),
        (".rdf", b"<a>\n<b>", r"graph\.rdf: malformed rdf"),
    ],
)
def test_malformed_file_is_named_with_its_line(suffix: str, content: bytes, message: str, tmp_path: Path) -> None:
    path = tmp_path / f"graph{suffix}"
    path.write_bytes(content)
    with pytest.raises(GraphError, match=message) as caught:
        Graph.open(path)
    assert "\n" not in str(caught.value)


def test_what_is_no_graph_is_refused(tmp_path: Path) -> None:
    (tmp_path / "text.txt").write_text("no graph")
    with pytest.raises(GraphError, match=r"text\.txt: unknown ending '\.txt'"):
        Graph.open(tmp_path / "text.txt")
    with pytest.raises(GraphError, match="no such file or store"):
        Graph.open(tmp_path / "absent.ttl")
    with pytest.raises(GraphError, match="a folder, but no store"):
        Graph.open(tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["text.txt"]


def test_length_counts_quads_of_both_levels() -> None:
    assert len(sample()) == len(sample_quads()) > len(default_only(sample_quads()))


def test_rdflib_gets_what_is_known() -> None:
    graph = sample().to_rdflib()
    assert len(graph) == len(default_only(sample_quads()))
    assert {(str(s), str(p), str(o)) for s, p, o in graph} == {
        tuple(getattr(t, "value", "") for t in q.triple) for q in default_only(sample_quads())
    }


def test_networkx_gets_people_and_facts() -> None:
    network = sample().to_networkx()
    call, person = f"{BASE}event/d2-call-doe-tanaka-2", f"{BASE}person/jane-doe"
    assert network.nodes[person]["kind"] == "Person"
    assert network.nodes[person]["label"] == "Jane Doe"
    assert network.nodes[call]["date"] == "2025-06-28"
    assert network.has_edge(person, call, "participant")
    assert not any("#char=" in name for name in network)


def test_empty_graph() -> None:
    graph = Graph.from_quads([])
    assert len(graph) == 0
    assert graph.quads() == []
    assert len(graph.to_rdflib()) == 0


def test_default_graph_comes_first() -> None:
    graphs = [q.graph_name for q in sample().quads()]
    first_named = next(i for i, name in enumerate(graphs) if isinstance(name, NamedNode))
    assert all(name == DefaultGraph() for name in graphs[:first_named])
    assert all(isinstance(name, NamedNode) for name in graphs[first_named:])
