"""The stories told by several outlets are well formed, and their scorer counts what it says."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from benchmarks.joining import disagreements, pairs
from benchmarks.stories import Story, fits_event, match

GOLD = sorted((Path(__file__).parent / "corpus" / "stories").glob("*/*/gold.json"))
EVENTS = {"Meeting", "Call", "Visit", "Round", "Summit", "Signing"}
EVENT_STATUS = {"held", "planned", "sought", "cancelled", "denied"}
TARIFF_STATUS = {"in force", "agreed", "proposed", "threatened", "paused", "lifted"}
Gold = dict[str, Any]


def squeezed(text: str) -> str:
    """Letters and signs alone, so that "Hà Nội" is "Hanoi": no accents, blanks, capitals."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c) and c != " ").lower()


def days(gold: Gold, article: str) -> set[date]:
    """The days that the gold has for an article."""
    dates = [m["date"] for one in gold["events"] + gold["tariffs"] for m in one["mentions"] if m["document"] == article]
    return {date.fromisoformat(d) for d in dates if d and len(d) == 10}


@pytest.fixture(params=GOLD, ids=lambda path: f"{path.parent.parent.name}-{path.parent.name}")
def told(request: pytest.FixtureRequest) -> tuple[Gold, dict[str, str]]:
    """The gold of a story, and its articles by name."""
    folder: Path = request.param.parent
    return (json.loads(request.param.read_text(encoding="utf-8")),
            {p.name: p.read_text(encoding="utf-8") for p in folder.glob("*.txt")})  # fmt: skip


def test_stories_are_held_back() -> None:
    halves = [path.parent.parent.name for path in GOLD]
    assert (halves.count("dev"), halves.count("held")) == (49, 6)
    assert sum(len(list(path.parent.glob("*.txt"))) for path in GOLD) >= 150


def test_values_are_those_of_the_vocabulary(told: tuple[Gold, dict[str, str]]) -> None:
    gold, texts = told
    assert sorted(gold["documents"]) == sorted(texts)
    people = {p["id"] for p in gold["people"]}
    things = people | {one["id"] for one in gold["events"] + gold["tariffs"]}
    assert {d["about"] for d in gold["disagreements"] + gold["not_disagreements"]} <= things
    for mention in (m for one in gold["events"] for m in one["mentions"]):
        assert mention["document"] in texts
        assert mention["type"] in EVENTS
        assert mention["status"] in EVENT_STATUS
        assert all(who in people or re.fullmatch("[A-Z]{2}", who) for who in mention["participants"]), mention
    for mention in (m for one in gold["tariffs"] for m in one["mentions"]):
        assert mention["document"] in texts
        assert mention["status"] in TARIFF_STATUS


def test_each_day_is_in_the_words(told: tuple[Gold, dict[str, str]]) -> None:
    gold, texts = told
    for name, text in texts.items():
        head, body = text.split("\n", 1)
        published = date.fromisoformat(head.removeprefix("date "))
        for day in days(gold, name):
            near = (-8 <= (day - published).days <= 8 and f"{day:%A}" in body) or abs((day - published).days) <= 1
            dated = rf"\b{day:%b}\w*\.? (?:\d+(?: and |-|–))?{day.day}\b|\b{day.day} (?:and \d+ )?{day:%b}"
            assert near or re.search(dated, body), (name, day)


def test_a_held_event_does_not_follow_its_report(told: tuple[Gold, dict[str, str]]) -> None:
    gold, texts = told
    for mention in (m for one in gold["events"] for m in one["mentions"]):
        if mention["status"] == "held" and mention["date"]:
            assert mention["date"] <= texts[mention["document"]][5:15], mention


def test_names_places_and_rates_stand_in_the_articles(told: tuple[Gold, dict[str, str]]) -> None:
    gold, texts = told
    for person in gold["people"]:
        assert person["documents"], person
        for name in person["documents"]:
            assert any(form in texts[name] for form in person["names"]), (person["id"], name)
    for mention in (m for one in gold["events"] for m in one["mentions"] if "place" in m):
        assert squeezed(mention["place"]) in squeezed(texts[mention["document"]]), mention
    for mention in (m for one in gold["tariffs"] for m in one["mentions"]):
        for rate in {mention["rate"], mention["previous"]} - {None, 0}:
            assert re.search(rf"(?<![\d.]){rate:g}(?![\d]|\.\d)", texts[mention["document"]]), mention


# ---- the scorer, on a story of two articles: one says "twice", the other gives 10 and 25 minutes

PEOPLE: list[Gold] = [{"id": "p", "names": ["Ken Tanaka"], "country": "JP"},
                      {"id": "q", "names": ["Jane Doe"], "country": "US"}]  # fmt: skip
CALL: Gold = {"type": "Call", "participants": ["p", "q"], "date": "2025-06-28", "status": "held"}
CALLS: list[Gold] = [{"id": one, "mentions": [CALL | {"document": "a.txt"}, CALL | {"document": "b.txt", "minutes": m}]}
                     for one, m in (("first", 10), ("second", 25))]  # fmt: skip


def graph(**nodes: tuple[str, str]) -> Story:
    """Calls of Ken Tanaka and Jane Doe: for each node, its minutes in the first and in the second article."""
    known: dict[str, Any] = defaultdict(lambda: defaultdict(set))
    said: dict[tuple[str, str], Any] = {}
    for person, name in (("P", "Ken Tanaka"), ("Q", "Jane Doe")):
        known[person] |= {"type": {"Person"}, "name": {name}}
    for node, articles in nodes.items():
        for article, minutes in zip(("a.txt", "b.txt"), articles, strict=True):
            values: dict[str, set[str]] = defaultdict(set)
            values |= {"type": {"Call", "Event"}, "participant": {"P", "Q"}, "date": {"2025-06-28"}, "status": {"Held"}}
            values["minutes"] = {minutes} - {"", "-"}
            if minutes != "-":
                said[article, node] = values
    return Story(known, said)


def tally(found: Story) -> tuple[int, int, int]:
    """Right, false and missed pairs of the two calls."""
    matched = match(CALLS, found, ["call"], fits_event(found, PEOPLE))
    nodes = {a: found.of(a, "call") for a in ("a.txt", "b.txt")}
    counted = pairs(CALLS, matched, nodes, as_read=False)
    return counted.right, len(counted.false), len(counted.missed)


def test_twice_and_two_calls_are_two_nodes_whichever_is_which() -> None:
    assert tally(graph(x=("", "10.0"), y=("", "25.0"))) == (2, 0, 0)


def test_one_node_for_two_calls_misses_one() -> None:
    assert tally(graph(x=("", "10.0"))) == (1, 0, 1)


def test_four_nodes_miss_both() -> None:
    assert tally(graph(u=("", "-"), v=("", "-"), x=("-", "10.0"), y=("-", "25.0"))) == (0, 0, 2)


def test_a_node_of_two_different_events_is_a_false_pair() -> None:
    gold: list[Gold] = [{"id": "first", "mentions": [CALL | {"document": "a.txt"}]},
                        {"id": "second", "mentions": [CALL | {"document": "b.txt"}]}]  # fmt: skip
    found = graph(x=("", ""))
    matched = match(gold, found, ["call"], fits_event(found, PEOPLE))
    counted = pairs(gold, matched, {"a.txt": ["x"], "b.txt": ["x"]}, as_read=False)
    assert (counted.right, counted.missed) == (0, ())
    assert counted.false == ("x: a.txt is first | b.txt is second",)


@pytest.mark.parametrize(("values", "expected"), [({"10.0", "25.0"}, (1, 0, 0)), ({"10.0", "30.0"}, (0, 1, 1))])
def test_a_disagreement_counts_with_its_values(values: set[str], expected: tuple[int, int, int]) -> None:
    found = graph(x=("10.0", "25.0"))
    found.known["d"] |= {"type": {"Disagreement"}, "about": {"x"}, "property": {"minutes"}, "reading": set(values)}
    for value in values:
        found.known[value]["value"] = {value}
    matched = match(CALLS[:1], found, ["call"], fits_event(found, PEOPLE))
    gold = {"disagreements": [{"about": "first", "property": "minutes", "values": [10, 25]}]}
    counted = disagreements(gold, found, [matched])
    assert (counted.right, len(counted.false), len(counted.missed)) == expected
