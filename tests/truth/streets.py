"""The streets around the town's middle: a grid of uneven blocks, up to 600 m away."""

from __future__ import annotations

import math

import numpy as np

from tests.truth.shapes import Floats

REACH_M = 600.0
BLOCK_M = (80.0, 140.0)

Point = tuple[float, float]
Corner = tuple[int, int]


class Streets:
    """Streets from east to west and from south to north. A corner is the numbers of its two."""

    def __init__(self, rng: np.random.Generator) -> None:
        self._east_m, self._north_m = _lines(rng), _lines(rng)

    def place(self, corner: Corner) -> Point:
        """Where a corner is, in metres from the middle."""
        return float(self._east_m[corner[0]]), float(self._north_m[corner[1]])

    def any_corner(self, rng: np.random.Generator) -> Point:
        """One of the corners within reach."""
        while True:
            place = self.place(
                (int(rng.integers(len(self._east_m))), int(rng.integers(len(self._north_m))))
            )
            if math.hypot(*place) <= REACH_M:
                return place

    def nearest(self, place: Point) -> Corner:
        """The corner of the streets nearest to a place."""
        return (
            int(np.abs(self._east_m - place[0]).argmin()),
            int(np.abs(self._north_m - place[1]).argmin()),
        )

    def onward(self, corner: Corner, before: Corner, rng: np.random.Generator) -> Corner:
        """One of the next corners within reach; back to the one before only from a dead end."""
        i, j = corner
        ways = [
            way
            for way in [(i + 1, j), (i - 1, j), (i, j + 1), (i, j - 1)]
            if way != before and self._is_near(way)
        ]
        return ways[int(rng.integers(len(ways)))] if ways else before

    def _is_near(self, corner: Corner) -> bool:
        i, j = corner
        inside = 0 <= i < len(self._east_m) and 0 <= j < len(self._north_m)
        return inside and math.hypot(*self.place(corner)) <= REACH_M


def _lines(rng: np.random.Generator) -> Floats:
    """The distances of parallel streets from the middle; none lies at the same as a shape's edge.

    They are uneven for that reason too: walking exactly on an edge is neither in nor out.
    """
    blocks = rng.uniform(*BLOCK_M, size=2 * math.ceil(REACH_M / BLOCK_M[0]))
    lines = np.cumsum(blocks) - rng.uniform(*BLOCK_M) - REACH_M
    return lines[np.abs(lines) <= REACH_M]
