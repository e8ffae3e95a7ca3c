"""Turtle, TriG, N-Quads and JSON-LD: nothing lost on the way, and the same bytes every time."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, parse
from rdflib.compare import isomorphic

from kg.errors import GraphError
from kg.export import FORMATS, format_of, save, write
from kg.iris import BASE, PREFIXES
from kg.join import join
from kg.stages.state import quads
from kg.store import Graph
from tests.sample import document_facts, graph

# rdflib's own parsers use its deprecated names, and warn of booleans that are none.
pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:Parsing weird"),
]
TEXT = ("ttl", "trig", "nq", "jsonld")
OXIGRAPH = dict(zip(TEXT, (RdfFormat.TURTLE, RdfFormat.TRIG, RdfFormat.N_QUADS, RdfFormat.JSON_LD), strict=True))
RDFLIB = dict(zip(TEXT, ("turtle", "trig", "nquads", "json-ld"), strict=True))
S, P, G = (NamedNode(f"{BASE}event/{name}") for name in "spg")


@cache
def stated() -> frozenset[Quad]:
    """The quads as stage 6 gives them, before any store."""
    return frozenset(quads(join(document_facts())))


def expected(format: str, given: frozenset[Quad]) -> frozenset[Quad]:
    return frozenset(q for q in given if format != "ttl" or q.graph_name == DefaultGraph())


def by_rdflib(format: str, data: bytes) -> rdflib.Dataset:
    dataset = rdflib.Dataset(default_union=False)
    dataset.parse(data=data, format=RDFLIB[format])
    return dataset


@pytest.mark.parametrize("format", TEXT)
def test_pyoxigraph_reads_the_quads_back_to_the_letter(format: str) -> None:
    assert frozenset(parse(write(graph(), format), OXIGRAPH[format])) == expected(format, stated())


@pytest.mark.parametrize("format", TEXT)
def test_rdflib_reads_isomorphic_graphs(format: str) -> None:
    read = by_rdflib(format, write(graph(), format))
    oracle = by_rdflib("nq", b"".join(f"{q} .\n".encode() for q in expected(format, stated())))
    names = {g.identifier for g in oracle.graphs()}
    assert {g.identifier for g in read.graphs()} == names
    assert all(isomorphic(read.graph(name), oracle.graph(name)) for name in names)
    assert len(read.default_graph) == sum(q.graph_name == DefaultGraph() for q in stated())


@pytest.mark.parametrize("format", TEXT)
def test_input_order_and_a_store_between_change_no_byte(format: str, tmp_path: Path) -> None:
    data = write(graph(), format)
    assert write(Graph.from_quads(sorted(stated(), key=str, reverse=True)), format) == data
    store = Store(str(tmp_path / "store"))
    store.extend(stated())
    assert write(Graph(store), format) == data
    path = tmp_path / f"graph.{format}"
    path.write_bytes(data)
    assert write(Graph.open(path), format) == data


def test_hash_seed_and_locale_change_no_byte() -> None:
    script = (
        "import hashlib; from kg.export import write; from tests.sample import graph; g = graph()\n"
        f"print([hashlib.sha256(write(g, f)).hexdigest() for f in {TEXT}])"
    )
    root = Path(__file__).parent.parent
    runs = [
        subprocess.run([sys.executable, "-c", script], cwd=root, check=True, capture_output=True, text=True,
                       env={**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": locale, "TZ": zone}).stdout
        for seed, locale, zone in (("1", "C", "UTC"), ("2", "C.UTF-8", "Asia/Tokyo"))
    ]  # fmt: skip
    assert runs[0] == runs[1]
    assert len(runs[0]) > 4 * 64


def test_turtle_reads_well() -> None:
    turtle = write(graph(), "ttl").decode()
    assert """
event:d2-call-doe-tanaka-2 a kg:Call ,
        kg:Event ,
        sem:Event ;
    kg:approximate true ;
    kg:cameoRoot "04" ;
    kg:confidence 0.96 ;
    kg:date "2025-06-28"^^xsd:date ;
    kg:duration "PT20M"^^xsd:dayTimeDuration ;
    kg:earliest "2025-06-28"^^xsd:date ;
    kg:eventCode plover:CONSULT ;
    kg:evidence <https://w3id.org/parley/id/document/d2#char=166,198> ,
        <https://w3id.org/parley/id/document/d2#char=199,237> ;
    kg:latest "2025-06-28"^^xsd:date ;
    kg:minutes 20.0 ;
    kg:partOfDay "evening" ;
    kg:participant person:jane-doe ,
        person:ken-tanaka ;
    kg:party country:JP ,
        country:US ;
    kg:possiblySame event:d1-call-doe-tanaka ;
    kg:rule "event.call" ;
    kg:status kg:Held .
""" in turtle
    assert all(f"{line.split()[1]}" in turtle.split("\n\n", 1)[1] for line in turtle.splitlines() if "@prefix" in line)


def test_trig_gives_the_default_graph_first_and_each_sentence_once() -> None:
    trig = write(graph(), "trig").decode()
    assert trig.split("\nGRAPH ", 1)[0] + "\n" == write(graph(), "ttl").decode().rstrip("\n") + "\n\n"
    names = [line for line in trig.splitlines() if line.startswith("GRAPH ")]
    assert names == sorted(set(names))
    assert """
GRAPH <https://w3id.org/parley/id/document/d2#char=199,237> {
    event:d2-call-doe-tanaka-2 a kg:Call ;
        kg:approximate true ;
        kg:minutes 20.0 .
}
""" in trig


def test_nquads_are_sorted_lines_and_jsonld_needs_no_server() -> None:
    lines = write(graph(), "nq").decode().splitlines()
    assert len(lines) == len(stated())
    assert all(one != two for one, two in pairwise(sorted(lines)))
    document = json.loads(write(graph(), "jsonld"))
    assert document["@context"] == PREFIXES


odd = st.text(st.characters(codec="utf-8"), max_size=12)
traps = ['"', '"""', "\\", "\n\r\t", "\x00\x01\x1f\x7f", "\x85\u2028\u2029", "𝔘", "\\u0041", "'", " ", ""]
literals = st.one_of(
    odd.map(Literal),
    st.sampled_from(traps).map(Literal),
    st.builds(lambda words: Literal(words, language="en-gb"), odd),
    st.builds(
        lambda words, kind: Literal(words, datatype=NamedNode(PREFIXES["xsd"] + kind)),
        st.sampled_from(["7", "-7", "20.0", "27.5", "true", "1e3", "x", "2025-06", "007"]),
        st.sampled_from(["integer", "decimal", "boolean", "double", "date", "gYearMonth", "token"]),
    ),
)


@settings(max_examples=150)
@given(st.frozensets(st.builds(Quad, st.just(S), st.just(P), literals, st.sampled_from([G, DefaultGraph()]))))
def test_literals_with_odd_characters_survive(given: frozenset[Quad]) -> None:
    whole = Graph.from_quads(given)
    for format in TEXT:
        data = write(whole, format)
        again = Graph.from_quads(parse(data, OXIGRAPH[format]))
        assert set(again.quads()) == set(expected(format, frozenset(whole.quads())))
        assert write(again, format) == (data if format != "ttl" else write(whole, "ttl"))
        assert {str(node) for _, _, node, _ in by_rdflib(format, data).quads()} >= {
            q.object.value for q in expected(format, given)
            if isinstance(q.object, Literal) and q.object.datatype.value == PREFIXES["xsd"] + "string"
        }  # fmt: skip


@pytest.mark.parametrize("name", ["event/a.b", "event/a-", "event/-a", "person/o%27x", "event/", "org/x", "event/é"])
def test_names_that_are_no_prefixed_name_are_written_in_full(name: str) -> None:
    node = NamedNode(BASE + name)
    whole = Graph.from_quads([Quad(node, node, node), Quad(node, node, node, node)])
    for format in TEXT:
        assert frozenset(parse(write(whole, format), OXIGRAPH[format])) == expected(format, frozenset(whole.quads()))
        assert all(str(term) == BASE + name for quad in by_rdflib(format, write(whole, format)).quads()
                   for term in quad[:3])  # fmt: skip


def test_an_empty_graph_is_a_valid_file() -> None:
    for format in TEXT:
        assert list(parse(write(Graph.from_quads([]), format), OXIGRAPH[format])) == []


def test_the_format_follows_from_the_ending() -> None:
    assert [format_of(f"out/x.{ending}") for ending in FORMATS] == list(FORMATS)
    assert format_of("X.TTL") == "ttl"
    with pytest.raises(GraphError, match=r"^x\.doc: the ending names no format; use one of \.ttl \.trig"):
        format_of("x.doc")
    with pytest.raises(GraphError, match=r"^doc: unknown format; choose one of ttl, trig"):
        write(graph(), "doc")


def test_a_file_is_written_whole_into_a_new_folder(tmp_path: Path) -> None:
    path = tmp_path / "new" / "x.ttl"
    save(path, b"one")
    save(path, b"two")
    assert path.read_bytes() == b"two"
    assert [p.name for p in path.parent.iterdir()] == ["x.ttl"]


def test_a_full_disk_leaves_the_older_file_and_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.ttl"
    save(path, b"one")

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(GraphError, match=r"x\.ttl: cannot be written \(No space left on device\); choose"):
        save(path, b"two")
    assert path.read_bytes() == b"one"
    assert [p.name for p in tmp_path.iterdir()] == ["x.ttl"]


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(GraphError, match=r"file/x\.ttl: cannot be written"):
        save(tmp_path / "file" / "x.ttl", b"")
