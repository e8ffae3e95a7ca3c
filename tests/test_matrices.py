"""Matrix products in blocks: the numbers of any other product, and the same bits for a row wherever it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from thinc.api import Model, NumpyOps

from kg import matrices
from kg.stages import parse

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.language import Language

INNER, COLUMNS = 288, 96  # of the layers of the small model


def numbers(rows: int, columns: int, seed: int) -> NDArray[np.float32]:
    return np.random.default_rng(seed).standard_normal((rows, columns), dtype=np.float32)


def ops(nlp: Language) -> set[type]:
    models = [getattr(component, "model", None) for _, component in nlp.pipeline]
    return {type(node.ops) for model in models if isinstance(model, Model) for node in model.walk()}


@given(rows=st.integers(0, 70), seed=st.integers(0, 1000))
@settings(max_examples=30)
def test_a_product_in_blocks_is_the_product(rows: int, seed: int) -> None:
    x, weights = numbers(rows, INNER, seed), numbers(COLUMNS, INNER, seed + 1)
    found = matrices.BlockedOps().gemm(x, weights, trans2=True)
    assert found.shape == (rows, COLUMNS)
    assert found.dtype == np.float32
    assert found.flags["C_CONTIGUOUS"]  # as the layers behind it ask
    np.testing.assert_allclose(found, x.astype("float64") @ weights.T, atol=1e-3)
    np.testing.assert_array_equal(found, matrices.BlockedOps().gemm(x, np.ascontiguousarray(weights.T)))


@given(before=st.integers(0, 40), behind=st.integers(0, 40), seed=st.integers(0, 1000))
@settings(max_examples=30)
def test_a_row_has_the_same_bits_wherever_it_stands(before: int, behind: int, seed: int) -> None:
    row, weights = numbers(1, INNER, seed), numbers(COLUMNS, INNER, seed + 1)
    others = numbers(before + behind, INNER, seed + 2)
    x = np.concatenate([others[:before], row, others[before:]])
    own = matrices.BlockedOps()
    np.testing.assert_array_equal(own.gemm(x, weights, trans2=True)[before], own.gemm(row, weights, trans2=True)[0])


def test_where_the_place_of_a_row_matters_the_product_is_that_of_spacy(monkeypatch: pytest.MonkeyPatch) -> None:
    x, weights = numbers(37, INNER, 0), numbers(COLUMNS, INNER, 1)
    monkeypatch.setattr(matrices, "even", lambda *_: False)
    monkeypatch.setattr(matrices, "blocked", lambda *_: pytest.fail("not in blocks"))
    found = matrices.BlockedOps().gemm(x, weights, trans2=True)
    np.testing.assert_array_equal(found, NumpyOps().gemm(x, weights, trans2=True))


def test_only_the_pipeline_that_is_loaded_here_takes_its_products_from_here() -> None:
    assert ops(parse.load()) == {matrices.BlockedOps}
    assert ops(spacy.load(parse.DEFAULT_MODEL)) == {NumpyOps}


def test_a_text_of_fewer_words_than_a_block_or_of_none_is_parsed() -> None:
    nlp = parse.load()
    assert [[t.tag_ for t in doc] for doc in nlp.pipe(["Doe met Roe.", ""])] == [["NNP", "VBD", "NNP", "."], []]
    assert [t.tag_ for t in nlp("Doe met Roe.")] == ["NNP", "VBD", "NNP", "."]
