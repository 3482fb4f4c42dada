"""Nearness: how far a fix is from each zone that its 95 % circle touches.

One distance, from the point to the core, serves both rings: a fix is in the core at 0 m and in the
catchment at up to ``catchment_m``, and it is outside a ring by what it has over that. Only where
holes or excluded places are (zone.py) the way out of these is measured too, since they belong to
neither ring. Distances are taken for a whole batch at once and depend on nothing but the fix and
the zone.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray

from services.contracts.telemetry import Gps
from services.geofence.zone import Zone
from services.geofence.zones import Columns, Zones
from services.ground.boxes import DEGREES_LAT, DEGREES_LON, POLAR
from services.ground.planes import Floats

Near = tuple[Zone, float, float]
"""A zone, and the metres from a fix to its core and to its catchment: 0 inside and on the edge."""

Numbers = NDArray[np.intp]


class Candidates:
    """Fixes of a batch with the zones that may be near them, to be measured together."""

    def __init__(self) -> None:
        self._indices: list[int] = []
        self._lon: list[float] = []
        self._lat: list[float] = []
        self._reaches: list[float] = []
        self._counts: list[int] = []
        self._zones: list[Zone] = []

    def add(self, index: int, fix: Gps, reach_m: float, zones: Sequence[Zone]) -> None:
        """Take in a fix, by its place in the batch, how far it may be off, and its candidates."""
        self._indices.append(index)
        self._lon.append(fix.lon)
        self._lat.append(fix.lat)
        self._reaches.append(reach_m)
        self._counts.append(len(zones))
        self._zones += zones

    def measure(self, zones: Zones) -> dict[int, list[Near]]:
        """By place in the batch: the zones touched, in the order of their numbers."""
        if not self._indices:
            return {}
        lon, lat = np.array(self._lon), np.array(self._lat)
        reach_m = np.array(self._reaches)
        of = np.repeat(np.arange(len(lon)), self._counts)
        zone = np.array([zone.number for zone in self._zones])
        columns = zones.columns()
        likely = _touch_box(lon, lat, reach_m, of, columns.boxes[zone])
        of, zone = of[likely], zone[likely]
        core_m, out_of_void_m = _distances(lon[of], lat[of], zone, columns)
        catchment_m = np.maximum(core_m - columns.catchments_m[zone], out_of_void_m)
        touched = catchment_m <= reach_m[of]
        near: dict[int, list[Near]] = {}
        for fix, number, *metres in zip(
            of[touched].tolist(),
            zone[touched].tolist(),
            core_m[touched].tolist(),
            catchment_m[touched].tolist(),
            strict=True,
        ):
            near.setdefault(self._indices[fix], []).append((zones.all[number], *metres))
        return near


def _touch_box(
    lon: Floats, lat: Floats, reach_m: Floats, of: Numbers, boxes: Floats
) -> NDArray[np.bool_]:
    """Which pairs' circles may touch the box of the zone's catchment."""
    up = reach_m * DEGREES_LAT
    aside = reach_m * DEGREES_LON / np.cos(np.radians(np.minimum(np.abs(lat) + up, POLAR)))
    west, south, east, north = boxes.T
    touch: NDArray[np.bool_] = (
        ((lon + aside)[of] >= west)
        & ((lon - aside)[of] <= east)
        & ((lat + up)[of] >= south)
        & ((lat - up)[of] <= north)
    )
    return touch


def _distances(lon: Floats, lat: Floats, zone: Numbers, columns: Columns) -> tuple[Floats, Floats]:
    """Metres from each fix to the core of its zone, and out of the zone's void, 0 beyond it."""
    x, y = np.empty_like(lon), np.empty_like(lat)
    planes = columns.on[zone]
    for number in np.unique(planes).tolist():
        on = planes == number
        x[on], y[on] = columns.planes[number].project(lon[on], lat[on])
    core_m, out_m = np.zeros(len(x)), np.zeros(len(x))
    outside = ~shapely.contains_xy(columns.cores[zone], x, y)
    core_m[outside] = _metres(columns.cores[zone[outside]], x[outside], y[outside])
    within = np.flatnonzero(columns.hollow[zone])
    within = within[shapely.contains_xy(columns.voids[zone[within]], x[within], y[within])]
    edges = shapely.boundary(columns.voids[zone[within]])
    out_m[within] = _metres(edges, x[within], y[within])
    return core_m, out_m


def _metres(shapes: NDArray[np.object_], x: Floats, y: Floats) -> Floats:
    metres: Floats = shapely.distance(shapes, shapely.points(x, y))
    return metres
