"""The shape of the code: stages in running order that know nothing of each other, and libraries kept to their place."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

import kg

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "kg"
MODULES = sorted(PACKAGE.rglob("*.py"))
STAGES = ("ingest", "parse", "recognize", "relate", "resolve", "state", "validate")
LONGEST = 300  # lines of a file
# Library -> where it may be imported; the checks of annotations (TYPE_CHECKING) may name it anywhere.
PLACES = {
    "spacy": ("kg/stages/parse/", "kg/known_words.py", "kg/stages/recognize/"),
    "thinc": ("kg/matrices.py", "kg/known_words.py", "kg/encoding.py"),
    "threadpoolctl": ("kg/matrices.py",),
    "pyvis": ("kg/export/html.py",),
    "rdflib": ("kg/store.py",),
    "pyshacl": (),
    "pyoxigraph": (
        "kg/store.py", "kg/query.py", "kg/result.py", "kg/names.py", "kg/explain.py", "kg/network.py", "kg/verify/",
        "kg/stores/", "kg/ntriples.py", "kg/export/", "kg/serve/sparql.py",
    ),
    "trafilatura": ("kg/stages/ingest/",),
    "lxml": ("kg/stages/ingest/",),
    "networkx": ("kg/network.py", "kg/export/"),
    "typer": ("kg/cli.py", "kg/commands/"),
    "rich": ("kg/commands/output.py", "kg/result.py"),
}  # fmt: skip
# What `kg --help` must not load: each takes longer than the help itself.
HEAVY = ("spacy", "rdflib", "pyoxigraph", "pyshacl", "pyvis", "networkx", "numpy", "trafilatura", "lxml")


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imports(path: Path) -> set[str]:
    """The modules that a file imports when it runs, at its top or within functions."""
    found: set[str] = set()
    stack: list[ast.AST] = [ast.parse(path.read_text(encoding="utf-8"))]
    while stack:
        node = stack.pop()
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            stack += node.orelse
            continue
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        stack += ast.iter_child_nodes(node)
    return found


@pytest.fixture(params=MODULES, ids=name)
def module(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


def test_the_stages_are_called_in_the_order_of_their_numbers() -> None:
    text = (PACKAGE / "pipeline.py").read_text(encoding="utf-8")
    calls = ("read(", "parse(", "recognize(", "relate(", "resolve(", "lines(", "check(")
    first = [text.index(f"from kg.stages.{stage} import") for stage in STAGES]
    assert first == sorted(first)
    assert all(re.search(rf"\b{re.escape(call)}", text) for call in calls)
    found = {path.stem for path in (PACKAGE / "stages").iterdir() if path.name[0] not in "_."}
    assert found == set(STAGES)


@pytest.mark.parametrize(("number", "stage"), list(enumerate(STAGES, 1)))
def test_each_stage_says_its_number(number: int, stage: str) -> None:
    folder = PACKAGE / "stages" / stage
    path = folder / "__init__.py" if folder.is_dir() else folder.with_suffix(".py")
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    assert text.startswith(f"Stage {number} of 7: ")


def test_no_stage_knows_another(module: Path) -> None:
    match = re.match(r"kg/stages/(\w+?)(?:\.py|/)", name(module))
    if match:
        others = {one.split(".")[2] for one in imports(module) if one.startswith("kg.stages.")}
        assert others <= {match[1]}


def test_libraries_keep_to_their_place(module: Path) -> None:
    for library in {one.split(".")[0] for one in imports(module)} & PLACES.keys():
        assert name(module).startswith(PLACES[library]), library


def test_files_stay_readable(module: Path) -> None:
    assert module.read_text(encoding="utf-8").count("\n") <= LONGEST


def test_only_the_lines_below_a_file_are_loaded_for_help() -> None:
    """Files that `kg --help` loads import nothing heavy at their top."""
    todo, seen = ["kg.cli"], set[str]()
    while todo:
        one = todo.pop()
        path = ROOT.joinpath(*one.split("."))
        file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
        if one in seen or not file.is_file():
            continue
        seen.add(one)
        top = ast.parse(file.read_text(encoding="utf-8")).body
        for node in top:
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module, *(f"{node.module}.{a.name}" for a in node.names)]
            assert not {n.split(".")[0] for n in names} & set(HEAVY), one
            todo += [n for n in names if n.startswith("kg")]
    assert "kg.commands.build" in seen


def test_public_names_are_few_sorted_and_there() -> None:
    assert list(kg.__all__) == sorted(kg.__all__)
    assert all(getattr(kg, one) is not None for one in kg.__all__)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert kg.__version__ == project["version"]
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        kg.nothing  # noqa: B018


def test_no_word_list_is_without_a_source() -> None:
    for path in sorted((PACKAGE / "lexicon").glob("*.t*")):
        head = "".join(line for line in path.read_text(encoding="utf-8").splitlines(True) if line.startswith("#"))
        assert "Source:" in head, path.name
