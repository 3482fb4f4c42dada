"""A zone: one version of one hot spot, ready to be measured against.

It is in force in ``[since, until)`` and has two rings: the core as drawn, and the catchment, which
reaches ``catchment_m`` further (boundary.py of ``services/ground``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import shapely
from shapely.geometry.base import BaseGeometry

from services.contracts import derived
from services.contracts.reference import HotSpot
from services.ground.boundary import boundary_of, box_of
from services.ground.boxes import Box
from services.ground.planes import Plane

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
    plane, core, void, catchment_m = boundary_of(hotspot)
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
            Ring(f"{name}/catchment", "catchment", catchment_m),
        ),
        core=core,
        void=None if void.is_empty else void,
        plane=plane,
        box=box_of(hotspot),
    )
