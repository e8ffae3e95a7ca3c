"""Goods: concepts with HS headings, and lists of goods and states read from a sentence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.lexicon import table
from kg.model import Ref
from kg.stages.ingest.document import document
from kg.stages.parse import load, parse
from kg.stages.recognize import recognize
from kg.stages.relate.goods.lists import listing
from kg.stages.relate.goods.products import concept
from kg.stages.relate.text import Text

GOLD = Path(__file__).parent / "data" / "gold" / "hs.jsonl"


@pytest.mark.parametrize("row", [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()])
def test_headings_of_the_gold_list(row: dict[str, object]) -> None:
    found = concept(str(row["text"]))
    assert found is not None
    assert found[1] in row["hs"]  # type: ignore[operator]


@pytest.mark.parametrize("words", ["cars", "automobiles", "imported autos", "foreign-made vehicles", "passenger cars"])
def test_wordings_of_one_kind_of_goods_are_one_concept(words: str) -> None:
    assert concept(words) == ("car", "8703")


def test_parts_are_not_the_whole() -> None:
    assert concept("car parts") != concept("cars")
    assert concept("auto parts") == concept("automobile parts")


def test_unknown_goods_have_no_concept() -> None:
    assert concept("garden gnomes") is None


def test_headings_are_chapters_or_headings_of_the_harmonized_system() -> None:
    headings = {row[2] for row in table("products")} - {""}
    assert {h for h in headings if not h.isdigit() or len(h) not in (2, 4)} == set()


def test_a_surface_names_one_concept_only() -> None:
    surfaces = [row[0] for row in table("products")]
    assert len(surfaces) == len(set(surfaces))


def read(words: str) -> tuple[list[tuple[str, list[str]]], list[str]]:
    """The goods with their states, and the states alone, behind "tariffs on" in a sentence."""
    [(one, doc)] = parse([document("case.txt", f"Tariffs on {words}")], load())
    text = Text(one, doc, recognize(one, doc))
    found = listing(text, 2, len(doc))
    return [(g.label, [s[0] for s in g.states]) for g in found.goods], [s[0] for s in found.states]


US, CA, CN, JP = (Ref(f"country/{code}") for code in ("US", "CA", "CN", "JP"))


@pytest.mark.parametrize(
    ("words", "goods", "states"),
    [
        ("steel, aluminum and autos took effect.", [("steel", []), ("aluminum", []), ("autos", [])], []),
        ("U.S. cars, alcohol and tobacco.", [("U.S. cars", [US]), ("alcohol", [US]), ("tobacco", [US])], []),
        ("steel and aluminum from Canada.", [("steel", [CA]), ("aluminum from Canada", [CA])], []),
        ("Canada, Mexico and China.", [], [CA, Ref("country/MX"), CN]),
        ("$30 billion worth of American goods.", [("$30 billion worth of American goods", [US])], []),
        ("many goods, including steel and wine.", [("many goods", []), ("steel", []), ("wine", [])], []),
        ("steel, and Japan said it would wait.", [("steel", [])], []),
        ("goods that do not comply with the pact.", [("goods that do not comply with the pact", [])], []),
        ("Monday.", [], []),
    ],
)  # fmt: skip
def test_lists_of_goods_and_states(words: str, goods: list[tuple[str, list[str]]], states: list[str]) -> None:
    assert read(words) == (goods, states)
