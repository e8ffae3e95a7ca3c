"""Documents at addresses of other file systems."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest

from kg.model import Document
from kg.stages.ingest import read
from tests.test_web import serving

if TYPE_CHECKING:
    from pathlib import Path

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
