"""The catchment as the map draws it: the ring by which the engine judges. Pure."""

from __future__ import annotations

from typing import Any

import shapely.geometry

from services.contracts.reference import GeoJSON, HotSpot
from services.ground.boundary import boundary_of

_QUARTER_CIRCLE_SEGMENTS = 8
_GRID_DEG = 1e-7
"""About a centimetre."""


def catchment(hotspot: HotSpot) -> GeoJSON:
    """A hot spot's catchment, without holes and excluded places: GeoJSON in WGS 84."""
    boundary = boundary_of(hotspot)
    ring = boundary.in_degrees(boundary.catchment(_QUARTER_CIRCLE_SEGMENTS), _GRID_DEG)
    drawn: dict[str, Any] = shapely.geometry.mapping(ring)
    return drawn


class Catchments:
    """The catchment of the newest version of each hot spot that was asked for."""

    def __init__(self) -> None:
        self._drawn: dict[str, tuple[int, GeoJSON]] = {}

    def of(self, version: int, hotspot: HotSpot) -> GeoJSON:
        """The catchment of one version, drawn once."""
        known = self._drawn.get(hotspot.hotspot_id)
        if known is None or known[0] != version:
            known = (version, catchment(hotspot))
            self._drawn[hotspot.hotspot_id] = known
        return known[1]
