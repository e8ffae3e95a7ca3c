"""Graphs on SPARQL servers: written there, read from there, and the same as in memory."""

from __future__ import annotations

import os
import socket
import subprocess
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest
from pyoxigraph import Literal, NamedNode

from kg import cli, ntriples, pipeline
from kg.errors import GraphError
from kg.export import write
from kg.iris import PREFIXES
from kg.join import join
from kg.model import DocumentFacts
from kg.query import questions
from kg.result import Result
from kg.stages.parse import load
from kg.stages.state import quads
from kg.store import KEPT, Graph
from kg.stores import open_archive, records, remote
from kg.stores.backend import update
from kg.stores.http import PASSWORD, USER, Server
from kg.stores.remote import Remote, Writable
from kg.stores.sparql import question
from tests import servers
from tests.test_archive import VALUE, call
from tests.test_docs import ROOT
from tests.test_watch import CALL

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

STORIES = ROOT / "tests" / "corpus" / "stories" / "dev"
# Asked of the graph of one story and the example; every named question is.
VALUES = {
    "person": "Akazawa", "country": "Japan", "actor": "Japan", "organization": "Japanese government", "product": "car",
    "topic": "tariff", "thing": "Akazawa", "date": "2025-06-28", "integer": "7", "text": "tariff", "any": "20",
}  # fmt: skip

# Virtuoso 7.2.5 takes another sentence for the least, gives an action twice in spite of DISTINCT, and has no answer
# where COALESCE meets an error.
NOT_ON_VIRTUOSO = {"single-source", "actions", "state-of-talks"}


@pytest.fixture(scope="module", params=["oxigraph", "virtuoso"])
def address(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(USER, "dba")
        patch.setenv(PASSWORD, "dba")
        with getattr(servers, request.param)(tmp_path_factory.mktemp(request.param)) as url:
            yield url


@pytest.fixture(autouse=True)
def empty(request: pytest.FixtureRequest) -> None:
    """Nothing on the server before each test."""
    if "address" in request.fixturenames:
        clear(request.getfixturevalue("address"))


def clear(url: str) -> None:
    store = Writable(Server(url))
    store.write(remove=list(ntriples.lines(store.quads_for_pattern(None, None, None, None))), add=())
    assert len(store) == 0


@pytest.fixture(scope="module")
def documents() -> list[DocumentFacts]:
    """The example and a story."""
    sources = [ROOT / "examples" / "talks.txt", *sorted(STORIES.glob("istanbul-numbered-rounds/*.txt"))]
    found = [one for one in pipeline.facts(sources, load(), root=ROOT) if isinstance(one, DocumentFacts)]
    assert len(found) == len(sources)
    return found


def test_documents_go_in_and_out(address: str) -> None:
    with open_archive(address) as archive:
        for name in ("d1", "d2", "d3"):
            archive.add(call(name))
        assert archive.join().new == ("d1", "d2", "d3")
    assert Graph.open(address).quads() == quads(join([call("d1"), call("d2"), call("d3")]))
    with open_archive(address) as archive:
        assert archive.has(call("d1").document, call("d1").generator)
        archive.correct(VALUE)
        archive.remove("d2")
        archive.correct("")
    graph = Graph.open(address)
    assert graph.quads() == quads(join([call("d1"), call("d3")]))
    assert len(graph) == len(graph.quads())
    assert graph.has_sentences()
    kept = [one.document.id for one in records.documents(graph.store, address)]
    assert kept == ["d1", "d3"]


def test_many_quads_go_in_batches_that_a_journal_holds_together(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote, "BATCH", 10)
    with open_archive(address) as archive:
        archive.add(call("d1"))
        archive.join()
        archive.add(call("d2"))
        sent, send = [0], Server.update

        def broken(self: Server, text: str) -> None:
            sent[0] += 1
            if sent[0] == 2:
                raise GraphError("the plug is pulled")
            send(self, text)

        monkeypatch.setattr(Server, "update", broken)
        with pytest.raises(GraphError, match="plug"):
            archive.join()
        monkeypatch.setattr(Server, "update", send)
    with open_archive(address) as archive:
        archive.add(call("d3"))
        archive.join()
    assert Graph.open(address).quads() == quads(join([call("d1"), call("d2"), call("d3")]))


def test_every_named_question_is_answered_as_in_memory(
    address: str, documents: list[DocumentFacts]
) -> None:
    with open_archive(address) as archive:
        for document in documents:
            archive.add(document)
        archive.join()
    there, here = Graph.open(address), Graph.from_quads(quads(join(documents)))
    assert there.quads() == here.quads()
    different, answered = dict[str, object](), 0
    for name, one in questions().items():
        given: dict[str, Any] = {p.name: VALUES[p.type] for p in one.parameters}
        if "b" in given:
            given["b"] = "Lutnick" if one.parameters[1].type == "person" else "US"
        found, wanted = there.query(name, **given), here.query(name, **given)
        assert isinstance(found, Result)
        assert isinstance(wanted, Result)
        # Rows that a question leaves in any order come as the engine has them.
        if sorted(map(str, found.rows)) != sorted(map(str, wanted.rows)):
            different[name] = set(map(str, found.rows)) ^ set(map(str, wanted.rows))
        answered += bool(wanted.rows)
    assert different.keys() <= (NOT_ON_VIRTUOSO if address.endswith("sparql") else set()), different
    assert answered >= 20


def test_commands_read_and_write_a_server(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    assert cli.run(["build", "examples/talks.txt", "--store", address]) == 0
    assert capsys.readouterr().out.startswith(f"{address}: 1 document new, 0 changed, 0 as they were\n")
    assert cli.run(["build", "examples/talks.txt", "--store", address]) == 0
    assert capsys.readouterr().out.startswith(f"{address}: 0 documents new, 0 changed, 1 as they were\n")
    assert cli.run(["export", address, "-o", str(tmp_path / "talks.trig")]) == 0
    assert (tmp_path / "talks.trig").read_bytes() == write(Graph.open(address), "trig")
    assert cli.run(["verify", address, "examples/talks.txt"]) == 0
    assert "all supported" in capsys.readouterr().out
    assert cli.run(["explain", address, "20"]) == 0
    assert "»20«" in capsys.readouterr().out
    asked = "SELECT (COUNT(?s) AS ?n) { GRAPH ?s { ?call kg:minutes ?m } }"
    assert cli.run(["query", address, asked, "--format", "csv"]) == 0
    assert capsys.readouterr().out == "n\n3\n"
    assert cli.run(["query", address, "ASK { ?call a kg:Call }"]) == 0
    assert capsys.readouterr().out == "true\n"
    assert cli.run(["query", address, "ASK { ?call a kg:Summit }"]) == 0
    assert capsys.readouterr().out == "false\n"
    assert cli.run(["query", address, "SELECT {"]) == 2
    assert "query:1:" in capsys.readouterr().err
    assert cli.run(["status", address]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "1 document"
    assert "5 tenures" in told[1]
    assert cli.run(["remove", address, "examples/talks.txt"]) == 0
    assert len(Graph.open(address)) == 0


WRITER = NamedNode("https://w3id.org/parley/store#writer")


def locks(url: str) -> list[str]:
    found = Remote(Server(url)).quads_for_pattern(None, WRITER, None)
    return [str(one.object.value) for one in found if isinstance(one.object, Literal)]


def locked(url: str, *by: str) -> None:
    Server(url).add(ntriples.nquads(("", f"<{KEPT}>", str(WRITER), f'"{one}"') for one in by), KEPT)


def test_one_process_writes_at_a_time(address: str) -> None:
    with open_archive(address) as archive:
        archive.add(call("d1"))
        (mine,) = locks(address)
        assert mine.startswith(f"{socket.gethostname()} {os.getpid()} ")
        with pytest.raises(GraphError, match=rf"process {os.getpid()} on \S+ writes this store; wait"):
            open_archive(address)
        assert locks(address) == [mine]
        archive.join()
    assert locks(address) == []
    assert Graph.open(address).quads() == quads(join([call("d1")]))


def test_of_many_that_come_at_once_one_writes_at_most(address: str) -> None:
    inside, most = 0, 0
    count = threading.Lock()

    def write() -> None:
        nonlocal inside, most
        try:
            with open_archive(address):
                with count:
                    inside, most = inside + 1, max(most, inside + 1)
                time.sleep(0.05)
                with count:
                    inside -= 1
        except GraphError as error:
            assert "writes this store" in str(error)  # noqa: PT017

    threads = [threading.Thread(target=write) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert most <= 1
    assert locks(address) == []


def test_the_lock_of_a_process_that_is_gone_holds_nobody_up(address: str) -> None:
    gone = subprocess.Popen(["true"])
    gone.wait()
    here = socket.gethostname()
    locked(address, f"{here} {gone.pid} abc")
    with open_archive(address):
        assert len(locks(address)) == 1
    assert locks(address) == []
    locked(address, "elsewhere 12 abc", "odd", f"{here} {gone.pid} abc")
    with pytest.raises(GraphError) as error:
        open_archive(address)
    assert str(error.value).count("\n") == 0
    assert sorted(locks(address)) == ["elsewhere 12 abc", "odd"]
    remedy = str(error.value).partition("the update ")[2]
    Server(address).update(remedy)
    with open_archive(address):
        pass
    assert locks(address) == []


def test_a_writer_that_fails_lets_go(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise GraphError("another release")

    with monkeypatch.context() as patch:
        patch.setattr(records, "begin", broken)
        with pytest.raises(GraphError, match="another release"):
            open_archive(address)
    with monkeypatch.context() as patch:
        patch.setattr(Writable, "_recover", broken)
        with pytest.raises(GraphError, match="another release"):
            open_archive(address)
    with pytest.raises(KeyboardInterrupt), open_archive(address):
        raise KeyboardInterrupt
    assert locks(address) == []


def test_a_server_is_followed_and_compared(
    address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    news = tmp_path / "news"
    news.mkdir()
    (news / "a.txt").write_text(CALL)
    watch = ["watch", str(news), "--root", str(tmp_path), "--store", address, "--every", "0.05", "--looks", "3"]
    assert cli.run(watch) == 0
    assert capsys.readouterr().out.startswith("+ news/a.txt: ")
    (news / "b.txt").write_text(CALL.replace("by phone with", "to").replace("Friday", "Thursday"))
    assert cli.run([*watch[:-1], "2"]) == 0
    assert capsys.readouterr().out.startswith("+ news/b.txt: ")
    folder = tmp_path / "talks.store"
    assert cli.run(["build", str(news / "a.txt"), "--root", str(tmp_path), "--store", str(folder)]) == 0
    capsys.readouterr()
    assert cli.run(["diff", str(folder), address]) == 0
    there = capsys.readouterr().out
    assert cli.run(["build", str(news), "--root", str(tmp_path), "-o", str(tmp_path / "out")]) == 0
    capsys.readouterr()
    assert cli.run(["diff", str(folder), str(tmp_path / "out" / "news.trig")]) == 0
    assert capsys.readouterr().out == there
    assert "0 facts came, 0 went, 0 changed" not in there
    assert cli.run(["diff", address, str(tmp_path / "out" / "news.ttl")]) == 0
    assert capsys.readouterr().out == "0 facts came, 0 went, 0 changed\n"


def test_who_may_not_write_is_told_how(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(USER, raising=False)
    with servers.virtuoso(tmp_path) as url, pytest.raises(GraphError, match="KG_STORE_USER"):
        open_archive(url)


class Flaky(BaseHTTPRequestHandler):
    """A server that is busy at first."""

    failures = 0
    seen: list[tuple[str, str | None]] = []  # noqa: RUF012

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.seen.append((self.path, self.headers.get("Authorization")))
        if len(self.seen) <= self.failures:
            self.send_response(503)
            self.send_header("Retry-After", "2")
            self.end_headers()
            return
        answer = b'{"head":{},"boolean":true}'
        self.send_response(200)
        self.send_header("Content-Type", "application/sparql-results+json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def flaky(failures: int) -> Iterator[str]:
    Flaky.failures, Flaky.seen = failures, []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Flaky)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()


def test_a_busy_server_is_asked_again_ever_more_seldom(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_STORE_TOKEN", "abc")
    waits: list[float] = []
    with flaky(4) as url:
        assert Server(url, waits.append).query("ASK {}", "*/*")[0]
        assert waits == [2, 2, 2, 2]
        assert [who for _, who in Flaky.seen] == ["Bearer abc"] * 5
    waits.clear()
    with flaky(99) as url, pytest.raises(GraphError, match=r"does not answer \(503"):
        Server(url, waits.append).update("CLEAR ALL")
    assert len(waits) == 5
    waits.clear()
    with pytest.raises(GraphError, match="does not answer"):
        Server(f"http://127.0.0.1:{servers.free_port()}", waits.append).update("CLEAR ALL")
    assert waits == [0.25, 0.5, 1, 2, 4]


def test_a_password_in_an_address_is_refused() -> None:
    with pytest.raises(GraphError, match="password must not stand in the address"):
        Server("http://user:secret@localhost/sparql")


def test_bound_variables_are_replaced_where_a_query_uses_them() -> None:
    from pyoxigraph import Variable

    text = """SELECT DISTINCT ?a ?x WHERE { ?x ?p ?a . GRAPH ?g { ?x kg:date ?a } FILTER(?a < 3) }
        GROUP BY ?a ?x ORDER BY ?a STR(?a)"""
    bound = " ".join(question(text, PREFIXES, {Variable("a"): NamedNode("http://a")}).split())
    kind = f"<{PREFIXES['rdf']}type> <{PREFIXES['kg']}Sentence>"
    assert bound == (
        f"PREFIX kg: <{PREFIXES['kg']}> SELECT DISTINCT (<http://a> AS ?a) ?x WHERE {{ ?x ?p <http://a> . "
        f"?g {kind} . GRAPH ?g {{ ?x kg:date <http://a> }} FILTER(<http://a> < 3) }} "
        "GROUP BY (<http://a>) ?x ORDER BY (<http://a>) STR(<http://a>)"
    )
    evil = Literal('" } ; DROP ALL #')
    assert '"\\" } ; DROP ALL #"' in question("SELECT ?a { ?x ?y ?a }", {}, {Variable("a"): evil})


def test_an_update_takes_out_before_it_puts_in() -> None:
    triple = ("<http://a>",) * 3
    assert update([("", *triple)], [("<http://g>", *triple)]) == (
        "DELETE DATA {\n<http://a> <http://a> <http://a> .\n} ;\n"
        "INSERT DATA {\nGRAPH <http://g> {\n<http://a> <http://a> <http://a> .\n}\n}"
    )
