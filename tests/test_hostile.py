"""Input that means harm, or is broken in every way: one line, the right status, nothing half-written."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg import cli
from kg.commands import output
from tests.test_cli import NEWS, Ran, files, kg, nlp, wrong

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parent.parent
__all__ = ["kg", "nlp"]  # fixtures


def process(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """A command of the shell in which `kg` is this one."""
    return subprocess.run(
        ["bash", "-c", command.replace("kg ", f"{sys.executable} -m kg ")],
        cwd=folder, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False,
    )  # fmt: skip


DEEP = "[" * 100_000
LONG = "x" * 300


@pytest.mark.parametrize(
    ("name", "data", "what"),
    [
        ("a.json", DEEP, "a.json: not valid JSON (maximum recursion depth exceeded"),
        ("a.jsonl", DEEP, "a.jsonl:1: not valid JSON (maximum recursion depth exceeded"),
        ("a.json", '{"text": ' + "9" * 5000 + "}", "a.json: not valid JSON (Exceeds the limit (4300 digits)"),
    ],
    ids=["deep", "deep line", "digits"],
)
def test_records_that_no_reader_takes_are_named(name: str, data: str, what: str, kg: Callable[..., Ran]) -> None:
    Path(name).write_text(data)
    wrong(kg("build", name), 2, what)


@pytest.mark.parametrize("text", ["a = " + "[" * 5000 + "]" * 5000, "a = " + "9" * 6000, "a = \\"])
def test_corrections_that_no_reader_takes_are_named(text: str, kg: Callable[..., Ran]) -> None:
    Path("a.txt").write_text(NEWS)
    Path("c.toml").write_text(text)
    wrong(kg("build", "a.txt", "--corrections", "c.toml"), 2, "c.toml: no TOML: ")
    assert not Path("exports").exists()


def test_half_a_character_costs_no_document(kg: Callable[..., Ran]) -> None:
    """Texts are cut in the middle of a pair of UTF-16, and names of files need be no UTF-8."""
    words = NEWS.split("-- ")[1].strip()
    Path("a.jsonl").write_text(f'{{"id": "x\\ud800", "date": "2025-06-28", "text": "{words} Well done \\ud83d"}}\n')
    Path(os.fsdecode(b"b\xff.txt")).write_text(NEWS)
    assert kg("build", "a.jsonl", os.fsdecode(b"b\xff.txt"), "--name", "x", "--formats", "trig").status == 0
    written = Path("exports/x.trig").read_text(encoding="utf-8")
    assert "/a.jsonl%23x%EF%BF%BD" in written
    assert "/b%EF%BF%BD.txt" in written
    assert kg("verify", "exports/x.trig", "a.jsonl", os.fsdecode(b"b\xff.txt")).status == 0


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (["build", ""], "kg: an argument is empty"),
        (["build", "a.txt", "--store", ""], "kg: an argument is empty"),
        (["build", "a.txt", "-o", ""], "kg: an argument is empty"),
        (["build", LONG], f"{LONG[:200]}: File name too long"),
        (["build", "a.txt", "-o", LONG], f"{LONG}: cannot be reached (File name too long)"),
        (["build", "a.txt", "--store", LONG], f"{LONG[:200]}: File name too long"),
        (["build", "a.txt", "--name", LONG], "is no name of a file; give a short one"),
        (["build", "a.txt", "--name", "a\nb"], "'a\\nb' is no name of a file"),
        (["build", "a.txt", "--jobs", "99999999999999999999"], "should be less than or equal to 1024"),
        (["build", "a.txt", "-o", "loop"], "loop/a.ttl: cannot be written"),
        (["build", "loop"], "loop: Too many levels of symbolic links"),
        (["status", LONG], f"{LONG}: cannot be read: File name too long"),
        (["remove", LONG, "a"], f"{LONG[:200]}: File name too long"),
        (["status", "broken"], "broken: the store cannot be opened: "),
        (["build", "a.txt", "--store", "broken"], "broken: the store cannot be written ("),
        (["export", "g.ttl", "-o", ".", "--format", "ttl"], ".: is there and no file"),
        (["export", "g.ttl", "-o", "pipe", "--format", "ttl"], "pipe: is there and no file; choose another name, or -"),
        (["export", "g.ttl", "-o", "/", "--format", "ttl"], "/: is there and no file"),
        (["query", "g.ttl", "ASK { " + "{" * 3000 + "}" * 3000 + " }"], "nests brackets deeper than 200"),
        (["query", "g.ttl", "ASK { ?s ?p '\udcff' }"], "the query is no text in UTF-8"),
        (["query", "g.ttl", "meetings-between", "a=\udcff", "b=x"], "a='\\udcff' is no text in UTF-8"),
        (["explain", "g.ttl", "\udcff"], "NAME='\\udcff' is no text in UTF-8"),
        (["watch", ".", "--store", "s", "--every", "nan"], "--every"),
        (["watch", ".", "--store", "s", "--every", "1e300"], "--every"),
    ],
    ids=lambda value: " ".join(value)[:40].encode("ascii", "replace").decode() if isinstance(value, list) else "",
)  # fmt: skip
def test_each_is_one_line(arguments: list[str], what: str, kg: Callable[..., Ran], tmp_path: Path) -> None:
    Path("a.txt").write_text(NEWS)
    Path("g.ttl").write_text("<http://a> <http://b> <http://c> .")
    Path("loop").symlink_to("loop")
    Path("broken").mkdir()
    Path("broken/CURRENT").write_text("nothing\n")
    os.mkfifo("pipe")
    before = [one for one in files(tmp_path) if not one.startswith("broken")]
    wrong(kg(*arguments), 2, what)
    assert [one for one in files(tmp_path) if not one.startswith("broken")] == before
    assert Path("pipe").is_fifo()


def test_a_query_may_nest_as_questions_do(kg: Callable[..., Ran]) -> None:
    Path("g.TTL").write_text("<http://a> <http://b> <http://c> .")
    assert kg("query", "g.TTL", "ASK { " + "{" * 150 + "?s ?p ?o" + "}" * 150 + " }").out == "true\n"


def test_one_name_too_long_costs_the_others_nothing(kg: Callable[..., Ran]) -> None:
    Path("a.txt").write_text(NEWS)
    ran = kg("build", LONG, "a.txt")
    assert ran.status == 3
    assert ran.err == f"{LONG[:200]}: File name too long\n"


def test_a_store_of_which_nothing_could_be_read_is_not_told_of(kg: Callable[..., Ran], tmp_path: Path) -> None:
    wrong(kg("build", "none.txt", "--store", "s"), 2, "none.txt: no such file")
    assert files(tmp_path) == []


def test_a_damaged_journal_tells_nothing(kg: Callable[..., Ran]) -> None:
    Path("a.txt").write_text(NEWS)
    Path("exports").mkdir()
    Path("exports/.kg-build.jsonl").write_bytes(b'\xff\n{}\n[]\n12\n{"kind": 1, "document": 2, "sha256": 3}\n')
    assert kg("build", "a.txt", "--each", "--formats", "ttl").status == 0
    assert sorted(one.name for one in Path("exports").iterdir()) == ["a.ttl"]


@pytest.mark.parametrize(
    ("command", "status", "err"),
    [
        ("kg build - --id x <&-", 2, "x: standard input is closed; redirect a file to it\n"),
        ("kg build --facts - <&-", 2, "-: the facts cannot be read (standard input is closed; redirect a file to it); "
                                      "write them with kg facts\n"),
        ("kg --version >&-", 2, "standard output is closed; redirect it to a file\n"),
        ("kg query --list > /dev/full", 2, "standard output: cannot be written (No space left on device); make room\n"),
        ("kg query --list | true", 0, ""),
        ("kg build none.txt 2>&-", 2, ""),
        ("kg build none.txt 2> /dev/full", 2, ""),
    ],
)  # fmt: skip
def test_streams_that_are_closed_or_full(command: str, status: int, err: str, tmp_path: Path) -> None:
    ran = process(command, tmp_path)
    assert (ran.returncode, ran.stdout if "--list" not in command else "", ran.stderr) == (status, "", err)
    assert not any(tmp_path.iterdir())


def test_a_document_does_not_command_the_terminal(
    kg: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    name = "a\x1b]0;owned\x07.txt"
    Path(name).write_text(NEWS)
    built = ["build", name, "-o", "-", "--formats", "nq", "--name", "x"]
    plain = kg(*built).out
    wrong(kg("build", "none\x1b[2J.txt"), 2, "none\\x1b[2J.txt: no such file")
    monkeypatch.setattr(output, "_is_terminal", lambda _: True)
    monkeypatch.setattr(output, "watched", lambda items, _: items)
    output.emit("a\tb\n\x1b[31mred\x9b\r\n".encode())
    assert capsys.readouterr().out == "a\tb\n\\x1b[31mred\\x9b\\x0d\n"
    assert cli.run(["build", name, "--only-relevant", "--report", "--formats", "ttl"]) == 0
    assert not {"\x1b", "\x07"} & {*"".join(capsys.readouterr())}
    assert "talks" not in plain
