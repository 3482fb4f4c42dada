"""A hot spot's ground in metres: what is truly inside, decided point by point."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from services.contracts.reference import GeoJSON
from tests.support.square import place

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Corners = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """A hot spot: its rings in metres from the town's middle as GeoJSON has them, not closed."""

    name: str
    rings: Sequence[Corners]
    ground: shapely.Polygon

    def holds(self, east_m: Floats, north_m: Floats) -> Flags:
        """Which points lie on the ground; a hole is no part of it."""
        return shapely.contains_xy(self.ground, east_m, north_m)

    def within(self, metres: float, east_m: Floats, north_m: Floats) -> Flags:
        """Which points lie at most so far from the ground, its holes filled."""
        wider = shapely.Polygon(self.rings[0]).buffer(metres)
        shapely.prepare(wider)
        return shapely.contains_xy(wider, east_m, north_m)

    def geometry(self) -> GeoJSON:
        """The same as a force would upload it: a polygon in degrees."""
        return {
            "type": "Polygon",
            "coordinates": [[place(*corner) for corner in [*ring, ring[0]]] for ring in self.rings],
        }


def shape_of(name: str, rings: Sequence[Corners]) -> Shape:
    """The shape with those rings: the outline, then the holes."""
    ground = shapely.Polygon(rings[0], rings[1:])
    shapely.prepare(ground)
    return Shape(name, rings, ground)
