"""Every command on real files, and what happens when input, output or the user goes wrong."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import signal
import subprocess
import sys
import time
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from kg import cli
from kg.commands import output
from kg.export import FORMATS
from kg.stages import parse

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.language import Language

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "examples" / "talks.txt"
NEWS = (
    "date 2025-06-28\n"
    "TOKYO, June 28 (Sample) -- Japanese Trade Minister Ken Tanaka met Swiss President Jane Doe on Friday.\n"
)
DULL = "The museum has opened a room with paintings of the sea, and the garden behind it is free to all visitors.\n"


class Ran(NamedTuple):
    """What a command printed and how it ended."""

    status: int
    out: str
    err: str


@pytest.fixture(scope="module")
def nlp() -> Language:
    return parse.load()


@pytest.fixture
def kg(
    nlp: Language, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Ran]:
    """`kg` in an empty folder, with the model loaded once for all tests."""
    load = parse.load
    monkeypatch.setattr(parse, "load", lambda model=None: load(model) if model else nlp)
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str | Path) -> Ran:
        status = cli.run([str(one) for one in arguments])
        return Ran(status, *capsys.readouterr())

    return run


def process(*arguments: str | Path, cwd: Path, **env: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "kg", *map(str, arguments)],
        cwd=cwd, env=os.environ | env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def files(folder: Path) -> list[str]:
    """Everything below the folder, hidden files too."""
    return sorted(str(one.relative_to(folder)) for one in folder.rglob("*") if one.is_file())


def wrong(ran: Ran, status: int, *parts: str) -> None:
    """One line on standard error that says all of it; nothing on standard output, no traceback."""
    assert (ran.status, ran.out, ran.err.count("\n")) == (status, "", 1), ran
    for part in parts:
        assert part in ran.err


def test_build_writes_the_three_formats_and_says_what_it_found(kg: Callable[..., Ran], tmp_path: Path) -> None:
    Path("talks.txt").write_text(NEWS)
    ran = kg("build", "talks.txt")
    assert (ran.status, ran.err) == (0, "")
    assert files(tmp_path / "exports") == ["talks.html", "talks.trig", "talks.ttl"]
    first, people, countries, dates, wrote = ran.out.splitlines()
    assert first.startswith("1 document: ")
    assert "1 meeting" in first
    assert people == "people: Jane Doe, Ken Tanaka"
    assert countries == "countries: Japan, Switzerland"
    assert dates == "dates: 2025-06-27 to 2025-06-27"
    assert wrote == "wrote exports/talks.ttl, exports/talks.trig, exports/talks.html"


def test_options_may_stand_anywhere_and_every_format_is_written(kg: Callable[..., Ran], tmp_path: Path) -> None:
    Path("a.txt").write_text(NEWS)
    assert kg("build", "--name", "x", "a.txt", "-o", "out", "--formats", ",".join(FORMATS)).status == 0
    assert files(tmp_path / "out") == sorted(f"x.{ending}" for ending in FORMATS)


def test_several_documents_are_one_graph_or_one_each(kg: Callable[..., Ran], tmp_path: Path) -> None:
    for name in ("a/talks.txt", "b/talks.txt", "b/My trip.txt"):
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text(NEWS + name)
    assert kg("build", "a", "b", "--formats", "ttl").status == 0
    assert files(tmp_path / "exports") == ["graph.ttl"]
    assert kg("build", "a", "b", "--formats", "ttl", "-o", "each", "--each").status == 0
    found = files(tmp_path / "each")
    assert found[0] == "My-trip.ttl"
    assert [re.sub(r"-[0-9a-f]{5}\.", "-x.", one) for one in found[1:]] == ["talks-x.ttl", "talks-x.ttl"]


def test_standard_input_and_output(kg: Callable[..., Ran], tmp_path: Path) -> None:
    Path("talks.txt").write_text(NEWS)
    with process("build", "-", "--id", "talks.txt", "-o", "-", "--formats", "ttl", cwd=tmp_path) as running:
        out, err = running.communicate(NEWS.encode())
    assert running.returncode == 0
    assert err.startswith(b"1 document: ")
    kg("build", "talks.txt", "--formats", "ttl")
    assert out == Path("exports/talks.ttl").read_bytes()


def test_report_names_what_was_not_understood(kg: Callable[..., Ran]) -> None:
    Path("a.txt").write_text(NEWS + "It was raining on 4,711 umbrellas all day.\n")
    ran = kg("build", "a.txt", "--report")
    assert "a.txt:3: no fact in: It was raining on 4,711 umbrellas all day." in ran.out.splitlines()
    assert "a.txt:3: number not read: 4,711" in ran.out.splitlines()


def test_no_text_copies_no_words_of_the_document(kg: Callable[..., Ran]) -> None:
    text = NEWS + 'Tanaka said: "We will keep working strenuously toward an agreement with Switzerland."\n'
    Path("a.txt").write_text(text + "\nCOMMENTS (1)\n\nriverbank\nGood for Tanaka, say the gulls and I.\n")
    assert kg("build", "a.txt", "--no-text", "--formats", ",".join(FORMATS)).status == 0
    for ending in FORMATS:
        written = Path(f"exports/a.{ending}").read_text()
        assert "tanaka-doe" in written
        for words in ("met Swiss President", "strenuously", "gulls"):
            assert words not in written, ending


def test_corrections_go_before_what_was_read(kg: Callable[..., Ran]) -> None:
    Path("a.txt").write_text(NEWS)
    Path("mine.toml").write_text('[[wrong]]\nfact = "event:a-meeting-tanaka-doe"\nby = "Ann Reviewer"\n')
    assert "1 meeting" in kg("build", "a.txt").out
    ran = kg("build", "a.txt", "--corrections", "mine.toml")
    assert ran.status == 0
    assert "meeting" not in ran.out
    wrong(kg("build", "a.txt", "--corrections", "none.toml"), 2, "none.toml: the corrections cannot be read")


def test_facts_are_kept_as_lines_and_built_from_again(kg: Callable[..., Ran]) -> None:
    Path("a.txt").write_text(NEWS)
    stored = kg("facts", "a.txt")
    assert (stored.status, stored.err, stored.out.count("\n")) == (0, "", 1)
    assert json.loads(stored.out)["document"]["id"] == "a.txt"
    Path("facts.jsonl").write_text(stored.out)
    assert kg("build", "a.txt", "--name", "one", "--formats", "trig").status == 0
    assert kg("build", "--facts", "facts.jsonl", "--name", "two", "--formats", "trig").status == 0
    assert Path("exports/one.trig").read_bytes() == Path("exports/two.trig").read_bytes()


def test_stored_facts_that_break_a_shape_are_not_written(kg: Callable[..., Ran], tmp_path: Path) -> None:
    Path("a.txt").write_text(NEWS)
    line = kg("facts", "a.txt").out.replace('"property":"status","value":"Held"', '"property":"status","value":"Odd"')
    Path("facts.jsonl").write_text(line)
    ran = kg("build", "--facts", "facts.jsonl")
    assert (ran.status, ran.out) == (1, "")
    assert re.fullmatch(r"a\.txt: .*a-meeting-tanaka-doe: an event has one status.*\n", ran.err)
    assert not (tmp_path / "exports").exists()


def test_only_relevant_leaves_out_and_counts(kg: Callable[..., Ran]) -> None:
    Path("a.txt").write_text(NEWS)
    Path("b.txt").write_text("date 2025-06-28\n" + DULL)
    ran = kg("build", "a.txt", "b.txt", "--only-relevant", "--formats", "ttl")
    assert ran.status == 0
    assert ran.err == "1 document left out: no sign of negotiations\n"
    assert ran.out.startswith("1 document: ")
    assert len(kg("facts", "a.txt", "b.txt", "--only-relevant").out.splitlines()) == 1


def test_an_article_without_facts_is_an_answer(kg: Callable[..., Ran], tmp_path: Path) -> None:
    Path("a.txt").write_text("date 2025-06-28\n" + DULL)
    ran = kg("build", "a.txt")
    assert ran.status == 0
    assert ran.out.startswith("1 document: no facts")
    assert files(tmp_path / "exports") == ["a.html", "a.trig", "a.ttl"]


def test_without_a_date_relative_dates_stay_unknown(kg: Callable[..., Ran]) -> None:
    Path("a.txt").write_text("Japanese Trade Minister Ken Tanaka met Swiss President Jane Doe on Friday.\n")
    ran = kg("build", "a.txt")
    assert ran.status == 0
    assert ran.err == 'a.txt: no publication date found: relative dates ("Saturday") stay unknown\n'
    assert "warnings: 1" in ran.out.splitlines()
    assert "kg:date" not in Path("exports/a.ttl").read_text()


def write(data: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(data)


@pytest.mark.parametrize(
    ("make", "what"),
    [
        (Path.exists, "no such file or folder"),
        (Path.mkdir, "no documents in this folder"),
        (write(b""), "the file is empty"),
        (write(b"Tanaka met \xff Doe in Tokyo.\n"), "byte 11 (0xff) is not valid UTF-8"),
        (write(b"\x7fELF\x02\x01\x01\x00\x00\x00"), "not text"),
        (write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), "not text"),
        (write(b"<!DOCTYPE html><html><head><title>404 Not Found</title></head><body><h1>Not Found</h1></body></html>"),
         "404 Not Found"),
        (write(b"The talks will go on. " * 2_400_000), "too long for an article"),
        (write("Der Minister hat am Freitag mit der Präsidentin über die Zölle und den Handel gesprochen, "
               "und sie wollen sich im Juli wieder treffen.".encode()), "not English"),
    ],
    ids=["missing", "empty folder", "empty", "encoding", "binary", "pdf", "error page", "50 MB", "German"],
)  # fmt: skip
def test_a_source_that_cannot_be_read_is_named(
    make: Callable[[Path], object], what: str, kg: Callable[..., Ran], tmp_path: Path
) -> None:
    make(tmp_path / "a.txt")
    wrong(kg("build", "a.txt"), 2, "a.txt: ", what)
    assert not (tmp_path / "exports").exists()


def test_one_bad_source_among_good_ones_is_named_and_the_rest_done(kg: Callable[..., Ran], tmp_path: Path) -> None:
    Path("a.txt").write_text(NEWS)
    ran = kg("build", "none.txt", "a.txt", "--name", "x")
    assert ran.status == 3
    assert ran.err == "none.txt: no such file or folder; check the path\n"
    assert files(tmp_path / "exports") == ["x.html", "x.trig", "x.ttl"]
    assert kg("build", "none.txt", "nothing.txt").status == 2
    assert kg("facts", "none.txt", "a.txt").status == 3


def test_a_rule_that_breaks_fails_its_document_only(
    kg: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    from kg import pipeline
    from kg.stages.relate import relate

    def broken(document: object, *rest: object) -> object:
        if getattr(document, "id", "") == "b.txt":
            raise ValueError("no such thing")
        return relate(document, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(pipeline, "relate", broken)
    Path("a.txt").write_text(NEWS)
    Path("b.txt").write_text(NEWS + "More of it.")
    ran = kg("build", "a.txt", "b.txt")
    assert ran.status == 3
    assert ran.err == "b.txt: ValueError: no such thing; this is a defect, please report it\n"
    assert "Traceback" in kg("build", "b.txt", "--debug").err


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (["build"], "give either sources"),
        (["build", "a.txt", "--facts", "f.jsonl"], "give either sources"),
        (["build", "a.txt", "--formats", "ttl,pdf"], "--formats: 'pdf' is none of ttl, trig"),
        (["build", "a.txt", "--formats", ","], "--formats"),
        (["build", "a.txt", "-o", "-"], "standard output takes a single format"),
        (["build", "a.txt", "--name", "../x"], "'../x' is no name of a file"),
        (["build", "a.txt", "--model", "xx_none"], "xx_none: no such spaCy pipeline is installed"),
        (["build", "a.txt", "-o", "a.txt/out"], "a.txt: a file, no folder"),
        (["build", ".", "-o", "out"], "out: lies within ."),
        (["build", "-"], "give one with --id NAME"),
        (["build", "--facts", "none.jsonl"], "none.jsonl: the facts cannot be read"),
        (["build", "--facts", "odd.jsonl"], "odd.jsonl:1: not a record of facts"),
        (["bild"], "kg: No such command 'bild'"),
        (["build", "a.txt", "--fast"], "kg build: No such option: --fast"),
        (["query"], "give a GRAPH and a QUESTION"),
        (["query", "none.ttl", "calls"], "none.ttl: no such file or store"),
        (["query", "bad.ttl", "calls"], "bad.ttl:2: malformed ttl"),
        (["query", "a.txt", "calls"], "a.txt: unknown ending '.txt'"),
        (["query", "good.ttl", "cals"], "no question is called 'cals'"),
        (["query", "good.ttl", "calls", "--format", "xml"], "unknown format 'xml'"),
        (["query", "good.ttl", "SELECT * WHERE {"], "query:1:17: the query does not parse"),
        (["query", "good.ttl", "@none.rq"], "none.rq: the query cannot be read"),
        (["query", "good.ttl", "meetings-between", "Tanaka"], "Tanaka: not NAME=VALUE"),
        (["query", "good.ttl", "meetings-between", "a=Tanaka"], "missing parameter b"),
        (["query", "good.ttl", "SELECT * { SERVICE <http://example.org> { ?s ?p ?o } }"], "SERVICE is not allowed"),
        (["explain", "good.ttl", "nobody"], "nobody"),
        (["export", "good.ttl", "-o", "x.docx"], "x.docx: the ending names no format"),
        (["export", "good.ttl", "-o", "a.txt/x.nq"], "a.txt/x.nq: cannot be written"),
        (["verify", "good.ttl", "none.txt"], "none.txt: no such file or folder"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)  # fmt: skip
def test_wrong_usage_is_one_line(arguments: list[str], what: str, kg: Callable[..., Ran]) -> None:
    Path("a.txt").write_text(NEWS)
    Path("good.ttl").write_text("")
    Path("odd.jsonl").write_text("{}\n")
    Path("bad.ttl").write_text("<x:a> <x:b> <x:c> .\n<x:a> <x:b .\n")
    wrong(kg(*arguments), 2, what)


def test_no_result_takes_the_place_of_a_source(kg: Callable[..., Ran]) -> None:
    page = f"<html><body><article><p>June 28, 2025</p><p>{NEWS[16:]}</p><p>{DULL * 3}</p></article></body></html>"
    Path("page.html").write_text(page)
    wrong(kg("build", "page.html", "-o", ".", "--formats", "html"), 2, "page.html: is a source of this build")
    assert Path("page.html").read_text() == page


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_named(kg: Callable[..., Ran], tmp_path: Path) -> None:
    Path("a.txt").write_text(NEWS)
    (tmp_path / "locked").mkdir(mode=0o500)
    wrong(kg("build", "a.txt", "-o", "locked/out"), 2, "locked: the folder cannot be written")


def test_a_full_disk_leaves_what_was_there(
    kg: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    Path("a.txt").write_text(NEWS)
    Path("exports").mkdir()
    Path("exports/a.ttl").write_text("old")
    full, sync = iter([False, True]), os.fsync

    def fsync(file: int) -> None:
        if next(full):
            raise OSError(28, "No space left on device")
        sync(file)

    monkeypatch.setattr(os, "fsync", fsync)
    wrong(kg("build", "a.txt"), 2, "exports/a.trig: cannot be written (No space left on device)")
    assert files(tmp_path / "exports") == ["a.ttl"]
    assert Path("exports/a.ttl").read_text() == "old"


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory, nlp: Language) -> Path:
    """The graph of the example, in a folder of its own."""
    from kg import export, pipeline
    from kg.model import DocumentFacts

    path = tmp_path_factory.mktemp("graph") / "talks.trig"
    facts = [one for one in pipeline.facts([EXAMPLE], nlp, root=ROOT) if isinstance(one, DocumentFacts)]
    export.save(path, export.write(pipeline.graph(facts), "trig"))
    return path


def test_standard_output_that_is_full_is_one_line(graph: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "kg", "query", graph, "SELECT * { ?s ?p ?o }"], stdout=full, stderr=subprocess.PIPE,
            check=False,
        )  # fmt: skip
    assert ran.returncode == 2
    assert ran.stderr == b"standard output: cannot be written (No space left on device); make room\n"


def test_head_may_stop_reading(graph: Path, tmp_path: Path) -> None:
    everything = "SELECT * { GRAPH ?g { ?s ?p ?o } ?s ?q ?r }"  # more than a pipe holds
    with process("query", graph, everything, cwd=tmp_path) as running:
        assert running.stdout
        assert running.stdout.readline()
        running.stdout.close()
        assert running.stderr
        assert (running.stderr.read(), running.wait()) == (b"", 0)


def test_ctrl_c_leaves_nothing_half_written(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    with process("build", "a.txt", cwd=tmp_path) as running:
        pipe = None
        while pipe is None and running.poll() is None:  # until the command has begun to read
            with suppress(OSError):
                pipe = os.open(tmp_path / "a.txt", os.O_WRONLY | os.O_NONBLOCK)
            time.sleep(0.05)
        running.send_signal(signal.SIGINT)
        assert running.stderr
        assert running.stderr.read() == b"interrupted; files that were there stay as they were\n"
        assert running.wait() == 130
        os.close(pipe or 0)
    assert not (tmp_path / "exports").exists()


def test_query_formats(kg: Callable[..., Ran], graph: Path) -> None:
    pair = ("meetings-between", "a=Akazawa", "b=Lutnick")
    assert "minutes" in kg("query", graph, *pair).out
    rows = list(csv.DictReader(kg("query", graph, *pair, "--format", "csv").out.splitlines()))
    calls = {(row["when"], Decimal(row["minutes"])) for row in rows if row["kind"] == "call"}
    assert calls == {("2025-06-28", Decimal(15)), ("2025-06-28", Decimal(20))}
    assert json.loads(kg("query", "--format", "json", graph, "ASK { ?call a kg:Call }").out)["boolean"] is True
    assert "a kg:Call" in kg("query", graph, "CONSTRUCT WHERE { ?call a kg:Call }", "--format", "ttl").out
    no = kg("query", graph, "ASK { ?nothing a kg:Summit }")
    assert (no.status, no.out) == (0, "false\n")


def test_the_named_questions_are_listed_without_a_graph(kg: Callable[..., Ran]) -> None:
    ran = kg("query", "--list")
    assert ran.status == 0
    assert {path.stem for path in (ROOT / "ontology" / "queries").glob("*.rq")} == set(
        re.findall(r"^([\w-]+): ", ran.out, re.MULTILINE)
    )


def test_explain_shows_sentences_with_the_words_marked(kg: Callable[..., Ran], graph: Path) -> None:
    ran = kg("explain", graph, "20")
    assert ran.status == 0
    assert "about »20« minutes" in ran.out


def test_verify_says_yes_and_names_what_is_not_supported(kg: Callable[..., Ran], tmp_path: Path) -> None:
    Path("a.txt").write_text(NEWS)
    kg("build", "a.txt")
    good = kg("verify", "exports/a.trig", "a.txt")
    assert good.status == 0
    assert good.out.endswith("all supported\n")
    bad = Path("exports/a.trig").read_text().replace('"2025-06-27"', '"2025-06-25"')
    Path("exports/bad.trig").write_text(bad)
    found = kg("verify", "exports/bad.trig", "a.txt")
    assert found.status == 1
    assert 'event:a-meeting-tanaka-doe kg:date "2025-06-25"' in found.out


def test_the_text_of_a_page_is_kept_for_verify(kg: Callable[..., Ran], tmp_path: Path) -> None:
    page = f"""<html><head><meta property="article:published_time" content="2025-06-28"></head><body><article>
        <h1>Talks in Tokyo</h1><p>{NEWS.split("-- ")[1]}</p><p>{DULL}</p><p>{DULL}</p></article></body></html>"""
    Path("page.html").write_text(page)
    assert kg("build", "page.html").status == 0
    assert files(tmp_path / "exports") == ["page.html", "page.texts.jsonl", "page.trig", "page.ttl"]
    Path("page.html").unlink()
    assert kg("verify", "exports/page.trig").status == 0
    Path("exports/page.texts.jsonl").write_text("{}\n")
    wrong(kg("verify", "exports/page.trig"), 2, "exports/page.texts.jsonl:1: not a record")


def test_export_by_ending_by_name_and_to_standard_output(kg: Callable[..., Ran], graph: Path) -> None:
    assert kg("export", graph, "-o", "new/talks.nq").status == 0
    plain = kg("export", graph, "-o", "-", "--format", "nq")
    assert (plain.status, plain.out) == (0, Path("new/talks.nq").read_text())


def test_a_defect_is_one_line_with_its_traceback_on_request(
    kg: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("by nought")

    monkeypatch.setattr("kg.store.Graph.open", broken)
    wrong(kg("explain", "x.ttl", "y"), 2, "ZeroDivisionError: by nought; this is a defect")
    assert "Traceback" in kg("explain", "--debug", "x.ttl", "y").err


def test_help_version_and_no_arguments(kg: Callable[..., Ran]) -> None:
    assert kg("--version").out == "parley-kg 0.1.0\n"
    assert kg("--help").status == 0
    assert kg().status == 2


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_is_shown_on_a_terminal_and_only_on_long_work(monkeypatch: pytest.MonkeyPatch) -> None:
    def shown(stream: io.StringIO, long: float) -> str:
        monkeypatch.setattr(sys, "stderr", stream)
        monkeypatch.setattr(output, "LONG", long)
        assert list(output.watched(iter("abc"))) == ["a", "b", "c"]
        return stream.getvalue()

    monkeypatch.setenv("TERM", "xterm")
    assert "documents" in shown(Terminal(), -1)
    assert shown(Terminal(), 60) == ""
    assert shown(io.StringIO(), -1) == ""


@pytest.mark.parametrize("colour", [True, False])
def test_colours_only_where_they_are_wanted(colour: bool, tmp_path: Path) -> None:
    wanted = {"FORCE_COLOR": "1"} if colour else {"FORCE_COLOR": "1", "NO_COLOR": "1"}
    with process("--help", cwd=tmp_path, TERM="xterm-256color", **wanted) as running:
        out, _ = running.communicate()
    assert bool(re.search(rb"\x1b\[[\d;]*3\dm", out)) is colour
