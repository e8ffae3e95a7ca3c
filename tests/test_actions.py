"""Actions between states: the lists, the actors of a phrase, and floors on the gold leads."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import RdfFormat, parse

from benchmarks.actions import Lead, Score, answers, kinds, leads, score
from kg.iris import BASE, TERMS
from kg.lexicon import table
from kg.resources import ontology
from kg.stages.parse import load
from kg.stages.relate.actions.namings import groups
from kg.stages.relate.actions.words import nouns, patterns

if TYPE_CHECKING:
    from spacy.language import Language


@cache
def model() -> Language:
    return load()


def triples(text: str) -> list[tuple[str, str, str]]:
    [found] = answers([Lead(text, frozenset())], model())
    return sorted(found)


@cache
def roots() -> frozenset[tuple[str, str]]:
    quads = parse(path=ontology("plover.ttl"), format=RdfFormat.TURTLE)
    return frozenset((str(q.subject)[1:-1].removeprefix(f"{BASE}plover/"), q.object.value)
                     for q in quads if q.predicate.value == f"{TERMS}cameoRoot")  # fmt: skip


def test_each_row_has_a_class_that_covers_its_root() -> None:
    wrong = [row for row in table("actions") if not row[1].startswith("@") and row[1] != "-"
             and (row[1], row[2].split("@")[0]) not in roots()]  # fmt: skip
    assert wrong == []


def test_each_verb_is_one_word_and_each_other_root_asks_for_a_known_class() -> None:
    assert [verb for verb in patterns() if " " in verb or not verb] == []
    asked = {p.other_root[0] for rows in patterns().values() for p in rows if p.other_root}
    assert asked == {"who-armed", "who-crowd"}
    assert all(len(nouns(name)) > 5 for name in (*asked, "who-crowd"))


def test_patterns_that_ask_for_more_words_come_first() -> None:
    for rows in patterns().values():
        asked = [bool(p.particle) + bool(p.nouns) for p in rows]
        assert asked == sorted(asked, reverse=True)


def test_no_group_is_listed_twice() -> None:
    names = [words for rows in groups().values() for words, _ in rows]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(("text", "expected"), [
    ("American and British warplanes bombed Iraqi radar sites.", [("GB", "19", "IQ"), ("US", "19", "IQ")]),
    ("The Tokyo government asked Seoul for help.", [("JP", "02", "KR")]),
    ("Cuban athletes were detained by Mexican police.", [("MX", "17", "CU")]),
    ("The president of Ghana condemned Togo.", [("GH", "11", "TG")]),
    ("Police in Athens arrested three Albanians.", [("GR", "17", "AL")]),
    ("The Doe administration imposed sanctions on Burma.", [("US", "16", "MM")]),
    ("Turkish troops killed 12 PKK guerrillas.", [("TR", "19", "TR")]),
    ("Poland asked the International Monetary Fund for a loan.", [("PL", "02", "IMF")]),
    ("France warned Iran, Iraq and Syria.", [("FR", "13", "IQ"), ("FR", "13", "IR"), ("FR", "13", "SY")]),
])  # fmt: skip
def test_who_acts_for_which_state(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert triples(text) == expected


@pytest.mark.parametrize(("text", "expected"), [
    ("Ken Tanaka, Japan's foreign minister, will visit China next week.", {("JP", "03", "CN")}),
    ("Japan's foreign minister met his Chinese counterpart in Tokyo.", {("JP", "04", "CN"), ("CN", "04", "JP")}),
    ("Japan and China signed a treaty on fishing.", {("JP", "05", "CN"), ("CN", "05", "JP")}),
])  # fmt: skip
def test_what_events_tell_is_listed_once_with_its_root(text: str, expected: set[tuple[str, str, str]]) -> None:
    found = triples(text)
    assert expected <= set(found)
    assert {root for _, root, _ in found} == {next(iter(expected))[1]}


def test_the_score_counts_triples_and_names_errors() -> None:
    gold, found = frozenset({("A", "11", "B"), ("A", "12", "C")}), frozenset({("A", "13", "B"), ("D", "12", "C")})
    assert score([Lead("x", gold)], [found]) == Score(0, 2, 2)
    assert list(kinds(gold, found)) == ["root 11 read as 13", "root 12: other actors"]
    assert score([Lead("x", gold)], [gold]).f1 == 1.0


@pytest.mark.parametrize(("name", "floor"), [
    ("actions", 0.90), ("leads", 0.80), ("leads_second", 0.65), ("actions_heldback", 0.80), ("leads_heldback", 0.70),
])  # fmt: skip
def test_leads_keep_their_floor(name: str, floor: float) -> None:
    gold = leads(name)
    assert score(gold, list(answers(gold, model()))).f1 >= floor


def test_each_class_of_nouns_is_asked_for() -> None:
    rows = [row[0].partition(" [")[2].rstrip("]").split("|") for row in table("actions")]
    asked = {name for names in rows for name in names} | {"troops", "light"}
    asked |= {f"who-{name}" for name in ("crowd", "armed", "people", "works", "rebel", "civil", "protest")}
    asked |= {"accord", "held-up", "accord-made", "talks-ended", "courtesy", "said-across", "told-as-position",
              "made-public", "private", "private-field", "own-thing", "acting", "levied", "met",
              "talking"}  # of a whole text
    assert sorted({row[0] for row in table("action_nouns")} - asked) == []
