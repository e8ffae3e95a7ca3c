"""Offices by their words: head, label, status, normal form, rank."""

from __future__ import annotations

import pytest

from kg.stages.recognize.office_words import country_of, head_at, lacking, normal_form, rank
from tests.reading import gold, read


@pytest.mark.parametrize(
    ("text", "label", "state", "status"),
    [
        ("Japanese Trade Minister Ken Tanaka", "Trade Minister", "JP", "Current"),
        ("Japan's top tariff negotiator, Ken Tanaka", "top tariff negotiator", "JP", "Current"),
        ("Japan's minister for economic growth, Ken Tanaka", "minister for economic growth", "JP", "Current"),
        ("Former Canadian Foreign Minister Jane Doe", "Foreign Minister", "CA", "Former"),
        ("Acting Swiss President Jane Doe", "President", "CH", "Acting"),
        ("South Korean President-elect Jane Doe", "President", "KR", "Designate"),
        ("Secretary of State Jane Doe of the United States", "Secretary of State", "US", "Current"),
        ("EU Trade Commissioner Jane Doe", "Trade Commissioner", "EU", "Current"),
        ("Business and Trade Secretary Jane Doe of Britain", "Business and Trade Secretary", "GB", "Current"),
    ],
)  # fmt: skip
def test_what_an_office_phrase_says(text: str, label: str, state: str, status: str) -> None:
    assert (label, state, status) in {o[:3] for o in read(f"{text} spoke on Friday.").offices()}


@pytest.mark.parametrize(
    "text",
    ["The plane will head to Geneva.", "She will chair the talks.", "A leading bank raised its rates.",
     "General Motors cut jobs."],
)
def test_words_that_are_no_office(text: str) -> None:
    assert read(text).offices() == []


def test_the_chief_of_staff_to_a_prime_minister_is_two_offices() -> None:
    found = read("John Roe, chief of staff to Canadian Prime Minister Jane Doe, arrived.").offices()
    assert [(label, state, holder) for label, state, _, holder in found] == [
        ("chief of staff to Canadian Prime Minister", "CA", "John Roe"),
        ("Prime Minister", "CA", "Jane Doe"),
    ]


@pytest.mark.parametrize(
    ("label", "head", "form"),
    [
        ("minister for trade", "minister", "trade minister"),
        ("Trade Minister", "minister", "trade minister"),
        ("top tariff negotiator", "negotiator", "tariff negotiator"),
        ("minister in charge of the economy", "minister", "economy minister"),
        ("Secretary of State", "secretary of state", "secretary of state"),
        ("chief", "chief", "chief"),
    ],
)
def test_wordings_of_one_office_share_a_form(label: str, head: str, form: str) -> None:
    assert normal_form(label, head) == form


def test_offices_that_one_state_has_and_those_it_lacks() -> None:
    assert country_of("Treasury Secretary", "secretary") == "US"
    assert country_of("Trade Minister", "minister") is None
    assert "US" in lacking("prime minister")
    assert lacking("minister of no such name") == frozenset()
    assert (rank("president"), rank("minister")) == ("head of state", "minister")


def test_the_longest_head_counts_and_plurals_are_told() -> None:
    doc = read("Deputy prime ministers and secretaries of state met the vice president.").doc
    heads = [(doc[i : at[0]].text, at[1], at[2]) for i in range(len(doc)) if (at := head_at(doc, i))]
    assert ("prime ministers", "prime minister", True) in heads
    assert ("vice president", "vice president", False) in heads


def test_roles_of_the_gold_list_have_their_holder() -> None:
    """All but one of those with a title; "Mr." is none."""
    missed = []
    for row in (r for r in gold("roles") if r["title"] and r["title"] != "Mr."):
        name = f"{row.get('first') or ''} {row['last']}".strip()
        found = read(f"On Friday, the ministry of trade said that {row['text']} would speak to the press.").offices()
        if not any(holder == name for *_, holder in found):
            missed.append(row["text"])
    assert len(missed) <= 1, missed
