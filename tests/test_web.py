"""What servers on the web may do to whoever asks them: send elsewhere, break off, answer oddly."""

from __future__ import annotations

from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, NamedTuple

import pytest

from kg import cli, web
from kg.errors import GraphError, SourceError
from kg.many import watching
from kg.many.watching import Feed
from kg.stores.http import PASSWORD, TOKEN, USER, Server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

YES = b'{"head":{},"boolean":true}'
RSS = b"<rss version='2.0'><channel><title>Wire</title></channel></rss>"


class Asked(NamedTuple):
    """What came in."""

    method: str
    path: str
    authorization: str | None
    version: str | None


class Odd:
    """A server whose every answer is one of those given, the last of them again and again."""

    def __init__(self, *answers: tuple[int, dict[str, str], bytes]) -> None:
        self.answers, self.seen, self.address = [*answers], list[Asked](), ""


@contextmanager
def serving(*answers: tuple[int, dict[str, str], bytes]) -> Iterator[Odd]:
    odd = Odd(*answers)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            odd.seen.append(
                Asked(self.command, self.path, self.headers["Authorization"], self.headers["If-None-Match"])
            )
            status, headers, body = odd.answers.pop(0) if len(odd.answers) > 1 else odd.answers[0]
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            self.do_GET()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        odd.address = f"http://127.0.0.1:{server.server_port}"
        yield odd
        server.shutdown()


@pytest.fixture(autouse=True)
def nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (USER, PASSWORD, TOKEN):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_an_update_goes_where_it_is_sent_or_nowhere(status: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(TOKEN, "secret")
    with serving((200, {}, b"")) as other, serving((status, {"Location": f"{other.address}/update"}, b"")) as first:
        with pytest.raises(GraphError, match=r"refuses to write: 30\d .* to ") as error:
            Server(first.address).update("CLEAR ALL")
        assert f"{other.address}/update" in str(error.value)
        assert "\n" not in str(error.value)
        with pytest.raises(GraphError, match="does not take the query: 30"):
            Server(first.address).query("ASK {}", "*/*")
    assert other.seen == []
    assert len(first.seen) == 2


@pytest.mark.parametrize(
    ("wanted", "waited"),
    [("2", 2.0), ("Wed, 21 Oct 2026 07:28:00 GMT", 0.25), ("-1", 0.25), ("soon", 0.25), ("9" * 400, 60.0)],
)
def test_a_server_says_when_to_ask_again_or_says_nothing(wanted: str, waited: float) -> None:
    waits: list[float] = []
    with serving((503, {"Retry-After": wanted}, b""), (200, {"Content-Length": str(len(YES))}, YES)) as odd:
        assert Server(odd.address, waits.append).query("ASK {}", "*/*")[0] == YES
    assert waits == [waited]


@pytest.mark.parametrize(
    ("given", "remedy"),
    [({}, f"set {USER} and {PASSWORD}, or {TOKEN}"), ({TOKEN: "t"}, f"check {TOKEN}"),
     ({USER: "u", PASSWORD: "p"}, f"check {USER} and {PASSWORD}")],
)  # fmt: skip
@pytest.mark.parametrize("scheme", ["Bearer", "Negotiate", 'Digest realm="r", nonce="n", algorithm="odd"',
                                    'Digest realm="r", nonce="n"', 'Basic realm="r"', "Basic", "", "="])  # fmt: skip
def test_who_is_not_known_is_told_what_to_set(
    scheme: str, given: dict[str, str], remedy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    with serving((401, {"WWW-Authenticate": scheme}, b"no")) as odd:
        with pytest.raises(GraphError) as error:
            Server(odd.address).update("CLEAR ALL")
        assert str(error.value) == f"{odd.address}: access is denied; {remedy}"


JSON = "application/sparql-results+json"


@pytest.mark.parametrize(
    ("status", "kind", "body"),
    [(200, "text/html", b"<html>log in</html>"), (200, JSON, b""), (200, JSON, b"[]"), (200, JSON, b'{"head":{}}'),
     (200, JSON, b'{"head":{"vars":["s"]},"results":{"bindings":[{}]}}'), (200, JSON, b'{"head":{"vars":["s'),
     (200, "application/n-triples", b"<a> <b> ."), (200, JSON, b"[" * 100_000), (204, JSON, b""),
     (200, "application/octet-stream", bytes(range(256))), (404, "text/html", b"no\nsuch\npage"),
     (501, JSON, b""), (304, JSON, b"")],
)  # fmt: skip
def test_what_is_no_sparql_server_is_named(
    status: int, kind: str, body: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with serving((status, {"Content-Type": kind}, body)) as odd:
        for command in (["status", odd.address], ["query", odd.address, "calls"], ["explain", odd.address, "Tanaka"],
                        ["export", odd.address, "-o", str(tmp_path / "x.nq")], ["remove", odd.address, "a.txt"],
                        ["diff", odd.address, odd.address], ["verify", odd.address],
                        ["watch", str(tmp_path), "--store", odd.address]):  # fmt: skip
            assert cli.run(command) == 2
            out, err = capsys.readouterr()
            assert (out, err.count("\n")) == ("", 1)
            assert err.startswith(f"{odd.address}: ")
    assert {asked.method for asked in odd.seen} == {"POST"}
    assert not any(tmp_path.iterdir())


BAD = [
    "http://[bad", "http://", "http://a..b/feed", "http://host:port/", "http://host:99999/", "http://host:0/",
    "http://a b/", "http://h\u00f6st/", "http://host/\u00e4", "http://host/\nX-Evil: 1", "http://" + "a" * 300,
    "https:///path", "http://?q", "http://" + "a." * 200 + "org/",
]  # fmt: skip


@pytest.mark.parametrize("address", BAD)
def test_what_is_no_address_is_refused(address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SourceError, match="no address of a server"):
        Feed(address, tmp_path)
    with pytest.raises(GraphError, match="no address of a server"):
        Server(address)
    assert cli.run(["watch", address, "--store", str(tmp_path / "s")]) == 2
    assert cli.run(["status", address]) == 2
    assert "defect" not in capsys.readouterr().err
    assert not any(tmp_path.iterdir())


@pytest.mark.parametrize("address", ["http://ann:secret@host/feed", "http://ann:secret@[bad/", "http://s:secret@/x"])
def test_a_password_in_an_address_is_neither_used_nor_told(address: str, tmp_path: Path) -> None:
    for made, kind in ((Server, GraphError), (lambda one: Feed(one, tmp_path), SourceError)):
        with pytest.raises(kind) as error:
            made(address)
        assert "secret" not in str(error.value)
    assert not any(tmp_path.iterdir())


def test_addresses_that_can_be_asked() -> None:
    for address in ("http://host", "https://a.example:8443/x?y=%20#z", "http://[::1]:80/", "http://127.0.0.1/a;b"):
        assert web.split(address).hostname


def feed(odd: Odd, folder: Path) -> Feed:
    return Feed(f"{odd.address}/wire/all", folder)


def test_a_feed_that_is_broken_off_is_asked_again(tmp_path: Path) -> None:
    whole = {"Content-Length": str(len(RSS)), "ETag": "1"}
    with serving((200, whole, RSS[:20]), (200, whole, RSS), (304, {}, b"")) as odd:
        one = feed(odd, tmp_path)
        with pytest.raises(SourceError, match=f"broken off, {len(RSS) - 20} bytes are missing"):
            one.look()
        assert not one.path.exists()
        assert one.look() == [one.path]
        assert one.path.read_bytes() == RSS
        assert one.look() == []
    assert [asked.version for asked in odd.seen] == [None, None, "1"]


def test_a_feed_in_chunks_is_whole_or_not_there(tmp_path: Path) -> None:
    chunked = {"Transfer-Encoding": "chunked", "ETag": "1"}
    data = b"%x\r\n%s\r\n" % (len(RSS), RSS)
    with serving((200, chunked, data[:30]), (200, chunked, data), (200, chunked, data + b"0\r\n\r\n")) as odd:
        one = feed(odd, tmp_path)
        for _ in range(2):
            with pytest.raises(SourceError, match="cannot be fetched"):
                one.look()
        assert one.look() == [one.path]
    assert [asked.version for asked in odd.seen] == [None] * 3


def test_a_feed_may_be_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "MAX_LIST_BYTES", len(RSS) - 1)
    with serving((200, {"ETag": "1"}, RSS)) as odd:
        one = feed(odd, tmp_path)
        for _ in range(2):
            with pytest.raises(SourceError, match="too long for a feed"):
                one.look()
        monkeypatch.setattr(watching, "MAX_LIST_BYTES", len(RSS))
        assert one.look() == [one.path]
    assert [asked.version for asked in odd.seen] == [None] * 3


def test_a_feed_that_has_moved_is_named(tmp_path: Path) -> None:
    with (
        serving((200, {}, RSS)) as other,
        serving((301, {"Location": other.address}, b"")) as odd,
        pytest.raises(SourceError, match=f"answers 301 Moved Permanently to {other.address}; give that address"),
    ):
        feed(odd, tmp_path).look()
    assert other.seen == []


def test_a_feed_that_could_not_be_taken_in_comes_again_after_a_failure(tmp_path: Path) -> None:
    with serving((200, {"ETag": "1"}, RSS), (500, {}, b""), (304, {}, b"")) as odd:
        one = feed(odd, tmp_path)
        one.again(one.look())
        with pytest.raises(SourceError, match="500"):
            one.look()
        assert one.look() == [one.path]
        assert one.look() == []


@pytest.mark.parametrize(
    ("status", "headers", "pause"),
    [(200, {}, 60), (200, {"Cache-Control": "public, max-age=900"}, 900), (200, {"Cache-Control": "max-age=5"}, 60),
     (304, {"Cache-Control": "max-age=120"}, 120), (503, {"Retry-After": "300"}, 300),
     (429, {"Retry-After": "999999"}, 3600), (503, {"Retry-After": "Wed, 21 Oct 2026 07:28:00 GMT"}, 60)],
)  # fmt: skip
def test_a_feed_is_asked_as_seldom_as_its_server_likes(
    status: int, headers: dict[str, str], pause: float, tmp_path: Path
) -> None:
    with serving((status, headers, RSS if status == 200 else b"")) as odd:
        one = feed(odd, tmp_path)
        assert one.pause == 60
        if status > 400:
            with pytest.raises(SourceError):
                one.look()
        else:
            one.look()
        assert one.pause == pause
