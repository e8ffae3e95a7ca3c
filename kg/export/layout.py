"""Positions of boxes so that none covers another and few edges cross: the same on every machine.

Force-directed after Fruchterman and Reingold (1991), then boxes pushed apart, for several starts of which the
clearest is kept. Written here and not taken from networkx because its layouts sum in the order that the processor
likes best and differ between versions; here only exactly rounded operations (+ - * / sqrt) in a fixed order are used.
"""

from __future__ import annotations

import random
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

STARTS = 12  # on 40 to 60 nodes the best of 12 has a third fewer crossings than the first; 24 gain 5 % more
STEPS = 200
WIDE = 1.2  # width over height of the picture: between a small screen less its panels (1.0) and a large one (1.4)
FILLED = 0.2  # part of the picture that the boxes cover; below .3 the pushing apart moves little
REACH = 3.0  # times the ideal length of an edge: farther nodes leave each other alone
TIGHT = (0.8, 0.65, 0.5, 0.4, 0.3)  # how far a layout is drawn together before boxes are pushed apart
GAP = 14.0  # least distance of two boxes, in pixels


class Box(NamedTuple):
    """What a node covers, in pixels: symbol and label together."""

    width: float
    height: float


def positions(boxes: Sequence[Box], edges: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The centre of each box in whole pixels, around (0, 0).

    Args:
        boxes: sizes, in an order that does not depend on chance.
        edges: pairs of indices of boxes.
    """
    import numpy as np

    if not boxes:
        return []
    size = np.array(boxes, dtype=np.float64)
    pairs = np.array(sorted({(min(e), max(e)) for e in edges if e[0] != e[1]}), dtype=np.int64).reshape(-1, 2)
    # Twelve starts cost 0.3 s at 50 nodes; the work grows with the square of the nodes.
    starts = max(1, min(STARTS, 60_000 // len(boxes) ** 2))
    spread = [_spread(size, pairs, random.Random(seed)) for seed in range(starts)]  # noqa: S311
    # Drawn together as far as boxes and edges allow: letters are then larger on the screen.
    tried = [_apart(at * tight, size) for at in spread for tight in (TIGHT if len(boxes) < 100 else TIGHT[1::2])]
    best = min(tried, key=lambda at: _unclear(at, size, pairs))
    best = best - np.round((best.max(axis=0) + best.min(axis=0)) / 2)
    return [(int(x), int(y)) for x, y in best]


def free_place(near: tuple[int, int], box: Box, taken: Sequence[tuple[tuple[int, int], Box]]) -> tuple[int, int]:
    """The place nearest to a point, on a grid around it, where a box covers none of those taken."""
    import numpy as np

    centres = np.array([place for place, _ in taken], dtype=np.int64).reshape(-1, 2)
    need = np.array([(b.width + box.width, b.height + box.height) for _, b in taken]).reshape(-1, 2) + GAP
    grid = _grid(32)
    for some in (grid[:400], grid[400:], grid * 4, grid * 32):
        at = some + np.array(near)
        free = ~(np.abs(at[:, None] - centres[None]) * 2 < need[None]).all(axis=2).any(axis=1)
        if free.any():
            x, y = at[int(np.argmax(free))]
            return int(x), int(y)
    return near


@cache
def _grid(rings: int) -> NDArray[np.int64]:
    """Offsets of the places to try, the nearest first."""
    import numpy as np

    along = range(-rings, rings + 1)
    nearest = sorted(((x * 24, y * 24) for x in along for y in along), key=lambda o: (o[0] * o[0] + o[1] * o[1], o))
    return np.array(nearest, dtype=np.int64)


def _spread(size: Array, pairs: NDArray[np.int64], chance: random.Random) -> Array:
    """One force-directed layout of points from a random start."""
    import numpy as np

    count = len(size)
    area = float(np.cumsum((size[:, 0] + GAP) * (size[:, 1] + GAP))[-1]) / FILLED
    ideal = float(np.sqrt(area / count))
    spread = float(np.sqrt(area)) / 2
    at = np.array([(chance.uniform(-1, 1) * spread * WIDE, chance.uniform(-1, 1) * spread) for _ in range(count)])
    for step in range(STEPS):
        heat = spread * 0.2 * (1 - step / STEPS) * (1 - step / STEPS) + 1
        push = _repulsion(at, ideal) + _attraction(at, pairs, ideal) - at * np.array([0.35, 0.35 * WIDE])
        length = np.sqrt(push[:, 0] * push[:, 0] + push[:, 1] * push[:, 1]) + 1e-9
        at = at + push / length[:, None] * np.minimum(length, heat)[:, None]
    return at


def _repulsion(at: Array, ideal: float) -> Array:
    import numpy as np

    delta = at[:, None, :] - at[None, :, :]
    square = delta[:, :, 0] * delta[:, :, 0] + delta[:, :, 1] * delta[:, :, 1] + 1.0
    # Far nodes do not push, so that loose parts stay near.
    force = np.maximum(ideal * ideal / square - 1 / (REACH * REACH), 0.0)
    # cumsum adds from left to right on every processor; sum does not.
    result: Array = np.cumsum(delta * force[:, :, None], axis=1)[:, -1, :]
    return result


def _attraction(at: Array, pairs: NDArray[np.int64], ideal: float) -> Array:
    import numpy as np

    force = np.zeros_like(at)
    delta = at[pairs[:, 1]] - at[pairs[:, 0]]
    pull = delta * (np.sqrt(delta[:, 0] * delta[:, 0] + delta[:, 1] * delta[:, 1]) / ideal)[:, None]
    np.add.at(force, pairs[:, 0], pull)
    np.add.at(force, pairs[:, 1], -pull)
    return force


def _apart(at: Array, size: Array) -> Array:
    """Push overlapping boxes apart along the axis where they overlap least, until none does.

    Every tenth time the whole picture grows by a twelfth as well, which ends the pushing where it goes in circles.
    """
    import numpy as np

    at = np.round(at)
    need = (size[:, None, :] + size[None, :, :]) / 2 + GAP
    for turn in range(1, 1000):
        if turn % 10 == 0:
            at = np.round(at * 13 / 12)
        delta = at[:, None, :] - at[None, :, :]
        over = need - np.abs(delta)
        np.einsum("iij->ij", over)[:] = 0
        bad = (over[:, :, 0] > 0) & (over[:, :, 1] > 0)
        if not bad.any():
            break
        sideways = over[:, :, 0] < over[:, :, 1]
        order = np.sign(np.arange(len(at))[:, None] - np.arange(len(at))[None, :])
        way = np.where(delta == 0, order[:, :, None], np.sign(delta))
        move = np.where(bad[:, :, None], over * way, 0.0)
        move[:, :, 0] = np.where(sideways, move[:, :, 0], 0.0)
        move[:, :, 1] = np.where(sideways, 0.0, move[:, :, 1])
        shift = np.cumsum(move, axis=1)[:, -1, :] / 2
        at = at + np.sign(shift) * np.ceil(np.abs(shift))
    return at


def _unclear(at: Array, size: Array, pairs: NDArray[np.int64]) -> float:
    """How hard a layout is to read: edges that cross, edges that run through boxes, and the area it takes."""
    import numpy as np

    start, end = at[pairs[:, 0]], at[pairs[:, 1]]
    side = _side(start[:, None], end[:, None], start[None]) * _side(start[:, None], end[:, None], end[None])
    shared = (pairs[:, None, :, None] == pairs[None, :, None, :]).any(axis=(2, 3))
    crossings = int(((side < 0) & (side.T < 0) & ~shared).sum()) // 2
    through = 0
    for t in (0.15, 0.3, 0.45, 0.55, 0.7, 0.85):
        point = start + (end - start) * t
        inside = (np.abs(point[:, None] - at[None]) * 2 < size[None]).all(axis=2)
        ends = (pairs[:, None, :] == np.arange(len(at))[None, :, None]).any(axis=2)
        through += int((inside & ~ends).sum())
    extent = at.max(axis=0) - at.min(axis=0) + 200
    area = max(float(extent[0]), float(extent[1]) * WIDE) / 25
    return crossings + 2 * through + area


def _side(a: Array, b: Array, c: Array) -> Array:
    """On which side of the line a-b the point c lies: its sign."""
    import numpy as np

    result: Array = np.sign((b[..., 0] - a[..., 0]) * (c[..., 1] - a[..., 1])
                            - (b[..., 1] - a[..., 1]) * (c[..., 0] - a[..., 0]))  # fmt: skip
    return result
