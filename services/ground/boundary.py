"""A hot spot's boundary in metres: the core as drawn, its void, and the catchment around it.

Holes in the core and places excluded from it (a police station) are its void: they lie in neither
ring. The catchment reaches ``catchment_m`` beyond the core, which it holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import shapely
import shapely.geometry
from shapely.geometry.base import BaseGeometry

from services.contracts.reference import HotSpot
from services.ground.boxes import Box
from services.ground.planes import Plane, plane_at


class Boundary(NamedTuple):
    """Core and void on the plane of the hot spot; the void may be empty."""

    plane: Plane
    core: BaseGeometry
    void: BaseGeometry
    catchment_m: float

    def catchment(self, quarter_circle_segments: int) -> BaseGeometry:
        """The catchment on the plane; the finer its round corners, the nearer they are to round.

        With eight segments the edge lies within half a percent of ``catchment_m``.
        """
        grown = shapely.buffer(self.core, self.catchment_m, quad_segs=quarter_circle_segments)
        return shapely.difference(grown, self.void)

    def in_degrees(self, shape: BaseGeometry, grid_deg: float) -> BaseGeometry:
        """What lies on the plane in WGS 84 degrees, to within ``grid_deg``."""
        return shapely.set_precision(shapely.transform(shape, self.plane.degrees_of), grid_deg)


def boundary_of(hotspot: HotSpot) -> Boundary:
    """The boundary of a version of a hot spot."""
    drawn = shapely.geometry.shape(hotspot.geometry)
    west, south, east, north = drawn.bounds
    plane = plane_at((west + east) / 2, (south + north) / 2)
    excluded = [shapely.geometry.shape(each) for each in hotspot.excludes]
    core, void = _hollow(
        shapely.transform(drawn, plane.project_points),
        [shapely.transform(each, plane.project_points) for each in excluded],
    )
    return Boundary(plane, core, void, hotspot.catchment_m)


def box_of(hotspot: HotSpot) -> Box:
    """A box in degrees that holds the catchment."""
    return Box(*shapely.geometry.shape(hotspot.geometry).bounds).grown(hotspot.catchment_m)


def _hollow(
    drawn: BaseGeometry, excluded: Sequence[BaseGeometry]
) -> tuple[BaseGeometry, BaseGeometry]:
    """The core without what is excluded, and the void."""
    core = shapely.difference(drawn, shapely.union_all(excluded)) if excluded else drawn
    holes = [shapely.Polygon(hole) for part in shapely.get_parts(drawn) for hole in part.interiors]
    return core, shapely.difference(shapely.union_all([*holes, *excluded]), core)
