"""Known blackspots: places where radios are not heard, drawn like hot spots of that type."""

from __future__ import annotations

import numpy as np
import shapely

from services.contracts.reference import Deleted, HotSpot
from services.contracts.register import Register
from services.geofence.zone import Zone, zone_of


class Blackspots:
    """Those in force, by the latest version of each; asked only when a radio is missed."""

    def __init__(self) -> None:
        self._register = Register()
        self._drawn: dict[int, Zone] = {}

    def apply(self, offset: int, message: HotSpot | Deleted) -> None:
        """Take in a version of a boundary of any type, or its deletion."""
        self._register.apply(offset, message)
        if isinstance(message, HotSpot) and message.type == "blackspot":
            self._drawn[offset] = zone_of(0, offset, message)

    def at(self, lon: float, lat: float, time: int) -> str | None:
        """The id of one that holds a place, or that it lies within ``catchment_m`` of."""
        if not self._drawn:
            return None
        for version in self._register.all_in_force("hotspot", time):
            zone = self._drawn.get(version.offset)
            if zone is not None and _is_near(zone, lon, lat):
                return zone.hotspot_id
        return None


def _is_near(zone: Zone, lon: float, lat: float) -> bool:
    [[east, north]] = zone.plane.project_points(np.array([[lon, lat]]))
    return bool(shapely.dwithin(zone.core, shapely.Point(east, north), zone.catchment_m))
