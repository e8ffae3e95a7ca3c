"""Documents at addresses of other file systems."""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING

import pytest

from kg import cli
from kg.model import Document
from kg.stages.ingest import read
from tests.test_web import serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fsspec import AbstractFileSystem

fsspec = pytest.importorskip("fsspec")
TEXT = b"date 2025-06-28\n\nJapanese Trade Minister Ken Tanaka met Swiss President Jane Doe on Friday in Bern.\n"


def names(*given: str) -> list[str]:
    found = [*read(given)]
    assert all(isinstance(one, Document) for one in found), found
    return [one.id for one in found if isinstance(one, Document)]


def test_a_folder_of_another_file_system_gives_its_documents_sorted() -> None:
    memory = fsspec.filesystem("memory")
    for name in ("b.txt", "a.txt", "note.png", ".hidden.txt"):
        memory.pipe(f"/news/{name}", TEXT)
    assert names("memory://news") == ["memory://news/a.txt", "memory://news/b.txt"]
    assert names("memory://news/b.txt") == ["memory://news/b.txt"]
    assert names("memory://news/b*") == ["memory://news/b.txt"]
    memory.rm("/news", recursive=True)


def test_a_zip_and_a_file_address_are_read_too(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "news.zip", "w") as packed:
        packed.writestr("june/a.txt", TEXT)
        packed.writestr("june/b.jsonl", b'{"id": "r1", "text": "The United States met Japan on Friday in Bern."}\n')
    where = f"file://{tmp_path}/news.zip"
    assert names(f"zip://june/a.txt::{where}") == [f"zip://june/a.txt::{where}"]
    assert names(f"zip://june::{where}") == [f"zip://june/a.txt::{where}", f"zip://june/b.jsonl::{where}#r1"]
    (tmp_path / "c.txt").write_bytes(TEXT)
    assert names(f"file://{tmp_path}/c.txt") == [f"file://{tmp_path}/c.txt"]


@pytest.mark.parametrize("given", ["memory://none", "nothing://a.txt", "zip://a.txt::file:///none.zip"])
def test_what_cannot_be_opened_is_named(given: str) -> None:
    (error,) = read([given])
    assert str(error).startswith(f"{given}: ")


@pytest.mark.parametrize(
    "given",
    ["{}/a.txt", "zip://a.txt::{}/news.zip", "simplecache::{}/a.txt", "filecache::{}/a.txt", "HTTP://127.0.0.1:1/a.txt",
     "reference://a.txt::file:///refs.json", "reference::file:///refs.json", "generic://{}/a.txt",
     "simplecache::zip://*.txt::{}/news.zip", "tar://a.txt::simplecache::{}/news.tar", "https://example.org/a.txt"],
)  # fmt: skip
def test_nothing_is_fetched_from_the_web_however_it_is_named(given: str) -> None:
    with serving((200, {}, TEXT)) as web:
        address = given.format(web.address)
        (error,) = read([address])
        assert str(error) == f"{address}: nothing is fetched from the web; save the page and give the file"
        assert list(read([address], wanted=lambda _: True)) != []
    assert web.seen == []


def test_a_name_that_only_looks_like_the_web_is_read() -> None:
    memory = fsspec.filesystem("memory")
    memory.pipe("/http/reference/a.txt", TEXT)
    assert names("memory://http/reference/a.txt") == ["memory://http/reference/a.txt"]
    assert names("simplecache::memory://http/reference/a.txt") == ["simplecache::memory://http/reference/a.txt"]
    memory.rm("/http", recursive=True)


PAGE = b"""<html><head><meta property="article:published_time" content="2025-06-28"></head><body><article>
<h1>Talks in Bern</h1><p>Japanese Trade Minister Ken Tanaka met Swiss President Jane Doe on Friday in Bern.</p>
<p>The museum has opened a room with paintings of the sea, and the garden behind it is free to all visitors.</p>
</article></body></html>"""


@pytest.fixture
def memory() -> Iterator[AbstractFileSystem]:
    one = fsspec.filesystem("memory")
    yield one
    one.store.clear()
    one.pseudo_dirs[:] = [""]


def built(where: str, capsys: pytest.CaptureFixture[str], *options: str) -> None:
    assert cli.run(["build", "memory://news", "-o", where, *options]) == 0, capsys.readouterr().err


def test_results_go_to_addresses_and_are_read_there(
    memory: AbstractFileSystem, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    memory.pipe("/news/page.html", PAGE)
    built(str(tmp_path / "here"), capsys)
    built("memory://out/deep", capsys)
    assert "wrote memory://out/deep/news.ttl, memory://out/deep/news.trig" in capsys.readouterr().out
    found = {name.rpartition("/")[2]: memory.cat(name) for name in memory.find("/out")}
    assert found == {one.name: one.read_bytes() for one in (tmp_path / "here").iterdir()}
    assert sorted(found) == ["news.html", "news.texts.jsonl", "news.trig", "news.ttl"]
    trig = "memory://out/deep/news.trig"
    memory.rm("/news/page.html")
    for command in (["verify", trig], ["explain", trig, "Ken Tanaka"], ["query", trig, "calls"],
                    ["diff", trig, str(tmp_path / "here" / "news.trig")],
                    ["export", trig, "-o", "memory://copy/news.nq"]):  # fmt: skip
        assert cli.run(command) == 0, command
    assert cli.run(["export", "memory://copy/news.nq", "-o", trig]) == 0
    assert memory.cat("/out/deep/news.trig") == found["news.trig"]
    assert [one for one in memory.find("/") if "part" in one] == []


def test_each_document_at_an_address(memory: AbstractFileSystem, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("a/talks.txt", "b/talks.txt", "b/trip.txt"):
        memory.pipe(f"/news/{name}", TEXT + name.encode())
    built("memory://out", capsys, "--each", "--formats", "nq")
    names = [re.sub(r"-[0-9a-f]{5}\.", "-x.", one) for one in memory.find("/out")]
    assert names == ["/out/talks-x.nq", "/out/talks-x.nq", "/out/trip.nq"]


def test_a_file_address_is_a_path(
    memory: AbstractFileSystem, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    memory.pipe("/news/a.txt", TEXT)
    built(f"file://{tmp_path}/out", capsys, "--formats", "ttl")
    assert [one.name for one in (tmp_path / "out").iterdir()] == ["news.ttl"]
    assert cli.run(["query", f"file://{tmp_path}/out/news.ttl", "calls"]) == 0
    (tmp_path / "page.html").write_bytes(PAGE)
    where = ["build", str(tmp_path / "page.html"), "--formats", "html"]
    assert cli.run([*where, "-o", f"file://{tmp_path}"]) == 2
    assert "page.html: is a source of this build" in capsys.readouterr().err
    assert (tmp_path / "page.html").read_bytes() == PAGE


def test_what_breaks_off_at_an_address_leaves_what_was_there(
    memory: AbstractFileSystem, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    memory.pipe("/news/a.txt", TEXT)
    memory.pipe("/out/news.ttl", b"old")
    write = type(memory).pipe_file

    def full(self: AbstractFileSystem, path: str, value: bytes, **options: object) -> None:
        if "trig" in path:
            write(self, path, value[:10])
            raise ZeroDivisionError("of another library")
        write(self, path, value)

    monkeypatch.setattr(type(memory), "pipe_file", full)
    assert cli.run(["build", "memory://news", "-o", "memory://out"]) == 2
    assert capsys.readouterr().err == (
        "memory://out/news.trig: cannot be written (ZeroDivisionError: of another library); choose another folder or "
        "make room\n"
    )
    assert {name: memory.cat(name) for name in memory.find("/out")} == {"/out/news.ttl": b"old"}


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (["build", "memory://news", "-o", "https://example.org/out"], "nothing is fetched from the web"),
        (["build", "memory://news", "-o", "simplecache::memory://out"], "a chain of addresses holds no graphs"),
        (["build", "memory://news", "-o", "nothing://out"], "nothing://out: cannot be opened (Protocol not known"),
        (["build", "memory://news", "-o", "memory://news/a.txt"], "memory://news/a.txt: a file, no folder"),
        (["build", "memory://news", "-o", "memory://news/out"], "lies within memory://news"),
        (["build", "memory://news", "-o", "ftp://ann:secret@127.0.0.1:1/out"], "a password must not stand"),
        (["build", "memory://news", "-o", "ftp://127.0.0.1:1/out"], "ftp://127.0.0.1:1/out: cannot be opened ("),
        (["build", "ftp://ann:secret@127.0.0.1:1/a.txt"], "ftp://127.0.0.1:1/a.txt: a password must not stand"),
        (["build", "memory://news", "--store", "memory://store"], "memory://store: a store that grows needs a folder"),
        (["status", "memory://store"], "memory://store: no such file or store"),
        (["remove", "memory://store", "a.txt"], "memory://store: a store that grows needs a folder"),
        (["query", "memory://news", "calls"], "memory://news: a folder, but no store"),
        (["query", "memory://none.ttl", "calls"], "memory://none.ttl: no such file or store"),
        (["query", "memory://news/a.txt", "calls"], "memory://news/a.txt: unknown ending '.txt'"),
        (["query", "memory://news/bad.ttl", "calls"], "memory://news/bad.ttl:2: malformed ttl"),
        (["query", "zip://a.ttl::memory://news.zip", "calls"], "a chain of addresses holds no graphs"),
        (["export", "memory://news/good.ttl", "-o", "nothing://x.nq"], "nothing://x.nq: cannot be opened"),
        (["watch", "memory://news", "--store", "s"], "memory://news: only a folder of this machine or a feed"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)  # fmt: skip
def test_wrong_addresses_are_one_line(
    arguments: list[str], what: str, memory: AbstractFileSystem, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    memory.pipe("/news/a.txt", TEXT)
    memory.pipe("/news/good.ttl", b"")
    memory.pipe("/news/bad.ttl", b"<x:a> <x:b> <x:c> .\n<x:a> <x:b .\n")
    before = memory.find("/")
    assert cli.run(arguments) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert what in err
    assert "secret" not in err
    assert memory.find("/") == before
    assert not any(tmp_path.iterdir())
