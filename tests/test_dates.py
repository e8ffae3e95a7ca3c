"""Dates of reduced precision."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.dates import bounds, covering, is_day, shift_months, week


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2025-06-28", "2025-06-28", "2025-06-28"),
        ("2025-06", "2025-06-01", "2025-06-30"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2025", "2025-01-01", "2025-12-31"),
        ("2025-W26", "2025-06-23", "2025-06-29"),
        ("2026-W01", "2025-12-29", "2026-01-04"),
        ("2025-Q1", "2025-01-01", "2025-03-31"),
        ("2024-H2", "2024-07-01", "2024-12-31"),
        ("2025-SU", "2025-06-01", "2025-08-31"),
        ("2023-WI", "2023-12-01", "2024-02-29"),
        ("199", "1990-01-01", "1999-12-31"),
    ],
)
def test_bounds(value: str, first: str, last: str) -> None:
    assert bounds(value) == (first, last)


@pytest.mark.parametrize("value", ["", "XXXX-04", "2025-02-30", "2025-13", "2025-W54", "2025-Q5", "June", "20250628"])
def test_bounds_refuses_what_is_no_date(value: str) -> None:
    with pytest.raises(ValueError, match=r"date|month|day|week|range"):
        bounds(value)


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)))
def test_every_date_lies_within_its_less_precise_forms(day: date) -> None:
    text = day.isoformat()
    for value in (text, text[:7], text[:4], week(day)):
        first, last = bounds(value)
        assert first <= text <= last


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)), st.integers(-600, 600))
def test_shifting_months_back_and_forth_ends_where_it_began(day: date, months: int) -> None:
    month = day.isoformat()[:7]
    assert shift_months(shift_months(month, months), -months) == month


def test_covering_is_the_most_precise_date_of_both_days() -> None:
    assert covering("2025-06-28", "2025-06-28") == "2025-06-28"
    assert covering("2025-06-23", "2025-06-29") == "2025-06"
    assert covering("2025-06-30", "2025-07-06") == "2025"
    assert covering("2025-12-29", "2026-01-04") is None


def test_is_day() -> None:
    assert is_day("2024-02-29")
    assert not any(map(is_day, ("2025-02-29", "2025-02", "20250228", "")))
