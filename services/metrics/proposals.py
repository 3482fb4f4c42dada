"""A place where radios are lost, as the blackspot that may be put into force, and why. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from statistics import median
from typing import Any, Literal

import shapely
import shapely.geometry
from typing_extensions import TypedDict  # pydantic refuses that of typing before Python 3.12

from services.contracts.reference import GeoJSON
from services.metrics.blackspots import Loss, Place
from services.metrics.mercator import shape_in_degrees
from services.metrics.resources import time_of

_GRID_DEG = 1e-7
"""About a centimetre."""


class EvidenceResource(TypedDict):
    """What speaks for a blackspot.

    ``median_lost_seconds`` is of the losses that are over. ``came_back`` counts those of the newest
    twenty after which the radio showed where it was, and ``came_back_near`` those after which that
    was within 250 m.
    """

    losses: int
    radios: int
    days: int
    last_lost_at: datetime
    median_lost_seconds: float | None
    came_back: int
    came_back_near: int


class ProposedProperties(TypedDict):
    """What a hot spot of the API says, and what speaks for it, which is left aside when put."""

    name: str
    type: Literal["blackspot"]
    catchment_m: float
    evidence: EvidenceResource


class ProposedFeature(TypedDict):
    """A GeoJSON Feature that can be put as a hot spot."""

    type: Literal["Feature"]
    id: str
    geometry: GeoJSON
    properties: ProposedProperties


class ProposedCollection(TypedDict):
    """A GeoJSON FeatureCollection."""

    type: Literal["FeatureCollection"]
    features: list[ProposedFeature]


def proposed(place: Place, came_back_near: Sequence[bool | None]) -> ProposedFeature:
    """A place as a blackspot; ``came_back_near`` says of some losses whether, None if not known.

    Id and name say where it is to a thousandth of a degree, so that they seldom change while
    losses come and go. The area is the reach itself, so it has no catchment around it.
    """
    north = f"{abs(place.middle.lat):.3f}{'N' if place.middle.lat >= 0 else 'S'}"
    east = f"{abs(place.middle.lon):.3f}{'E' if place.middle.lon >= 0 else 'W'}"
    return {
        "type": "Feature",
        "id": f"blackspot-{north}-{east}",
        "geometry": _drawn(place),
        "properties": {
            "name": f"Blackspot at {north} {east}",
            "type": "blackspot",
            "catchment_m": 0.0,
            "evidence": _evidence(place.losses, came_back_near),
        },
    }


def _evidence(losses: Sequence[Loss], came_back_near: Sequence[bool | None]) -> EvidenceResource:
    lasted = [(each.ended_at - each.since) / 1000 for each in losses if each.ended_at is not None]
    known = [each for each in came_back_near if each is not None]
    return {
        "losses": len(losses),
        "radios": len({each.radio_id for each in losses}),
        "days": len({each.day for each in losses}),
        "last_lost_at": time_of(max(each.since for each in losses)),
        "median_lost_seconds": median(lasted) if lasted else None,
        "came_back": len(known),
        "came_back_near": sum(known),
    }


def _drawn(place: Place) -> GeoJSON:
    drawn = shapely.set_precision(shape_in_degrees(place.area), _GRID_DEG)
    geometry: dict[str, Any] = shapely.geometry.mapping(drawn)
    return geometry
