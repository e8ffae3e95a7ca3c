"""What is remembered of a word is what spaCy says of it each time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import spacy

from kg import known_words
from kg.known_words import Remembered, remember
from kg.matrices import quicken
from kg.stages.parse import DEFAULT_MODEL

if TYPE_CHECKING:
    from spacy.language import Language

TEXTS = (
    "Doe met Roe in Rome on Monday.\n\nThere is gon na be a deal, they 've got ta say.  Let 's go: y' all ain't there!",
    "gonna gotta let's c'mon nuthin'", "There are no talks, Doe said", "", "  \n\n", "Is there? Are they? 's it's",
)  # fmt: skip
COLUMNS = ["TAG", "POS", "MORPH", "LEMMA", "DEP", "HEAD", "ENT_TYPE", "ENT_IOB", "SENT_START"]


def pipeline(*, remembering: bool) -> Language:
    nlp = spacy.load(DEFAULT_MODEL)
    if remembering:
        remember(nlp)
    quicken(nlp)
    return nlp


@pytest.mark.parametrize("most", [0, known_words.MOST])
def test_remembered_words_change_no_parse(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known_words, "MOST", most)
    plain, known = pipeline(remembering=False), pipeline(remembering=True)
    for batch_size in (1, 4):
        for one, two in zip(plain.pipe(TEXTS), known.pipe(TEXTS, batch_size=batch_size), strict=True):
            np.testing.assert_array_equal(two.to_array([*COLUMNS]), one.to_array([*COLUMNS]))
            np.testing.assert_array_equal(two.tensor, one.tensor)


def test_each_row_is_asked_once() -> None:
    asked: list[list[list[int]]] = []

    def double(rows: known_words.Rows) -> known_words.Rows:
        asked.append(rows.tolist())
        return rows * 2

    known = Remembered(double)
    np.testing.assert_array_equal(known(np.array([[1, 2], [3, 4], [1, 2]])), [[2, 4], [6, 8], [2, 4]])
    np.testing.assert_array_equal(known(np.array([[3, 4], [5, 6]])), [[6, 8], [10, 12]])
    assert asked == [[[1, 2], [3, 4]], [[5, 6]]]


def test_patterns_that_ask_for_more_are_left_to_spacy() -> None:
    nlp = spacy.load(DEFAULT_MODEL)
    nlp.get_pipe("attribute_ruler").add([[{"POS": "NOUN"}]], {"LEMMA": "x"})  # type: ignore[attr-defined]
    remember(nlp)
    assert "attributes" not in nlp.pipe_names
