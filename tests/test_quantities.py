"""Quantities: gold list, whole records, ranges against pairs, points against percent."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.times import wrong
from kg.model import Quantity
from kg.stages.parse import load
from kg.stages.recognize.quantities import quantities
from kg.tokens import Tokens

if TYPE_CHECKING:
    from spacy.language import Language


@cache
def nlp() -> Language:
    return load()


def read(text: str) -> tuple[Quantity, ...]:
    return quantities(Tokens(nlp()(text)))


def percents(text: str) -> list[str | tuple[str, str]]:
    return [
        (str(q.low), str(q.high)) if q.value is None else str(q.value) for q in read(text) if q.kind == "percent"
    ]


def test_gold() -> None:
    missed = wrong("quantity", nlp())
    assert len(missed) <= 2, [item["id"] for item in missed]


def test_a_quantity_with_all_its_fields() -> None:
    assert read("They agreed on about 15 percent.") == (
        Quantity(21, 31, "percent", Decimal(15), "%", approximate=True),
    )
    assert read("Duties rise to between 30 and 35 percent.") == (
        Quantity(23, 40, "percent", None, "%", Decimal(30), Decimal(35)),
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The duty rose from 2.5 percent to 27.5 percent.", ["2.5", "27.5"]),
        ("The duty was cut to 15% from 25%.", ["15", "25"]),
        ("The duty was raised from 10 to 25 percent.", ["10", "25"]),
        ("Steel and cars face duties of 25 and 40 percent respectively.", ["25", "40"]),
        ("The rate would be 25 or 40 percent.", ["25", "40"]),
        ("They face tariffs of 10, 20 and 25 percent.", ["10", "20", "25"]),
        ("The rate may reach between 30 and 35 percent.", [("30", "35")]),
        ("They face tariffs of 30% to 35%.", [("30", "35")]),
        ("They face tariffs of 10-15 percent.", [("10", "15")]),
        ("The levy is twenty-four percent.", ["24"]),
        ("The levy is a half percent.", ["0.5"]),
        ("The levy is two and a half percent.", ["2.5"]),
        ("The levy is zero percent.", ["0"]),
        ("The levy is 50 per cent, or 50 pct.", ["50", "50"]),
        ("A 25-percent levy applies.", ["25"]),
        ("Exports rose 10 percent to 35 percent of the total.", ["10", "35"]),
        ("They met on June 14 and 25 percent tariffs began.", ["25"]),
    ],
)
def test_percent(text: str, found: list[str | tuple[str, str]]) -> None:
    assert percents(text) == found


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The rate fell by 10 percentage points.", "10"),
        ("A 0.5 percentage point cut came.", "0.5"),
        ("It fell by half a percentage point.", "0.5"),
        ("It fell by 25 basis points.", "0.25"),
    ],
)
def test_points_are_no_percent(text: str, value: str) -> None:
    assert [(q.kind, q.value, q.unit) for q in read(text)] == [("points", Decimal(value), "pp")]


@pytest.mark.parametrize(
    ("text", "kind", "low", "high", "unit"),
    [
        ("It pledged $5-10 billion.", "money", 5 * 10**9, 10**10, "USD"),
        ("It pledged between $5 billion and $10 billion.", "money", 5 * 10**9, 10**10, "USD"),
        ("It pledged 5 to 10 billion yen.", "money", 5 * 10**9, 10**10, "JPY"),
        ("It takes 5,000 to 6,000 cars.", "count", 5000, 6000, "cars"),
    ],
)
def test_ranges_share_scale_and_unit(text: str, kind: str, low: int, high: int, unit: str) -> None:
    (found,) = read(text)
    assert (found.kind, found.value, found.low, found.high, found.unit) == (
        kind, None, Decimal(low), Decimal(high), unit,
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["They met on June 14 at 10 a.m. for 90 minutes.", "In 2024 they met twice.", "It was a third round.",
     "They spoke for a quarter of an hour.", "Exports fell in the first half of 2024."],
)  # fmt: skip
def test_times_are_no_quantities(text: str) -> None:
    assert read(text) == ()


VOCABULARY = """\
25 10.5 1,000 percent % percentage points and or to from between , - $ US$ € million crore half a quarter two hundred
twenty-four zero tons yen won cars of the 1/2 ½ duty June 2025 . about"""
WORDS = st.sampled_from(VOCABULARY.split())


@settings(max_examples=60)
@given(st.lists(WORDS, max_size=20))
def test_any_words_give_ordered_records_inside_the_text(words: list[str]) -> None:
    text = " ".join(words)
    found = read(text)
    assert found == read(text)
    end = 0
    for quantity in found:
        assert end <= quantity.start < quantity.end <= len(text)
        end = quantity.end
        assert (quantity.value is None) == (quantity.low is not None) == (quantity.high is not None)
        if quantity.low is not None and quantity.high is not None:
            assert quantity.low < quantity.high
