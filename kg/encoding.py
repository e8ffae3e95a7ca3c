"""The layers of the language model that look at the neighbours of a token, 256 tokens at a time.

Each makes of three vectors one: a product, a bias, the largest of three numbers each, a norm. thinc does one after the
other for all tokens of a batch, so that each reads and writes megabytes; here what a step gives stays in the cache for
the next (line "model" of `benchmarks.speed`). Every number goes through the same operations as there and comes out
the same, to the last bit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from thinc.api import Model

from kg.matrices import BLOCK, even, products

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.language import Language

    from kg.matrices import Matrix

_PIECES = 3  # numbers of which the largest is taken, and vectors in a window


def layers(model: Model[Any, Any]) -> list[tuple[Model[Any, Any], int]]:
    """Where in a model such layers stand: the layer above and the place there."""
    return [(above, i) for above in model.walk() for i, one in enumerate(above.layers) if _fits(one)]


def _fits(layer: Model[Any, Any]) -> bool:
    if layer.name != "residual(expand_window>>maxout>>layernorm>>dropout)":
        return False
    inner, width = {one.name: one for one in layer.walk()}, layer.get_dim("nO")
    same = inner["expand_window"].attrs["window_size"] == 1 and inner["maxout"].get_dim("nP") == _PIECES
    return same and even(_PIECES * width, _PIECES * width)


def in_parts(layer: Model[Any, Any]) -> Model[Any, Any]:
    """The same layer, for use only and not for training."""

    def forward(_: Model[Any, Any], x: Matrix, is_train: bool) -> tuple[Matrix, Callable[..., Any]]:
        return layer(x, is_train) if is_train else (encoded(layer, x), lambda _: x)

    return Model(f"in_parts({layer.name})", forward, layers=[layer], dims={"nO": layer.get_dim("nO")})


def encoded(layer: Model[Any, Any], x: Matrix) -> Matrix:
    """What a layer makes of the vectors of all tokens."""
    inner: dict[str, Any] = {one.name: one for one in layer.walk()}
    maxout, norm, (rows, width) = inner["maxout"], inner["layernorm"], x.shape
    scale, shift = norm.get_param("G"), norm.get_param("b")
    weights = maxout.get_param("W").reshape(-1, _PIECES * width)
    bias = maxout.get_param("b").repeat(BLOCK).reshape(-1, BLOCK)
    around = np.zeros((rows + 2, width), dtype=np.float32)
    around[1:-1] = x
    windows = np.lib.stride_tricks.as_strided(around, (rows, _PIECES * width), around.strides, writeable=False)
    result = np.empty((-(-rows // BLOCK), BLOCK, width), dtype=np.float32)
    for here, made in products(windows, weights):
        made += bias
        pieces = made.reshape(-1, width, _PIECES, BLOCK)
        largest = np.maximum(np.maximum(pieces[:, :, 0], pieces[:, :, 1]), pieces[:, :, 2])
        result[here] = _normed(np.ascontiguousarray(largest.transpose(0, 2, 1)), scale, shift)
    vectors = result.reshape(-1, width)[:rows]
    vectors += x
    return vectors


def _normed(x: Matrix, scale: Matrix, shift: Matrix) -> Matrix:
    """What thinc's `layernorm` gives, in its order of operations."""
    apart = x - x.mean(axis=-1, keepdims=True)
    found: Matrix = apart * (x.var(axis=-1, keepdims=True) + 1e-08) ** (-1.0 / 2.0)
    found *= scale
    found += shift
    return found


def quicken(nlp: Language) -> None:
    """Let the models of a pipeline go through such layers in parts."""
    for _, component in nlp.pipeline:
        model = getattr(component, "model", None)
        for above, i in layers(model) if isinstance(model, Model) else ():
            above.layers[i] = in_parts(above.layers[i])
