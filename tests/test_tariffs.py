"""Tariffs beyond the cases: which claims are one tariff, what rates are joined, that names and evidence hold."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Claim, DocumentFacts, FactKind
from kg.stages.ingest.document import document
from kg.stages.parse import load, parse
from kg.stages.recognize import recognize
from kg.stages.relate.tariffs.claims import tariffs
from kg.stages.relate.tariffs.rates import groups
from kg.stages.relate.text import Text
from kg.stages.resolve import resolve

if TYPE_CHECKING:
    from decimal import Decimal

    from spacy.language import Language


@cache
def model() -> Language:
    return load()


def reading(words: str) -> Text:
    [(one, doc)] = parse([document("case.txt", words)], model())
    return Text(one, doc, recognize(one, doc))


def claims(words: str) -> list[Claim]:
    return list(tariffs(reading(words)))


def facts(words: str) -> DocumentFacts:
    text = reading(words)
    return resolve(text.document, text.doc, text.mentions, tuple(tariffs(text)))


def rates(words: str) -> list[tuple[list[str], *tuple[str | None, ...]]]:
    text = reading(words)
    found = [g for sent in text.sentences for g in groups(text, sent)]
    others = [[str(a.value) if a else None for a in (g.previous, g.added)] for g in found]
    return [([str(a.value) for a in g.rates], *other) for g, other in zip(found, others, strict=True)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("The tariff rose to 15% from 25%.", [(["15"], "25", None)]),
        ("The tariff went from 2.5 to 27.5 percent.", [(["27.5"], "2.5", None)]),
        ("The tariff is 27.5 percent, up from 2.5 percent.", [(["27.5"], "2.5", None)]),
        ("They pay 15 percent instead of 25 percent.", [(["15"], "25", None)]),
        ("Tariffs of 25 and 40 percent respectively.", [(["25", "40"], None, None)]),
        ("The duty was cut by 10 percentage points to 15 percent.", [(["15"], None, "10")]),
        ("The duty falls to zero from 218.4 percent.", [(["0"], "218.4", None)]),
        ("The tariff was doubled to 50 percent.", [(["50"], "25", None)]),
        ("The tariff was nearly doubled to 50 percent.", [(["50"], None, None)]),
        ("25 percent on steel and 10 percent on aluminum.", [(["25"], None, None), (["10"], None, None)]),
    ],
)
def test_rates_with_the_one_before_and_what_was_added(words: str, expected: list[tuple[list[str], str, str]]) -> None:
    assert rates(words) == expected


def test_two_sentences_on_one_tariff_are_one_fact() -> None:
    found = facts(
        "The United States imposed a tariff of 25 percent on Japanese cars. "
        "The U.S. tariff on automobiles from Japan hurts the island."
    )
    assert [f.kind for f in found.facts] == [FactKind.TARIFF]
    assert len(found.facts[0].evidence) == 2


def test_goods_told_side_by_side_stay_apart() -> None:
    found = facts("The United States imposed a tariff of 25 percent on whisky and Scotch from Britain.")
    assert len(found.facts) == 2


def test_a_threat_and_a_tariff_in_force_without_rates_are_two() -> None:
    found = facts("The U.S. tariffs on steel hurt Japan. The United States threatened tariffs on steel from Chile.")
    assert len(found.facts) == 2


def test_retaliation_names_the_tariff_that_it_answers() -> None:
    found = facts("The United States imposed a 25 percent tariff on Canadian steel. Canada answered with retaliatory "
                  "duties of 20 percent on American steel.")  # fmt: skip
    first, second = found.facts
    assert [a.value for a in second.assertions if a.property == "retaliationTo"] == [first.id]


def test_every_value_stands_in_the_sentence_that_it_cites() -> None:
    words = "U.S. President Jane Doe spoke. Her tariffs of 25 percent on cars from Japan took effect on April 3, 2025."
    for claim in claims(words):
        for one in claim.assertions:
            start, end = one.evidence.words
            assert one.evidence.start <= start < end <= one.evidence.end


@settings(max_examples=25)
@given(rate=st.decimals(min_value=1, max_value=900, places=1), goods=st.sampled_from(["cars", "rice", "wine"]))
def test_any_rate_is_read_as_it_stands(rate: Decimal, goods: str) -> None:
    found = claims(f"The United States imposed a tariff of {rate} percent on Japanese {goods}.")
    assert [a.value for c in found for a in c.assertions if a.property == "rate"] == [rate]


def test_reading_twice_gives_the_same_claims() -> None:
    words = "The EU, Japan and South Korea face a U.S. tariff of 15 percent on cars, chips and drugs."
    assert claims(words) == claims(words)
