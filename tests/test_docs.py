"""The documentation is what the commands do: README.md is run, and every command has help with an example that runs."""

from __future__ import annotations

import doctest
import re
import shlex
import shutil
from pathlib import Path

import pytest

from kg import cli
from tests import readme

ROOT = Path(__file__).parent.parent
TEXT = readme.README.read_text(encoding="utf-8")
COMMANDS = ("build", "query", "explain", "verify", "export", "facts", "status", "diff", "watch", "remove")
# `serve` runs until it is ended; tests/test_serve.py runs it.


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the example and its exports."""
    path = tmp_path_factory.mktemp("docs")
    shutil.copytree(ROOT / "examples", path / "examples")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(path)
        assert cli.run(["build", "examples/talks.txt"]) == 0
        assert cli.run(["build", "examples/talks.txt", "--store", "talks.store"]) == 0
    return path


def test_the_readme_shows_what_its_commands_print() -> None:
    """`make exports` writes it again."""
    assert readme.rewritten(TEXT) == TEXT


def test_the_python_of_the_readme_runs(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    blocks = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
    assert blocks
    for block in blocks:
        test = doctest.DocTestParser().get_doctest(block, {}, "README", "README.md", 0)
        assert doctest.DocTestRunner(verbose=False).run(test).failed == 0


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example_that_runs(
    command: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)
    monkeypatch.setenv("COLUMNS", "200")
    assert cli.run([command, "--help"]) == 0
    example = re.search(r"Example: kg (.+?)(?: >|\s{2,}|\s*$)", capsys.readouterr().out, re.MULTILINE)
    assert example
    arguments = shlex.split(example[1])
    assert arguments[0] == command
    assert cli.run(arguments) == 0


def test_every_command_and_file_of_the_readme_exists() -> None:
    assert set(re.findall(r"^\| `kg (\w+)", TEXT, re.MULTILINE)) == {*COMMANDS, "serve"}
    for link in re.findall(r"\]\(([\w./-]+)\)", TEXT):
        assert (ROOT / link).exists(), link
    for target in re.findall(r"^ {4}make (\w+)", TEXT, re.MULTILINE):
        assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
