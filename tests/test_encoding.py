"""A layer that is gone through in parts gives what thinc gives, to the last bit."""

from __future__ import annotations

import numpy as np
import pytest
import spacy

from kg import encoding, matrices
from kg.stages.parse import DEFAULT_MODEL


@pytest.mark.parametrize("rows", [0, 1, 16, 255, 256, 257, 700])
def test_a_layer_in_parts_is_the_layer(rows: int) -> None:
    nlp = spacy.load(DEFAULT_MODEL)
    matrices.quicken(nlp)
    model = nlp.get_pipe("ner").model  # type: ignore[attr-defined]
    found = encoding.layers(model)
    assert len(found) == 4
    vectors = np.random.default_rng(rows).standard_normal((rows, 96), dtype=np.float32)
    for above, i in found:
        expected = above.layers[i].predict(vectors)
        np.testing.assert_array_equal(encoding.in_parts(above.layers[i]).predict(vectors), expected)
