"""Who could go: the units allocated to a hot spot that are on patrol, the nearest first. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from heapq import nsmallest

import numpy as np
from shapely import Point
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from services.contracts.reference import Duty
from services.contracts.register import Register
from services.metrics.compliance.stays import OTHER_WORK
from services.metrics.mercator import scale_at, shape_on_plane
from services.metrics.units import OFF_DUTY, Unit, Units

MOST = 3
DutiesAt = Callable[[str, int, int], Sequence[Duty]]
"""The duties in a stretch of time that are allocated to a hot spot."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit that could go, on which duty, and how far it is from the hot spot, in metres."""

    unit: Unit
    duty: Duty
    distance_m: float


class Nearest:
    """Finds them among all units."""

    def __init__(self, units: Units, register: Register, duties_at: DutiesAt) -> None:
        self._units = units
        self._register = register
        self._duties_at = duties_at

    def to(self, hotspot_id: str, at: int) -> list[Candidate]:
        """Up to three units that are heard, on a duty there now and not on other work."""
        hotspot = self._register.hotspot(hotspot_id, at)
        if hotspot is None:
            return []
        area = shape_on_plane(shape(hotspot.geometry))
        duties = self._duties_at(hotspot_id, at, at + 1)
        found = (self._candidate(duty, area) for duty in duties)
        free = {each.unit.position.radio_id: each for each in found if each is not None}
        return nsmallest(MOST, free.values(), key=lambda each: (each.distance_m, each.duty.duty_id))

    def _candidate(self, duty: Duty, area: BaseGeometry) -> Candidate | None:
        unit = self._units.get(duty.radio_id)
        if unit is None or not _is_free(unit):
            return None
        metres = _metres_to(area, unit)
        return None if metres is None else Candidate(unit, duty, metres)


def _is_free(unit: Unit) -> bool:
    status = unit.position.status
    return unit.state in ("reporting", "quiet") and status not in OTHER_WORK | {OFF_DUTY}


def _metres_to(area: BaseGeometry, unit: Unit) -> float | None:
    """How far a unit is from an area on the plane, 0 inside; None without a position."""
    lat, lon = unit.position.lat, unit.position.lon
    if lat is None or lon is None:
        return None
    metres = area.distance(shape_on_plane(Point(lon, lat))) / scale_at(np.array([lat]))[0]
    return float(metres)
