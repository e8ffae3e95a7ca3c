"""A graph over HTTP: what each address answers, and a real server with a real client, limits and intruders."""

from __future__ import annotations

import csv
import http.client
import io
import json
import re
import signal
import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph as RdfGraph
from rdflib import Literal, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore

from kg.export import FORMATS, write
from kg.iris import BASE
from kg.query import questions
from kg.serve import server
from kg.serve.answers import TYPES, Request, Response, answer
from kg.serve.sparql import RESULTS, NotAcceptable, preferred
from kg.store import Graph
from tests.graphs import sample
from tests.test_docs import ROOT
from tests.test_watch import CALL

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TALKS = ROOT / "exports" / "talks.trig"
COUNT = "SELECT (COUNT(*) AS ?n) { ?call a kg:Call }"
FORM, QUERY = "application/x-www-form-urlencoded", "application/sparql-query"
JSON = "application/sparql-results+json"


def get(path: str, accept: str = "*/*", **parameters: str) -> tuple[int, str, str]:
    found = answer(Request("GET", path, {k: [v] for k, v in parameters.items()}, accept), sample())
    return found.status, found.type, found.body.decode()


def test_every_format_is_a_download_with_the_bytes_of_the_export() -> None:
    graph = sample()
    for ending in FORMATS:
        found = answer(Request("GET", f"/graph.{ending}", {}), graph)
        assert (found.status, found.body) == (200, write(graph, ending))
        assert found.type.partition(";")[0] == TYPES[ending]
    assert answer(Request("GET", "/", {}), graph).body == write(graph, "html")


def test_questions_are_listed_with_their_parameters_and_answered() -> None:
    listed = {one["name"]: one for one in json.loads(get("/questions")[2])}
    assert listed.keys() == questions().keys()
    assert listed["meetings-between"]["parameters"] == {"a": "a person's name", "b": "another person's name"}
    status, type, body = get("/questions/meetings-between", a="Ken Tanaka", b="Jane Doe", format="csv")
    assert (status, type) == (200, "text/csv; charset=utf-8")
    expected = sample().query("meetings-between", a="Ken Tanaka", b="Jane Doe")
    assert len([*csv.reader(io.StringIO(body))]) == len(expected) + 1 > 1  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("path", "parameters", "status", "message"),
    [
        ("/nothing", {}, 404, "no such address"),
        ("/questions/nothing", {}, 404, "no question is called 'nothing'"),
        ("/questions/meetings-between", {"a": "Doe"}, 400, "missing parameter b"),
        ("/questions/calls", {"format": "xls"}, 400, "unknown format 'xls'; json or csv"),
        ("/graph.exe", {}, 404, "no such address"),
        ("/graph.", {}, 404, "no such address"),
        ("/../etc/passwd", {}, 404, "no such address"),
        ("/sparql", {"query": "SELECT * { ?s"}, 400, "query:1:"),
        ("/sparql", {"query": "@/etc/passwd"}, 400, "the query does not parse"),
        ("/sparql", {"query": "calls"}, 400, "the query does not parse"),
        ("/sparql", {"query": "ASK { SERVICE <http://x.example/> { ?s ?p ?o } }"}, 400, "SERVICE is not allowed"),
        ("/sparql", {"query": "ASK { \\u0053ERVICE <http://x.example/> { ?s ?p ?o } }"}, 400, "SERVICE is not"),
        ("/sparql", {"query": "CLEAR ALL"}, 400, "query:1:1"),
        ("/sparql", {"query": "{" * 5000}, 400, "nests brackets deeper"),
        ("/sparql", {"query": "ASK {}", "default-graph-uri": "no iri"}, 400, "name graphs by their IRIs"),
        ("/sparql", {"update": "CLEAR ALL"}, 403, "only read"),
    ],
)
def test_what_a_caller_does_wrong_is_one_line_with_its_status(
    path: str, parameters: dict[str, str], status: int, message: str
) -> None:
    found, type, body = get(path, **parameters)
    assert (found, type) == (status, "text/plain; charset=utf-8")
    assert message in body
    assert body.count("\n") == 1


@pytest.mark.parametrize(
    ("method", "path", "allow"),
    [("POST", "/", "GET, HEAD"), ("DELETE", "/graph.ttl", "GET, HEAD"), ("PUT", "/sparql", "GET, HEAD, POST")],
)
def test_nothing_is_written(method: str, path: str, allow: str) -> None:
    found = answer(Request(method, path, {}), sample())
    assert (found.status, found.allow) == (405, allow)


def test_a_query_is_taken_by_get_by_form_and_as_it_is() -> None:
    asked = [
        Request("GET", "/sparql", {"query": [COUNT]}),
        Request("POST", "/sparql", {"query": [COUNT]}, type=FORM),
        Request("POST", "/sparql", {}, type=QUERY, body=COUNT),
    ]
    bodies = {answer(one, sample()).body for one in asked}
    assert [json.loads(body)["results"]["bindings"][0]["n"]["value"] for body in bodies] == ["3"]
    assert answer(Request("POST", "/sparql", {}, type="text/plain", body=COUNT), sample()).status == 415
    assert answer(Request("POST", "/sparql", {"query": [COUNT]}, type=QUERY, body=COUNT), sample()).status == 400
    assert answer(Request("GET", "/sparql", {"query": [COUNT, COUNT]}), sample()).status == 400


@pytest.mark.parametrize(
    ("query", "accept", "status", "type"),
    [
        (COUNT, "*/*", 200, "application/sparql-results+json; charset=utf-8"),
        (COUNT, "application/sparql-results+xml", 200, "application/sparql-results+xml; charset=utf-8"),
        (COUNT, "text/csv;q=0.5, text/tab-separated-values", 200, "text/tab-separated-values; charset=utf-8"),
        (COUNT, "text/*", 200, "text/csv; charset=utf-8"),
        (COUNT, "text/turtle", 406, "text/plain; charset=utf-8"),
        ("ASK {}", "text/csv", 406, "text/plain; charset=utf-8"),
        ("CONSTRUCT { ?s a ?o } { ?s a ?o }", "*/*", 200, "text/turtle; charset=utf-8"),
        ("CONSTRUCT { ?s a ?o } { ?s a ?o }", "application/rdf+xml, text/turtle;q=0", 200, "application/rdf+xml"),
        ("CONSTRUCT { ?s a ?o } { ?s a ?o }", "text/csv", 406, "text/plain; charset=utf-8"),
    ],
)
def test_the_answer_comes_in_the_format_that_the_client_wants(query: str, accept: str, status: int, type: str) -> None:
    assert get("/sparql", accept, query=query)[:2] == (status, type)


def test_graphs_that_the_client_names_are_those_that_the_query_sees() -> None:
    names = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g"
    all_of_them = [row["g"]["value"] for row in json.loads(get("/sparql", query=names)[2])["results"]["bindings"]]
    one = get("/sparql", query=names, **{"named-graph-uri": all_of_them[1]})[2]
    assert [row["g"]["value"] for row in json.loads(one)["results"]["bindings"]] == [all_of_them[1]]
    assert len(all_of_them) > 2


def test_without_a_query_the_endpoint_describes_itself() -> None:
    status, type, body = get("/sparql", "text/turtle")
    service = RdfGraph().parse(data=body, format="turtle", publicID="http://localhost/sparql")
    sd = "http://www.w3.org/ns/sparql-service-description#"
    assert (status, type) == (200, "text/turtle; charset=utf-8")
    assert {o for _, _, o in service.triples((None, URIRef(f"{sd}endpoint"), None))} == {URIRef("http://localhost/sparql")}


@given(st.sampled_from(sorted(RESULTS)), st.text("abc/*;=,q. 019", max_size=30))
def test_the_type_named_first_of_all_wins_whatever_else_is_accepted_less(type: str, odd: str) -> None:
    assert preferred(f"*/*;q=0.5, {type};q=0.9", RESULTS) == type
    assert preferred(f"{type}, {odd};q=0", RESULTS) in RESULTS
    with pytest.raises(NotAcceptable):
        preferred("*/*;q=0", RESULTS)


def test_an_answer_that_takes_too_much_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "MEMORY", 64 << 20)

    def of(size: int) -> Response:
        return server._within(20, lambda: Response(200, "text/plain", b"x" * size))

    assert of(1 << 20) == Response(200, "text/plain", b"x" * (1 << 20))
    assert (of(100 << 20).status, of(100 << 20).body) == (503, b"the answer takes too much memory; ask for less\n")


def test_a_defect_is_a_500_that_tells_nothing_of_the_machine(capfd: pytest.CaptureFixture[str]) -> None:
    found = server._within(20, lambda: Response(1 // 0, "", b""))
    assert (found.status, found.body) == (500, b"this is a defect; the server's error output names the place\n")
    assert "ZeroDivisionError" in capfd.readouterr().err


@pytest.fixture
def serving(request: pytest.FixtureRequest) -> Iterator[int]:
    """The port of `kg serve` in a process of its own."""
    graph, *options = getattr(request, "param", [str(TALKS)])
    with run(graph, *options) as (port, _):
        yield port


class run:  # noqa: N801
    """`kg serve` in a process of its own: its port, and the process."""

    def __init__(self, *arguments: str) -> None:
        command = [sys.executable, "-m", "kg", "serve", *arguments, "--port", "0"]
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=ROOT)

    def __enter__(self) -> tuple[int, subprocess.Popen[str]]:
        assert self.process.stderr
        line = self.process.stderr.readline()
        match = re.match(r"http://(?:127\.0\.0\.1|\[::1\]):(\d+)/ serves ", line)
        assert match, line + self.process.stderr.read()
        return int(match[1]), self.process

    def __exit__(self, *_: object) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.communicate(timeout=30)


def ask(port: int, path: str, method: str = "GET", body: str | None = None, **headers: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request(method, path, body, {k.replace("_", "-"): v for k, v in headers.items()})
        found = connection.getresponse()
        return found.status, found.read()
    finally:
        connection.close()


def test_a_client_of_another_library_reads_calls_and_their_sentences(serving: int) -> None:
    store = SPARQLStore(f"http://127.0.0.1:{serving}/sparql")
    rows = store.query("SELECT ?m ?t { GRAPH ?s { ?call a kg:Call ; kg:minutes ?m } ?s kg:text ?t } ORDER BY ?m")
    found = [(str(m), str(t)) for m, t in rows]  # type: ignore[misc]
    assert [minutes for minutes, _ in found] == ["15", "20"]
    assert all("minutes" in text for _, text in found)
    assert store.query(f"ASK {{ <{BASE}country/JP> ?p ?o }}").askAnswer is True
    known = store.query(f"DESCRIBE <{BASE}country/JP>").graph
    assert known is not None
    assert (URIRef(f"{BASE}country/JP"), URIRef("https://schema.org/name"), Literal("Japan")) in known or len(known) > 2


def test_the_page_and_a_head_come_over_the_wire(serving: int) -> None:
    status, page = ask(serving, "/")
    assert (status, page) == (200, write(Graph.open(TALKS), "html"))
    assert ask(serving, "/", "HEAD") == (200, b"")


@pytest.mark.parametrize("serving", [[str(TALKS), "--seconds", "1"]], indirect=True)
def test_a_query_that_never_ends_is_broken_off_and_others_are_answered_meanwhile(serving: int) -> None:
    endless = quote("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }")
    with socket.create_connection(("127.0.0.1", serving)) as waiting:
        waiting.sendall(f"GET /sparql?query={endless} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        assert ask(serving, f"/sparql?query={quote(COUNT)}")[0] == 200
        waiting.settimeout(60)
        assert waiting.recv(100).startswith(b"HTTP/1.1 503 ")


@pytest.mark.parametrize(
    ("request_text", "status"),
    [
        ("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", 421),
        ("GET / HTTP/1.1\r\nHost: 127.0.0.1.evil.example\r\n\r\n", 421),
        ("GET /sparql?query=%FF HTTP/1.1\r\nHost: localhost\r\n\r\n", 400),
        ("POST /sparql HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 411),
        ("POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n", 411),
        ("POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2000000\r\n\r\n", 413),
        ("BREW / HTTP/1.1\r\nHost: localhost\r\n\r\n", 501),
        ("GET /" + "a" * 70_000 + " HTTP/1.1\r\nHost: localhost\r\n\r\n", 414),
        ("\x16\x03\x01 \r\n\r\n", "Bad request syntax"),  # of HTTP 0.9, which knows no status
    ],
)
def test_odd_requests_get_a_status_and_the_server_lives_on(serving: int, request_text: str, status: int | str) -> None:
    with socket.create_connection(("127.0.0.1", serving)) as client:
        client.settimeout(30)
        client.sendall(request_text.encode("latin-1"))
        assert f"{status} ".encode() in client.recv(100)
    assert ask(serving, "/questions/calls")[0] == 200


def test_a_store_is_served_as_it_is_now(tmp_path: Path) -> None:
    def build(name: str, minutes: int) -> None:
        source = tmp_path / name
        source.write_text(CALL.replace("15", str(minutes)), encoding="utf-8")
        command = [sys.executable, "-m", "kg", "build", str(source), "--root", str(tmp_path)]
        subprocess.run([*command, "--store", str(tmp_path / "s")], check=True, capture_output=True)

    count = f"/sparql?query={quote('SELECT (COUNT(*) AS ?n) { ?d a schema:NewsArticle }')}"
    build("a.txt", 15)
    with run(str(tmp_path / "s")) as (port, _):
        first = json.loads(ask(port, count)[1])
        build("b.txt", 25)
        second = json.loads(ask(port, count)[1])
    assert [one["results"]["bindings"][0]["n"]["value"] for one in (first, second)] == ["1", "2"]


@pytest.mark.parametrize("signal_number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_cleanly(signal_number: int) -> None:
    with run(str(TALKS)) as (port, process):
        assert ask(port, "/questions")[0] == 200
        process.send_signal(signal_number)
        assert process.wait(30) == 0
        with pytest.raises(ConnectionRefusedError):
            ask(port, "/questions")


def test_a_port_that_is_taken_and_a_server_as_graph_are_one_line_and_status_2(serving: int) -> None:
    for arguments, message in (
        ([str(TALKS), "--port", str(serving)], f"127.0.0.1 port {serving}: cannot be listened at"),
        (["http://127.0.0.1:1/"], "http://127.0.0.1:1/: is a server already"),
        (["nothing.trig"], "nothing.trig: no such file or store"),
        ([str(TALKS), "--host", "no.such.host.invalid"], "no.such.host.invalid port 8000: cannot be listened at"),
    ):
        ended = subprocess.run([sys.executable, "-m", "kg", "serve", *arguments], capture_output=True, text=True,
                               timeout=60, check=False, cwd=ROOT)  # fmt: skip
        assert (ended.returncode, ended.stdout) == (2, "")
        assert ended.stderr.startswith(message)
        assert ended.stderr.count("\n") == 1


def test_the_page_of_ipv6_has_an_address(serving: int) -> None:
    del serving
    if not socket.has_ipv6:
        pytest.skip("this machine has no IPv6")
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError:
        pytest.skip("this machine has no IPv6 address")
    with run(str(TALKS), "--host", "::1") as (port, _):
        end = time.monotonic() + 30
        with socket.create_connection(("::1", port)) as client:
            client.settimeout(end - time.monotonic())
            client.sendall(f"GET /questions HTTP/1.1\r\nHost: [::1]:{port}\r\n\r\n".encode())
            assert client.recv(100).startswith(b"HTTP/1.1 200 ")
