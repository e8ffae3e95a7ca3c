"""The matrix products of the language model, by the BLAS of NumPy in blocks of rows.

spaCy takes BLIS, whose wheels from 1.2 on know no processor (BLIS_ARCH_DEBUG=1 says "generic"); what the BLAS of NumPy
saves is the line "model" of `benchmarks.speed`. But in OpenBLAS the last bits of a row depend on where in the matrix it
stands, and so on what is parsed with it. In a block of 16 rows they do not: there all go through the same instructions.
Whether that holds on a machine is tried for each shape before it is used; where it does not, spaCy's own product is
taken. The same text gives the same bytes in any batch.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from thinc.api import Model, NumpyOps
from threadpoolctl import ThreadpoolController

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray
    from spacy.language import Language

    Matrix: TypeAlias = NDArray[np.float32]

BLOCK = 16  # rows; of 16 to 512 tried, the only size at which a row's place did not matter with the Haswell kernels
TOGETHER = 16  # blocks: what they give stays in the cache until it is turned round; half the time of all at once


class BlockedOps(NumpyOps):  # type: ignore[misc]  # thinc gives no types for it
    """The operations of NumPy on arrays, with matrix products in blocks."""

    def gemm(
        self, x: Matrix, y: Matrix, out: Matrix | None = None, trans1: bool = False, trans2: bool = False
    ) -> Matrix:
        """The product of `x`, one row for each token, and the weights `y`; the arguments are those of thinc."""
        weights = y if trans2 else y.T
        ours = out is None and not trans1 and x.dtype == weights.dtype == np.float32 and even(*weights.shape)
        product: Matrix = blocked(x, weights) if ours else super().gemm(x, y, out=out, trans1=trans1, trans2=trans2)
        return product


@cache
def _libraries() -> ThreadpoolController:
    """The libraries for matrices that this process has loaded."""
    return ThreadpoolController()


def blocked(x: Matrix, weights: Matrix) -> Matrix:
    """The product of `x`, shape (rows, inner), and of `weights`, shape (columns, inner): shape (rows, columns).

    It takes one core: 16 rows are too few for two, which wait for each other, and `--jobs` is there for more.
    """
    rows, columns = len(x), len(weights)
    product = np.empty((-(-rows // BLOCK), BLOCK, columns), dtype=np.float32)
    for here, made in products(x, weights):
        product[here] = made.transpose(0, 2, 1)
    return product.reshape(-1, columns)[:rows]


def products(x: Matrix, weights: Matrix) -> Iterator[tuple[slice, Matrix]]:
    """The same in parts: which blocks, and their products, shape (blocks, columns, rows of a block)."""
    rows, inner = x.shape
    with _libraries().limit(limits=1, user_api="blas"):
        for start in range(0, rows, BLOCK * TOGETHER):
            part = np.ascontiguousarray(x[start : start + BLOCK * TOGETHER])
            if len(part) % BLOCK:
                part = np.concatenate((part, np.zeros((-len(part) % BLOCK, inner), dtype=np.float32)))
            blocks = part.reshape(-1, BLOCK, inner).transpose(0, 2, 1)
            yield slice(start // BLOCK, start // BLOCK + len(blocks)), np.matmul(weights, blocks)


@cache
def even(columns: int, inner: int) -> bool:
    """Whether a row has the same product wherever it stands in a block of this shape, to the last bit."""
    numbers = np.random.default_rng(0)
    weights = numbers.standard_normal((columns, inner), dtype=np.float32)
    row = numbers.standard_normal((1, inner), dtype=np.float32)
    product = blocked(np.repeat(row, BLOCK, axis=0), weights)
    return bool((product == product[0]).all())


def quicken(nlp: Language) -> None:
    """Let the models of a pipeline take their products from here."""
    ops = BlockedOps()
    for _, component in nlp.pipeline:
        model = getattr(component, "model", None)
        for node in model.walk() if isinstance(model, Model) else ():
            node.ops = ops
