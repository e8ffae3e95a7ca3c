from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.relevance import relevant

ROOT = Path(__file__).parent.parent
TEXTS = [path for path in sorted((ROOT / "tests" / "corpus").glob("*/*.txt")) if path.with_suffix(".json").exists()]
DEEDS = ROOT / "tests" / "data" / "gold" / "actions.jsonl"


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_the_gate_loses_no_article_with_an_event_or_a_tariff(path: Path) -> None:
    gold = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    if gold.get("events") or gold.get("tariffs"):
        assert relevant(path.read_text(encoding="utf-8"))


def test_the_gate_lets_nearly_all_deeds_between_states_pass() -> None:
    sentences = [json.loads(line) for line in DEEDS.read_text(encoding="utf-8").splitlines()]
    told = [relevant(one["text"]) for one in sentences if one["actions"]]
    assert sum(told) / len(told) >= 0.95


@pytest.mark.parametrize(
    "text",
    [
        "The museum has opened a room with paintings of the sea, and the garden behind it is free to all visitors.",
        "Chocolate cake needs butter, sugar and four eggs. Bake it for an hour.",
        "Visitors may meet the players after the match, and a doctor answers questions about sports.",
        "The band from Sweden plays its last concert tonight.",
        "The two of them met in a park and talked for an hour about their children.",
    ],
)
def test_other_texts_stay_outside(text: str) -> None:
    assert not relevant(text)


@pytest.mark.parametrize(
    "text",
    [
        "Japan and Switzerland began talks.",
        "The tariff is the highest that the minister has seen.",
        "SWISS ENVOY TO MEET TANAKA",
        "Sri Lanka halted supplies to the Maldives.",
        "The European Union raised its duties on steel.",
    ],
)
def test_signs_pass(text: str) -> None:
    assert relevant(text)
