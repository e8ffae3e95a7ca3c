"""Who holds which office, for which state."""

from __future__ import annotations

import pytest

from tests.reading import read


@pytest.mark.parametrize(
    "text",
    [
        "Canadian Trade Minister Jane Doe spoke.",
        "Jane Doe, the Canadian trade minister, spoke.",
        "Jane Doe, Canada's trade minister, spoke.",
        "Canada's trade minister, Jane Doe, spoke.",
        "Jane Doe is the trade minister of Canada.",
        "Jane Doe, who serves as trade minister of Canada, spoke.",
        "The Canadian trade minister, Ms. Jane Doe, spoke.",
    ],
)
def test_an_office_and_its_holder_in_any_order(text: str) -> None:
    [(label, state, status, holder)] = read(text).offices()
    assert (label.lower(), state, status, holder) in {
        ("trade minister", "CA", "Current", "Jane Doe"),
        ("trade minister of canada", "CA", "Current", "Jane Doe"),
    }


def held(text: str) -> set[tuple[str | None, str | None]]:
    """Holder and state of each office."""
    return {(holder, state) for _, state, _, holder in read(text).offices()}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Finance ministers Ken Tanaka of Japan and Jane Doe of Canada met.",
         {("Ken Tanaka", "JP"), ("Jane Doe", "CA")}),
        ("The presidents of Brazil and Chile (Jane Doe and John Roe) met.", {("Jane Doe", "BR"), ("John Roe", "CL")}),
        ("Japanese Foreign Minister Ken Tanaka met his Canadian counterpart, Jane Doe.",
         {("Ken Tanaka", "JP"), ("Jane Doe", "CA")}),
        ("Swiss President Jane Doe spoke. The president left.", {("Jane Doe", "CH")}),
        ("Ken Tanaka of Japan arrived. The Japanese trade minister met Jane Doe.", {("Ken Tanaka", "JP")}),
        ("Economist Jane Doe of a Canadian bank said little.", {("Jane Doe", None)}),
        ("A Canadian official spoke.", {("a Canadian official", "CA")}),
    ],
)  # fmt: skip
def test_whom_offices_serve(text: str, found: set[tuple[str | None, str | None]]) -> None:
    assert held(text) == found


def test_a_state_has_one_president() -> None:
    found = held("Swiss President Jane Doe met President John Roe. Switzerland and Chile agreed, and Chile will sign.")
    assert found == {("Jane Doe", "CH"), ("John Roe", "CL")}


def test_a_former_office_says_nothing_of_the_state_served_now() -> None:
    former = "Former Canadian Minister Jane Doe and former Canadian envoy Jane Doe spoke."
    reading = read(f"Swiss President Jane Doe arrived. {former}")
    assert reading.label(reading.entity("Jane Doe").country) == "CH"
