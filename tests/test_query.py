from __future__ import annotations

import csv
import io
import json
import shlex
from datetime import date, time
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse

from kg.errors import QueryError
from kg.iris import BASE, PREFIXES
from kg.query import questions, render
from kg.result import IRI, Literal, Result, shown, table, term, value
from kg.store import Graph
from tests.graphs import default_only, sample, sample_quads

ANSWERS: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "data" / "answers.yaml").read_text(encoding="utf-8"))
# Kinds of fact that the sample has none of, and a namesake.
MORE = """
<person/yui-roe> a schema:Person ; schema:name "Yui Roe" ; kg:represents <country/JP> .
<person/max-roe> a schema:Person ; schema:name "Max Roe" ; kg:represents <country/US> .
<person/zoë-łuk> a schema:Person ; schema:name "Zoë Łuk" .
<event/d3-meeting-major-roe> a kg:Meeting , kg:Event ; kg:participant <person/mary-major> , <person/max-roe> ;
    kg:status kg:Held ; kg:date "2025-07-01"^^xsd:date .
<tariff/d3-answer> a kg:Tariff ; kg:imposedBy <country/JP> ; kg:product <product/auto-parts> ; kg:rate 10.0 ;
    kg:status kg:Proposed ; kg:retaliationTo <tariff/d1-us-imported-cars> .
<disagreement/1> a kg:Disagreement ; schema:about <event/d2-call-doe-tanaka-2> ; kg:property kg:minutes ;
    kg:reading <reading/1> , <reading/2> .
<reading/1> a kg:Reading ; kg:value 20.0 ; kg:evidence <https://w3id.org/parley/id/document/d2#char=199,237> .
<reading/2> a kg:Reading ; kg:value 25.0 ; kg:evidence <https://w3id.org/parley/id/document/d1#char=344,417> .
"""


@cache
def asked() -> Graph:
    head = "".join(f"@prefix {prefix}: <{base}> .\n" for prefix, base in PREFIXES.items()) + f"@base <{BASE}> .\n"
    return Graph.from_quads([*sample_quads(), *parse((head + MORE).encode(), RdfFormat.TURTLE)])


TWO = """
<person/max-roe> a schema:Person ; schema:name "Max Roe" .
<person/mary-major> a schema:Person ; schema:name "Mary Major" .
<event/long> a kg:Meeting , kg:Event ; kg:participant <person/mary-major> , <person/max-roe> ; kg:status kg:Held ;
    kg:minutes 120.0 .
<event/untimed> a kg:Call , kg:Event ; kg:participant <person/mary-major> , <person/max-roe> ; kg:status kg:Held .
"""


def test_talk_time_adds_up_the_lengths_that_are_told() -> None:
    head = "".join(f"@prefix {prefix}: <{base}> .\n" for prefix, base in PREFIXES.items()) + f"@base <{BASE}> .\n"
    graph = Graph.from_quads(parse((head + TWO).encode(), RdfFormat.TURTLE))
    assert rows(graph.query("talk-time")) == [["Mary Major", "Max Roe", "2", "120"]]


def rows(answer: object) -> list[list[str]]:
    assert isinstance(answer, Result)
    return [[shown(cell) for cell in row] for row in answer]


def test_every_question_has_an_expected_answer() -> None:
    assert sorted(questions()) == sorted(ANSWERS)
    assert len(ANSWERS) >= 24
    assert [name for name, answer in ANSWERS.items() if not answer["rows"]] == []


@pytest.mark.parametrize("name", ANSWERS)
def test_answer(name: str) -> None:
    answer = asked().query(name, **ANSWERS[name]["with"])
    assert isinstance(answer, Result)
    assert list(answer.variables) == ANSWERS[name]["columns"]
    assert rows(answer) == ANSWERS[name]["rows"]


@pytest.mark.parametrize("name", sorted(set(ANSWERS) - {"sentence-behind"}))
def test_answer_needs_the_default_graph_only(name: str) -> None:
    known = Graph.from_quads(default_only(tuple(asked().quads())))
    assert rows(known.query(name, **ANSWERS[name]["with"])) == ANSWERS[name]["rows"]


@pytest.mark.parametrize("name", ANSWERS)
def test_question_is_documented(name: str) -> None:
    question = questions()[name]
    words = shlex.split(question.example)
    assert question.question.endswith("?")
    assert words[:4] == ["kg", "query", "GRAPH", name]
    assert [word.partition("=")[0] for word in words[4:]] == [p.name for p in question.parameters]


@pytest.mark.parametrize("given", ["Ken Tanaka", "Tanaka", "tanaka", "KEN TANAKA", "person:ken-tanaka",
                                   "id:person/ken-tanaka",
                                   "<https://w3id.org/parley/id/person/ken-tanaka>",
                                   "https://w3id.org/parley/id/person/ken-tanaka"])  # fmt: skip
def test_person_as_written(given: str) -> None:
    assert rows(asked().query("posts-of", person=given)) == ANSWERS["posts-of"]["rows"]


@pytest.mark.parametrize("given", ["Japan", "Japanese", "JP", "japan", "Tokyo", "country:JP"])
def test_country_as_written(given: str) -> None:
    assert rows(asked().query("people-of", country=given)) == ANSWERS["people-of"]["rows"]


@pytest.mark.parametrize(
    ("a", "b", "chains"),
    [
        ("Jane Doe", "Ken Tanaka", [["1", "", ""]]),
        ("Max Roe", "Ken Tanaka", [["2", "Mary Major", ""]]),
        ("Jane Doe", "Max Roe", [["3", "Ken Tanaka", "Mary Major"]]),
        ("Jane Doe", "John Smith", []),
    ],
)
def test_chains_of_up_to_three_talks(a: str, b: str, chains: list[list[str]]) -> None:
    assert rows(asked().query("chains", a=a, b=b)) == chains


@pytest.mark.parametrize(
    ("day", "status"),
    [("2025-06-26", []), ("2025-06-27", ["3 ahead"]), ("2025-06-28", ["3 ahead"]), ("2025-06-29", ["2 was planned"])],
)
def test_state_of_talks_goes_by_the_day(day: str, status: list[str]) -> None:
    found = rows(asked().query("state-of-talks", date=day))
    assert [row[0] for row in found if row[5] == "event:d1-call-doe-tanaka"] == status


def test_offices_are_held_from_the_first_report_on() -> None:
    assert rows(asked().query("offices-on", date="2025-06-26")) == []
    assert len(rows(asked().query("offices-on", date="2025-06-27"))) == 3


def test_diacritics_do_not_matter() -> None:
    assert asked().query("posts-of", person="Zoe Luk") == asked().query("posts-of", person="Zoë Łuk")


@pytest.mark.parametrize(
    ("name", "bindings", "message"),
    [
        ("posts-of", {"person": "Roe"}, r"may mean Max Roe \(person:max-roe\), Yui Roe \(person:yui-roe\)"),
        ("posts-of", {"person": "Ken Tanakka"}, r"no such person \(nearest: Ken Tanaka"),
        ("posts-of", {"person": "Japan"}, "no such person"),
        ("posts-of", {"person": "person:nobody"}, "holds no <"),
        ("posts-of", {}, r"posts-of: missing parameter person; expected: person \(a person's name\)"),
        ("posts-of", {"persn": "Tanaka"}, r"unknown parameter persn; expected: person"),
        ("deadlines", {"date": "July"}, "'July' is no date; write it as 2025-06-28"),
        ("post-of", {}, r"no question is called 'post-of' \(nearest: posts-of.*kg query --list"),
        ("rounds", {"x": "1"}, "unknown parameter x"),
    ],
)
def test_wrong_parameter_is_named(name: str, bindings: dict[str, str], message: str) -> None:
    with pytest.raises(QueryError, match=message) as caught:
        asked().query(name, **bindings)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT ?s WHERE {\n  ?s a kg:Call .\n  FILTRE(?s) }", r"query:3:\d+: the query does not parse at 'FILTRE"),
        ("SELECT ?s WHERE { ?s a nope:Call }", r"query:1:\d+: .*declare its prefix"),
        ("SELECT ?s WHERE { ?s a kg:Call", "does not parse at the end of the line"),
        ("DELETE WHERE { ?s ?p ?o }", r"query:1:\d+: the query does not parse at 'WHERE'"),
        ("{", "does not parse"),
    ],
)
def test_broken_query_is_one_line_with_its_place(text: str, message: str) -> None:
    with pytest.raises(QueryError, match=message) as caught:
        asked().query(text)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * WHERE { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
        "SELECT * WHERE { service SILENT <http://127.0.0.1/> { ?s ?p ?o } }",
        r"SELECT * WHERE { \u0053ERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
        r"SELECT * WHERE { \U00000053ERVICE<http://127.0.0.1/>{ ?s ?p ?o } }",
        "ASK { FILTER EXISTS { SERVICE ?x { ?s ?p ?o } } }",
        "SELECT * WHERE { ?s ?p '#' . SERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
        "SELECT * WHERE { FILTER(1<2) SERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
    ],
)
def test_service_is_refused(text: str) -> None:
    with pytest.raises(QueryError, match="SERVICE is not allowed"):
        asked().query(text)


@pytest.mark.parametrize(
    "text",
    [
        'SELECT ?service WHERE { ?service a kg:Call FILTER("SERVICE" != "") } # SERVICE',
        "SELECT ?s WHERE { ?s a <https://example.org/SERVICE> }",
        "PREFIX service: <https://example.org/> SELECT ?s WHERE { ?s a service:SERVICE }",
    ],
)
def test_the_word_service_elsewhere_is_no_call(text: str) -> None:
    assert isinstance(asked().query(text), Result)


def test_user_text_is_data() -> None:
    hostile = '" } ?x ?y ?z . #'
    assert asked().query("SELECT ?s ?t WHERE { ?s schema:name ?t }", t=f'"{hostile}"') == Result(("s", "t"), ())
    with pytest.raises(QueryError, match="no such person"):
        asked().query("posts-of", person=hostile)


@given(st.text(max_size=30))
def test_no_name_breaks_a_query(name: str) -> None:
    try:
        answer = asked().query("posts-of", person=name)
    except QueryError:
        return
    assert isinstance(answer, Result)


def test_sparql_with_values_of_python_types() -> None:
    answer = sample().query("SELECT ?date ?time ?minutes ?about WHERE { ?meeting a kg:Meeting ; kg:date ?date ;"
                            " kg:time ?time ; kg:minutes ?minutes ; kg:approximate ?about }")  # fmt: skip
    assert isinstance(answer, Result)
    assert answer.rows == ((date(2025, 6, 27), time(9, 30), Decimal(60), True),)
    month = sample().query("SELECT ?d WHERE { ?signing a kg:Signing ; kg:date ?d }")
    assert isinstance(month, Result)
    assert month.records() == [{"d": "2024-03"}]
    assert isinstance(month.rows[0][0], Literal)


def test_sparql_binds_names_and_needs_them_selected() -> None:
    answer = sample().query("SELECT ?e ?who WHERE { ?e a kg:Visit ; kg:participant ?who }", who="Tanaka")
    assert rows(answer) == [["event:d1-visit-tanaka-washington", "person:ken-tanaka"]]
    with pytest.raises(QueryError, match=r"does not select \?who, so it cannot be bound; add \?who"):
        sample().query("SELECT ?e WHERE { ?e a kg:Visit ; kg:participant ?who }", who="Tanaka")


def test_ask_and_construct() -> None:
    assert sample().query("ASK { ?call a kg:Call }") is True
    assert sample().query("ASK { <https://w3id.org/parley/id/person/jane-doe> a kg:Call }") is False
    quads = sample().query("CONSTRUCT { ?s kg:status ?o } WHERE { ?s a kg:Summit ; kg:status ?o }")
    assert isinstance(quads, tuple)
    assert "event:d2-summit-jp-us kg:status kg:Cancelled ." in render(quads, "ttl")


def test_rows_without_order_are_sorted() -> None:
    found = rows(sample().query("SELECT ?name WHERE { ?p a schema:Person ; schema:name ?name }"))
    assert found == sorted(found)


def test_query_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.rq"
    path.write_text("#+ question: Who?\n#+ param: p: person (a name)\n"
                    "SELECT ?name ?p WHERE { ?p schema:name ?name }")  # fmt: skip
    assert rows(sample().query(f"@{path}", p="Doe")) == [["Jane Doe"]]
    with pytest.raises(QueryError, match=r"mine\.rq: missing parameter p|mine: missing parameter p"):
        sample().query(f"@{path}")
    with pytest.raises(QueryError, match="cannot be read: No such file"):
        sample().query(f"@{tmp_path / 'none.rq'}")


def test_formats() -> None:
    japan = IRI(f"{BASE}country/JP")
    answer = Result(("name", "n", "iri"), (("=cmd|x", Decimal(-5), japan), ("@a", None, None)))
    assert list(csv.reader(io.StringIO(render(answer, "csv")))) == [
        ["name", "n", "iri"], ["'=cmd|x", "-5", "https://w3id.org/parley/id/country/JP"], ["'@a", "", ""],
    ]  # fmt: skip
    assert json.loads(render(answer, "json"))["results"]["bindings"][0] == {
        "name": {"type": "literal", "value": "=cmd|x"},
        "n": {"type": "literal", "value": "-5", "datatype": "http://www.w3.org/2001/XMLSchema#decimal"},
        "iri": {"type": "uri", "value": "https://w3id.org/parley/id/country/JP"},
    }
    assert json.loads(render(True, "json")) == {"head": {}, "boolean": True}
    assert render(False) == "false\n"
    assert "country:JP" in table(answer, width=80)
    assert "[red]" in table(Result(("a",), (("[red]x[/red]",),)), width=80)
    with pytest.raises(QueryError, match="unknown format 'xml'"):
        render(answer, "xml")
    with pytest.raises(QueryError, match="CONSTRUCT or DESCRIBE"):
        render(answer, "ttl")


@given(st.text() | st.integers() | st.booleans() | st.dates() | st.decimals(allow_nan=False, allow_infinity=False))
def test_values_survive_the_way_to_terms_and_back(one: str | int | bool | date | Decimal) -> None:
    assert value(term(one)) == one
