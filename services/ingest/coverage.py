"""What a hot spot would cover: how large its rings are, and what others cover of them. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import shapely
import shapely.geometry
from pydantic import BaseModel, Field
from shapely.geometry.base import BaseGeometry

from services.contracts.derived import Ring
from services.contracts.reference import HotSpot
from services.ground.boundary import boundary_of, box_of
from services.ground.measures import area_m2, perimeter_m

_QUARTER_CIRCLE_SEGMENTS = 32
"""The catchment's area is right to 0.1 %."""
_FINE_DEG = 1e-9
_DRAWN_DEG = 1e-7
"""About a centimetre."""
_LEAST_M2 = 1.0
"""Neighbours that were drawn along one line overlap by less."""


class Overlap(BaseModel):
    """What a ring has in common with the same ring of another hot spot."""

    hotspot_id: str
    name: str
    ring: Ring
    area_m2: float
    share: float = Field(description="Of the ring that was tried, 0 to 1")


class Coverage(BaseModel):
    """The rings of a hot spot in square metres; the core is without what is excluded."""

    area_m2: float
    perimeter_m: float = Field(description="Of the core's outline, and of its holes")
    catchment: dict[str, Any] = Field(description="GeoJSON of the ring, which holds the core")
    catchment_area_m2: float
    overlaps: list[Overlap] = Field(description="Cores first, then catchments; the largest first")


class _Rings(NamedTuple):
    """Both rings in degrees."""

    core: BaseGeometry
    catchment: BaseGeometry


def coverage_of(hotspot: HotSpot, others: Sequence[HotSpot]) -> Coverage:
    """What a hot spot covers, beside ``others``."""
    rings = _rings_of(hotspot)
    drawn = shapely.set_precision(rings.catchment, _DRAWN_DEG)
    return Coverage(
        area_m2=area_m2(rings.core),
        perimeter_m=perimeter_m(rings.core),
        catchment=shapely.geometry.mapping(drawn),
        catchment_area_m2=area_m2(rings.catchment),
        overlaps=sorted(_overlaps(hotspot, rings, others), key=_order),
    )


def _rings_of(hotspot: HotSpot) -> _Rings:
    boundary = boundary_of(hotspot)
    catchment = boundary.catchment(_QUARTER_CIRCLE_SEGMENTS)
    return _Rings(
        boundary.in_degrees(boundary.core, _FINE_DEG), boundary.in_degrees(catchment, _FINE_DEG)
    )


def _overlaps(hotspot: HotSpot, rings: _Rings, others: Sequence[HotSpot]) -> Iterator[Overlap]:
    box = box_of(hotspot)
    for other in others:
        if not box.meets(box_of(other)):
            continue
        theirs = _rings_of(other)
        named: tuple[tuple[Ring, BaseGeometry, BaseGeometry], ...] = (
            ("core", rings.core, theirs.core),
            ("catchment", rings.catchment, theirs.catchment),
        )
        for ring, mine, their in named:
            common_m2 = area_m2(shapely.intersection(mine, their, grid_size=_FINE_DEG))
            if common_m2 >= _LEAST_M2:
                yield Overlap(
                    hotspot_id=other.hotspot_id,
                    name=other.name,
                    ring=ring,
                    area_m2=common_m2,
                    share=min(common_m2 / area_m2(mine), 1.0),
                )


def _order(overlap: Overlap) -> tuple[bool, float, str]:
    return overlap.ring != "core", -overlap.area_m2, overlap.hotspot_id
