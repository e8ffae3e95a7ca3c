"""Which value is current: cases of the vocabulary, each with the reports in every order."""

from __future__ import annotations

from decimal import Decimal
from itertools import permutations
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.current import GROUPS, current
from kg.model import PROPERTIES, Assertion, Evidence, Ref, Value

if TYPE_CHECKING:
    from random import Random

PUBLISHED = {"d0": None, "d1": "2025-06-27", "d2": "2025-06-29", "d3": "2025-06-29"}


def said(place: str, **values: Value) -> list[Assertion]:
    """Assertions of one sentence: `d1:0` is document d1, offset 0."""
    document, _, start = place.partition(":")
    evidence = Evidence(document, int(start), int(start) + 10, (int(start), int(start) + 1), "rule")
    return [Assertion(name, value, evidence) for name, value in values.items()]


def chosen(*sentences: list[Assertion]) -> dict[str, Value]:
    """The values in force, the same in whichever order the sentences come."""
    results = [
        {a.property: a.value for a in current([a for s in order for a in s], PUBLISHED)}
        for order in permutations(sentences)
    ]
    assert all(result == results[0] for result in results)
    return results[0]


@pytest.mark.parametrize(
    ("older", "newer", "status"),
    [
        ("Planned", "Held", "Held"),
        ("Held", "Planned", "Held"),
        ("Sought", "Planned", "Planned"),
        ("Planned", "Cancelled", "Cancelled"),
        ("Cancelled", "Planned", "Cancelled"),
        ("Cancelled", "Held", "Held"),
        ("Held", "Denied", "Held"),
        ("Denied", "Planned", "Planned"),
        ("Denied", "Denied", "Denied"),
        ("Threatened", "InForce", "InForce"),
        ("InForce", "Paused", "Paused"),
        ("Paused", "InForce", "InForce"),
    ],
)
def test_a_status_moves_on_and_never_back(older: str, newer: str, status: str) -> None:
    assert chosen(said("d1:0", status=older), said("d2:0", status=newer)) == {"status": status}


def test_within_one_report_the_stronger_status_counts() -> None:
    assert chosen(said("d1:0", status="Planned"), said("d1:50", status="Sought")) == {"status": "Planned"}
    assert chosen(said("d1:0", tenureStatus="Acting"), said("d1:50", tenureStatus="Current")) == {
        "tenureStatus": "Acting"
    }
    assert chosen(said("d1:0", status="Paused"), said("d1:50", status="Threatened")) == {"status": "Paused"}


def test_the_newest_report_counts_and_an_undated_one_least() -> None:
    assert chosen(said("d0:0", round=5), said("d1:0", round=6), said("d2:0", round=7)) == {"round": 7}
    assert chosen(said("d0:0", round=5), said("d1:0", round=6)) == {"round": 6}
    assert chosen(said("d2:0", round=7), said("d3:0", round=8)) == {"round": 8}, "same day: by document"
    assert chosen(said("d2:0", round=7), said("d2:50", round=8)) == {"round": 8}, "same document: by offset"


def test_an_older_report_that_agrees_and_is_more_precise_counts() -> None:
    assert chosen(said("d1:0", date="2025-06-28"), said("d2:0", date="2025-06")) == {"date": "2025-06-28"}
    assert chosen(said("d1:0", date="2025-06-28"), said("d2:0", date="2025-07")) == {"date": "2025-07"}
    week = {"date": "2025-06", "earliest": "2025-06-23", "latest": "2025-06-29"}
    assert chosen(said("d1:0", date="2025-06-28"), said("d2:0", **week)) == {"date": "2025-06-28"}
    assert chosen(said("d1:0", date="2025-06-20"), said("d2:0", **week)) == week
    assert chosen(said("d1:0", **week), said("d2:0", date="2025-06")) == week
    assert chosen(said("d1:0", ground="national security"), said("d2:0", ground="security")) == {
        "ground": "national security"
    }


def test_values_that_belong_together_come_from_one_report() -> None:
    old = said("d1:0", rate=Decimal("27.5"), previousRate=Decimal("2.5"), addedRate=Decimal(25))
    assert chosen(old, said("d2:0", rate=Decimal(15))) == {"rate": Decimal(15)}
    assert chosen(old, said("d2:0", rate=Decimal("27.5"))) == {
        "rate": Decimal("27.5"), "previousRate": Decimal("2.5"), "addedRate": Decimal(25),
    }  # fmt: skip
    assert chosen(said("d1:0", minutes=Decimal(20), approximate=True), said("d2:0", minutes=Decimal(25))) == {
        "minutes": Decimal(25)
    }
    assert chosen(said("d1:0", date="2025-06-28", partOfDay="evening"), said("d2:0", date="2025-06-29")) == {
        "date": "2025-06-29"
    }


def test_sentences_of_one_report_complete_each_other_where_they_agree() -> None:
    assert chosen(
        said("d1:0", date="2025-06-28"),
        said("d1:20", partOfDay="evening"),
        said("d1:40", date="2025-06", time="20:00:00"),
    ) == {"date": "2025-06-28", "partOfDay": "evening", "time": "20:00:00"}
    fuller = said("d1:0", date="2025-06-28", partOfDay="evening")
    assert chosen(fuller, said("d1:20", date="2025-06-27")) == {"date": "2025-06-28", "partOfDay": "evening"}


def test_sentences_that_do_not_fit_together_are_not_mixed() -> None:
    fits = said("d1:0", rate=Decimal("27.5"), previousRate=Decimal("2.5"))
    assert chosen(fits, said("d1:20", addedRate=Decimal(25)))["addedRate"] == Decimal(25)
    assert "addedRate" not in chosen(fits, said("d1:20", addedRate=Decimal(10)))
    assert chosen(said("d1:0", date="2025-06-28"), said("d1:20", endDate="2025-06-20")) != {
        "date": "2025-06-28", "endDate": "2025-06-20",
    }  # fmt: skip


def test_a_property_with_several_values_keeps_each_once() -> None:
    kept = current(
        said("d1:0", participant=Ref("person/a")) + said("d2:0", participant=Ref("person/a"))
        + said("d2:0", participant=Ref("person/b")), PUBLISHED,
    )  # fmt: skip
    assert [(a.value, a.evidence.document) for a in kept] == [("person/a", "d1"), ("person/b", "d2")]


_places = st.tuples(st.sampled_from(sorted(PUBLISHED)), st.sampled_from([0, 20, 40])).map(lambda p: f"{p[0]}:{p[1]}")
_values = st.fixed_dictionaries(
    {},
    optional={
        "date": st.sampled_from(["2025", "2025-06", "2025-06-27", "2025-06-28"]),
        "endDate": st.sampled_from(["2025-06-26", "2025-06-30", "2025-07"]),
        "partOfDay": st.sampled_from(["morning", "early morning", "evening"]),
        "rate": st.sampled_from([Decimal(25), Decimal("27.5")]),
        "previousRate": st.sampled_from([Decimal(0), Decimal("2.5")]),
        "addedRate": st.just(Decimal(25)),
        "status": st.sampled_from(["Held", "Planned", "Sought", "Cancelled", "Denied"]),
        "participant": st.sampled_from([Ref("person/a"), Ref("person/b")]),
    },
)


@given(st.lists(st.tuples(_places, _values), max_size=6), st.randoms())
def test_any_reports_in_any_order_give_one_value_that_was_said(
    sentences: list[tuple[str, dict[str, Value]]], chance: Random
) -> None:
    assertions = list(dict.fromkeys(a for place, values in sentences for a in said(place, **values)))
    kept = current(assertions, PUBLISHED)
    chance.shuffle(assertions)
    assert current(assertions, PUBLISHED) == kept
    assert set(kept) <= set(assertions)
    single = [a.property for a in kept if not PROPERTIES[a.property][1]]
    assert len(single) == len(set(single))
    if {"status", "participant"} & {a.property for a in assertions}:
        assert {a.property for a in assertions} & {"status", "participant"} <= {a.property for a in kept}
    for group in GROUPS:
        names = {name for unit in group for name in unit}
        assert len({a.evidence.document for a in kept if a.property in names}) <= 1
