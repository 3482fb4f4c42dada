"""A zone: one version of one hot spot, ready to be measured against.

It is in force in ``[since, until)`` and has two rings: the core as drawn, and the catchment, which
reaches ``catchment_m`` further. Holes in the core and places excluded from it (a police station)
are its void: they lie in neither ring.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import shapely
from shapely.geometry.base import BaseGeometry

from services.contracts import derived
from services.contracts.reference import HotSpot
from services.geofence.boxes import Box
from services.geofence.planes import Plane, plane_at

ALWAYS = -(2**53)
FOREVER = 2**53
"""Beyond every time in milliseconds, and still exact as a float."""


class Ring(NamedTuple):
    """One of the two rings. ``place`` names it whatever the version of the hot spot."""

    place: str
    name: derived.Ring
    reach_m: float


@dataclass(slots=True, eq=False)
class Zone:
    """One version of a hot spot: core and void on its plane, the catchment's box in degrees.

    ``number`` is its place among all zones, ``version`` its offset in ``reference``.
    """

    number: int
    hotspot_id: str
    version: int
    since: int
    until: int
    rings: tuple[Ring, Ring]
    core: BaseGeometry
    void: BaseGeometry | None
    plane: Plane
    box: Box

    @property
    def catchment_m(self) -> float:
        """How far the catchment reaches beyond the core."""
        return self.rings[1].reach_m


def zone_of(number: int, version: int, hotspot: HotSpot) -> Zone:
    """The zone of a version of a hot spot, as if none came after it."""
    drawn = shapely.geometry.shape(hotspot.geometry)
    box = Box(*drawn.bounds)
    plane = plane_at((box.west + box.east) / 2, (box.south + box.north) / 2)
    excluded = [shapely.geometry.shape(each) for each in hotspot.excludes]
    core, void = _hollow(
        shapely.transform(drawn, plane.project_points),
        [shapely.transform(each, plane.project_points) for each in excluded],
    )
    shapely.prepare(core)
    shapely.prepare(void)
    name = hotspot.hotspot_id
    return Zone(
        number=number,
        hotspot_id=name,
        version=version,
        since=hotspot.effective_from,
        until=FOREVER,
        rings=(
            Ring(f"{name}/core", "core", 0.0),
            Ring(f"{name}/catchment", "catchment", hotspot.catchment_m),
        ),
        core=core,
        void=None if void.is_empty else void,
        plane=plane,
        box=box.grown(hotspot.catchment_m),
    )


def _hollow(
    drawn: BaseGeometry, excluded: Sequence[BaseGeometry]
) -> tuple[BaseGeometry, BaseGeometry]:
    """The core without what is excluded, and the void."""
    core = shapely.difference(drawn, shapely.union_all(excluded)) if excluded else drawn
    holes = [shapely.Polygon(hole) for part in shapely.get_parts(drawn) for hole in part.interiors]
    return core, shapely.difference(shapely.union_all([*holes, *excluded]), core)
