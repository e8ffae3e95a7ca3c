"""`kg watch` as a process: documents appear, lines come, and it ends when it is told to."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

import pytest

from kg import cli, stores
from kg.errors import GraphError, SourceError
from kg.many.watching import Feed, Watch
from kg.store import Graph
from kg.stores import open_archive
from tests.servers import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.stores.archive import Archive

CALL = (
    "date 2025-06-28\nTOKYO, June 28 (Sample) -- Japanese Trade Minister Ken Tanaka spoke by phone with Swiss "
    "President Jane Doe on Friday.\n"
)
DULL = "date 2025-06-28\nThe museum has opened a room with paintings of the sea, and the garden behind it is free.\n"
FEED = """<rss version="2.0"><channel><title>Wire</title>{}</channel></rss>"""
ITEM = "<item><title>Talks {0}</title><link>https://example.org/{0}</link><description>{1}</description></item>"


@contextmanager
def watcher(source: str, folder: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that watches; it is gone in the end, whatever happens."""
    command = [sys.executable, "-m", "kg", "watch", source, "--store", "talks.store", "--every", "0.1"]
    here = os.environ | {"PYTHONPATH": str(Path(__file__).parent.parent)}
    with subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=here
    ) as process:
        try:
            yield process
        finally:
            process.kill()


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_documents_are_taken_in_as_they_appear(end: signal.Signals, tmp_path: Path) -> None:
    news = tmp_path / "news"
    news.mkdir()
    (news / "a.txt").write_text(CALL)
    with watcher("news", tmp_path) as process:
        assert process.stdout
        assert process.stderr
        assert process.stdout.readline().startswith("+ news/a.txt: ")
        (news / "b.txt").write_text(CALL.replace("TOKYO", "BERN"))
        assert "told before" in process.stdout.readline()
        (news / "a.txt").write_text(DULL)
        assert process.stdout.readline() == "~ news/a.txt: no facts\n"
        (news / "bad.txt").write_bytes(b"\xff\xfe\x00")
        assert "watching news" in process.stderr.readline()
        assert "news/bad.txt" in process.stderr.readline()
        process.send_signal(end)
        out, err = process.communicate(timeout=60)
        assert (process.returncode, out, err) == (0, "", "")
    graph = Graph.open(tmp_path / "talks.store")
    assert graph.query("SELECT (COUNT(?d) AS ?n) { ?d a schema:NewsArticle }").records() == [{"n": 2}]  # type: ignore[union-attr]


def test_a_feed_is_followed(tmp_path: Path) -> None:
    feed = tmp_path / "feed.xml"
    feed.write_text(FEED.format(ITEM.format(1, CALL)))
    with watcher("feed.xml", tmp_path) as process:
        assert process.stdout
        assert process.stdout.readline().startswith("+ https://example.org/1: Talks 1: ")
        feed.write_text(FEED.format(ITEM.format(2, DULL)))
        assert process.stdout.readline().startswith("+ https://example.org/2: Talks 2: no facts")
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 0
    assert len(Graph.open(tmp_path / "talks.store").query("SELECT ?d { ?d a schema:NewsArticle }")) == 2  # type: ignore[arg-type]


def test_a_file_is_given_when_it_rests(tmp_path: Path) -> None:
    one = tmp_path / "a.txt"
    one.write_text("a")
    watched = Watch(str(tmp_path))
    assert watched.look() == []
    assert watched.look() == [one]
    assert watched.look() == []
    one.write_text("ab")
    os.utime(one, ns=(1, time.time_ns()))
    assert watched.look() == []
    assert watched.look() == [one]
    watched.again([one])
    assert watched.look() == [one]
    one.unlink()
    assert watched.look() == []
    with pytest.raises(SourceError, match="no such folder or feed"):
        Watch(str(tmp_path / "none"))


def test_what_cannot_be_watched_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["watch", str(tmp_path / "none"), "--store", str(tmp_path / "s")]) == 2
    assert "no such folder or feed" in capsys.readouterr().err


class Served(BaseHTTPRequestHandler):
    """A feed that tells its version."""

    text, version = "", "1"

    def do_GET(self) -> None:
        same = self.headers.get("If-None-Match") == self.version
        self.send_response(304 if same else 200)
        self.send_header("ETag", self.version)
        self.end_headers()
        if not same:
            self.wfile.write(self.text.encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def test_a_feed_on_the_web_is_followed(tmp_path: Path) -> None:
    Served.text = FEED.format(ITEM.format(1, CALL) + "<item><guid>g1</guid><title>Dull</title></item>")
    with ThreadingHTTPServer(("127.0.0.1", 0), Served) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        with watcher(f"http://127.0.0.1:{server.server_port}/wire/all.rss", tmp_path) as process:
            assert process.stdout
            told = sorted(process.stdout.readline() for _ in range(2))
            assert told[0].startswith(f"+ 127.0.0.1-{server.server_port}/")
            assert told[1].startswith("+ https://example.org/1: Talks 1: ")
            Served.text, Served.version = FEED.format(ITEM.format(2, DULL)), "2"
            assert process.stdout.readline().startswith("+ https://example.org/2: Talks 2: no facts")
            process.send_signal(signal.SIGINT)
            assert process.wait(60) == 0
        server.shutdown()


def test_a_feed_that_does_not_answer_is_asked_again(tmp_path: Path) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as server:
        port = server.server_port
    feed = Feed(f"http://127.0.0.1:{port}/feed", tmp_path)
    with pytest.raises(SourceError, match=f"http://127.0.0.1:{port}/feed: cannot be fetched"):
        feed.look()


def test_a_feed_that_does_not_answer_is_told_of_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as server:
        port = server.server_port
    address = f"http://127.0.0.1:{port}/feed"
    assert cli.run(["watch", address, "--store", str(tmp_path / "s"), "--every", "0.05", "--looks", "4"]) == 0
    assert capsys.readouterr().err.count(f"{address}: cannot be fetched") == 1


def test_a_store_that_can_never_be_written_ends_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "news").mkdir()
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "a.png").touch()
    port = free_port()
    for store, why in ((tmp_path / "full", "is no store and not empty"), (f"http://[bad:{port}", "no address")):
        assert cli.run(["watch", str(tmp_path / "news"), "--store", str(store), "--every", "0.05"]) == 2
        out, err = capsys.readouterr()
        assert (out, err.count("\n")) == ("", 1)
        assert f"{store}: {why}" in err


def test_a_store_that_cannot_be_written_now_is_told_of_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    news, store = tmp_path / "news", tmp_path / "s"
    news.mkdir()
    (news / "a.txt").write_text(CALL)
    tries = []

    def busy(address: str, *, create: bool = False) -> Archive:
        tries.append(address)
        if 1 < len(tries) < 4:
            raise GraphError("another process writes this store")
        return open_archive(address, create=create)

    monkeypatch.setattr(stores, "open_archive", busy)
    assert cli.run(["watch", str(news), "--store", str(store), "--every", "0.05", "--looks", "6"]) == 0
    out, err = capsys.readouterr()
    assert err.splitlines()[1:] == ["another process writes this store"]
    assert out.startswith("+ ")
    assert len(tries) == 4


@pytest.mark.parametrize(("options", "wait"), [([], 60.0), (["--every", "5"], 5.0)])
def test_a_feed_on_the_web_is_looked_at_every_minute(
    options: list[str], wait: float, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits = []

    def waited(_: Event, timeout: float | None = None) -> bool:
        waits.append(timeout)
        return True

    monkeypatch.setattr(Event, "wait", waited)
    address = f"http://127.0.0.1:{free_port()}/feed"
    assert cli.run(["watch", address, "--store", str(tmp_path / "s"), *options]) == 0
    assert cli.run(["watch", str(tmp_path), "--store", str(tmp_path / "s")]) == 0
    assert waits == [wait, 2.0]


def test_a_second_signal_ends_it_in_the_middle_of_a_document(tmp_path: Path) -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as deaf,
        watcher(f"http://127.0.0.1:{deaf.getsockname()[1]}/feed", tmp_path) as process,
    ):
        assert process.stderr
        assert "watching" in process.stderr.readline()
        with deaf.accept()[0]:  # and say nothing
            process.send_signal(signal.SIGINT)
            time.sleep(0.2)
            assert process.poll() is None
            process.send_signal(signal.SIGINT)
            assert process.wait(10) == 130
