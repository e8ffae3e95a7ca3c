"""GraphML, GEXF and CSV: read back whole, and safe to open."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import networkx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad

from kg.export import csv as tables
from kg.export import gexf, graphml
from kg.iris import BASE, PREFIXES
from kg.store import Graph
from tests.graphs import sample

if TYPE_CHECKING:
    from collections.abc import Callable

WRITERS = {"graphml": graphml.write, "gexf": gexf.write, **tables.TABLES}


def read(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode())))


def person(name: str) -> Graph:
    node = NamedNode(BASE + "person/x")
    return Graph.from_quads([
        Quad(node, NamedNode(PREFIXES["rdf"] + "type"), NamedNode(PREFIXES["schema"] + "Person")),
        Quad(node, NamedNode(PREFIXES["schema"] + "name"), Literal(name)),
    ])  # fmt: skip


def test_graphml_reads_back_whole() -> None:
    net = sample().to_networkx()
    back = networkx.read_graphml(io.BytesIO(graphml.write(sample())), force_multigraph=True)
    assert {n: dict(row) for n, row in back.nodes(data=True)} == {n: dict(row) for n, row in net.nodes(data=True)}
    given_edges = sorted((u, v, k, row["label"]) for u, v, k, row in net.edges(keys=True, data=True))
    assert sorted((u, v, row["relation"], row["label"]) for u, v, row in back.edges(data=True)) == given_edges


def test_gexf_reads_back_whole() -> None:
    net = sample().to_networkx()
    back = networkx.read_gexf(io.BytesIO(gexf.write(sample())))
    assert {n: dict(row) for n, row in back.nodes(data=True)} == {n: dict(row) for n, row in net.nodes(data=True)}
    assert sorted((u, v, row["relation"]) for u, v, row in back.edges(data=True)) == sorted(net.edges(keys=True))


def test_no_file_tells_the_day_or_the_version_of_a_library() -> None:
    text = gexf.write(sample()).decode()
    assert "lastmodifieddate" not in text
    assert "NetworkX" not in text


def test_edge_ids_are_unique_in_xml() -> None:
    root = ElementTree.fromstring(graphml.write(sample()))  # noqa: S314
    ids = [edge.get("id") for edge in root.iter("{http://graphml.graphdrawing.org/xmlns}edge")]
    assert len(ids) == len(set(ids)) > 50


@settings(max_examples=40)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20))
def test_any_name_can_be_read_back(name: str) -> None:
    graph = person(name)
    for reader, writer in ((networkx.read_graphml, graphml.write), (networkx.read_gexf, gexf.write)):
        back = reader(io.BytesIO(writer(graph)))
        assert list(back.nodes) == [BASE + "person/x"]


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "a,b\n\"c\""])
def test_no_cell_is_run_by_a_spreadsheet(name: str) -> None:
    cell = read(tables.nodes(person(name)))[0]["label"]
    plain = " ".join(name.split())
    assert cell == (plain if plain.startswith("a") else "'" + plain)


def test_facts_table_tells_who_when_what_and_the_sentence() -> None:
    rows = {row["iri"].removeprefix(BASE): row for row in read(tables.write(sample()))}
    meeting = rows["event/d1-meeting-doe-tanaka"]
    wanted = {"kind": "Meeting", "status": "Held", "who": "Jane Doe; Ken Tanaka", "parties": "Japan; United States",
              "place": "Washington; White House", "date": "2025-06-27", "time": "09:30:00",
              "part of": "7th round, Japan and United States"}  # fmt: skip
    assert {key: meeting[key] for key in wanted} == wanted
    assert float(meeting["minutes"]) == 60
    assert meeting["sentences"] == "He met Doe at the White House on Friday for about an hour, from 9:30 a.m."
    assert rows["event/d2-visit-doe-tokyo"]["said by"] == "Japanese government"
    tenure = rows["tenure/d1-mary-major-eu-trade-envoy"]
    assert (tenure["who"], tenure["to"], tenure["status"]) == ("Mary Major", "trade envoy", "Former")


def test_every_fact_has_a_row_and_every_edge_its_labels() -> None:
    facts = {q.subject.value for q in sample().quads() if q.predicate.value.endswith("#confidence")}  # type: ignore[union-attr]
    assert {row["iri"] for row in read(tables.write(sample()))} == facts
    edge = next(r for r in read(tables.edges(sample())) if r["relation"] == "target")
    assert (edge["source label"], edge["label"], edge["target label"]) == (
        "Tariff on auto parts, 30%, threatened", "on goods of", "Japan")  # fmt: skip


@pytest.mark.parametrize("writer", WRITERS.values(), ids=WRITERS)
def test_an_empty_graph_is_a_file_too(writer: Callable[[Graph], bytes]) -> None:
    assert writer(Graph.from_quads([])).endswith(b"\n")


def test_same_bytes_under_any_hash_seed() -> None:
    script = (
        "import hashlib; from tests.graphs import sample; from tests.test_export_tables import WRITERS\n"
        "print([hashlib.sha256(w(sample())).hexdigest() for w in WRITERS.values()])"
    )
    seen = {
        subprocess.run([sys.executable, "-c", script], env={**os.environ, "PYTHONHASHSEED": seed}, check=True,
                       capture_output=True).stdout for seed in ("1", "2")
    }  # fmt: skip
    assert len(seen) == 1
