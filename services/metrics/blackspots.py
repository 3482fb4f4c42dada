"""Places where radios are lost again and again: what may be a blackspot. Pure.

1. Around each loss a circle of 75 m is drawn: about what an officer walks between two pings, and so
   how far apart two radios may be heard last that went down the same steps.
2. The circle counts where it holds five losses by three radios on three days or more. One radio
   that stands and fails, or one bad evening, makes no place.
3. Circles that count and overlap are one place, and the losses in them are its losses.
4. A place is left out when each of its losses lies where a known blackspot would explain it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import shapely
import shapely.geometry
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from services.contracts.days import Days
from services.contracts.derived import Signal
from services.contracts.reference import HotSpot
from services.metrics.episodes import Episode, silent_since
from services.metrics.mercator import MOST_LAT, scale_at, shape_on_plane, to_plane

REACH_M = 75.0
LEAST_LOSSES = 5
LEAST_RADIOS = 3
LEAST_DAYS = 3

_DRAWN_M = REACH_M + 1.0
"""So that a circle drawn with straight lines still holds all that is within reach."""
_QUARTER_CIRCLE_SEGMENTS = 8

Indices = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Loss:
    """A radio that was heard last at a place, in WGS 84 degrees, on a local day.

    It was not heard from ``since`` until ``ended_at``, in epoch milliseconds; None while it goes
    on. It was told to be lost at ``declared_at``.
    """

    episode_id: str
    radio_id: str
    lat: float
    lon: float
    day: date
    since: int
    declared_at: int
    ended_at: int | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where radios are lost: an area on the Mercator plane, and the loss nearest its middle."""

    area: BaseGeometry
    middle: Loss
    losses: tuple[Loss, ...]


def losses_of(episodes: Iterable[Episode], days: Days) -> list[Loss]:
    """The losses among some episodes that nothing but the place itself may explain."""
    found = (_loss_of(each.signal, days) for each in episodes)
    return [each for each in found if each is not None]


def places_of(losses: Iterable[Loss], known: Iterable[HotSpot]) -> list[Place]:
    """Where losses cluster and no known blackspot explains all of them, most losses first."""
    ordered = sorted(losses, key=lambda each: (each.lat, each.lon, each.episode_id))
    if not ordered:
        return []
    field = _Field(ordered)
    explained = field.lie_in(known)
    centres = field.centres()
    places = []
    for area in field.areas(centres):
        inside = centres[shapely.contains(area, field.points[centres])]
        members = field.within_reach_of(inside)
        if not explained[members].all():
            nearest = np.argmin(shapely.distance(field.points[inside], area.centroid))
            place = Place(area, ordered[inside[nearest]], tuple(ordered[each] for each in members))
            places.append(place)
    return sorted(places, key=lambda place: len(place.losses), reverse=True)


class _Field:
    """Losses as points on the plane; a loss is named by its index."""

    def __init__(self, losses: Sequence[Loss]) -> None:
        degrees = np.array([(each.lon, each.lat) for each in losses])
        self._scale = scale_at(degrees[:, 1])
        self.points: NDArray[np.object_] = np.asarray(shapely.points(to_plane(degrees)))
        self._radios = _numbered([each.radio_id for each in losses])
        self._days = _numbered([each.day for each in losses])

    def centres(self) -> Indices:
        """The losses whose circles make a place."""
        tree = shapely.STRtree(self.points)
        found = []
        for centre, point in enumerate(self.points):
            reach = REACH_M * self._scale[centre]
            around = tree.query(point, predicate="dwithin", distance=reach)
            if self._is_more_than_chance(around):
                found.append(centre)
        return np.array(found, dtype=np.int64)

    def within_reach_of(self, centres: Indices) -> Indices:
        """The losses in the circles around these."""
        away = shapely.distance(self.points, shapely.MultiPoint(list(self.points[centres])))
        return np.flatnonzero(away <= REACH_M * self._scale)

    def areas(self, centres: Indices) -> Sequence[BaseGeometry]:
        """What the circles around these losses cover, each connected part by itself."""
        radii = _DRAWN_M * self._scale[centres]
        circles = shapely.buffer(self.points[centres], radii, quad_segs=_QUARTER_CIRCLE_SEGMENTS)
        return list(shapely.get_parts(shapely.union_all(circles)))

    def lie_in(self, blackspots: Iterable[HotSpot]) -> NDArray[np.bool_]:
        """Which losses lie in one of these, or within its ``catchment_m``."""
        lie = np.zeros(len(self.points), dtype=np.bool_)
        for each in blackspots:
            reach = each.catchment_m * self._scale
            lie |= shapely.distance(self.points, _drawn(each)) <= reach
        return lie

    def _is_more_than_chance(self, losses: Indices) -> bool:
        """Whether losses near each other are not of one bad radio or evening."""
        radios = int(np.count_nonzero(np.bincount(self._radios[losses])))
        days = int(np.count_nonzero(np.bincount(self._days[losses])))
        return len(losses) >= LEAST_LOSSES and radios >= LEAST_RADIOS and days >= LEAST_DAYS


def _numbered(names: Sequence[str] | Sequence[date]) -> Indices:
    """For each name a number that stands for it."""
    numbers: dict[str | date, int] = {}
    return np.array([numbers.setdefault(each, len(numbers)) for each in names], dtype=np.int64)


def _drawn(blackspot: HotSpot) -> BaseGeometry:
    """A blackspot on the plane, without what it excludes."""
    excluded = [shapely.geometry.shape(each) for each in blackspot.excludes]
    core = shapely.difference(
        shapely.geometry.shape(blackspot.geometry), shapely.union_all(excluded)
    )
    return shape_on_plane(core)


def _loss_of(signal: Signal, days: Days) -> Loss | None:
    """The loss that an episode tells of; None where it is none, or has nothing to do with where."""
    if signal.type != "lost" or signal.radio_id is None:
        return None
    by_a_blackspot = signal.cause == "explained" and (signal.reason or "").startswith("blackspot ")
    if signal.cause != "unexpected" and not by_a_blackspot:
        return None
    if signal.lat is None or signal.lon is None or abs(signal.lat) > MOST_LAT:
        return None
    since = silent_since(signal)
    return Loss(
        episode_id=signal.episode_id,
        radio_id=signal.radio_id,
        lat=signal.lat,
        lon=signal.lon,
        day=days.day_of(since),
        since=since,
        declared_at=signal.declared_at,
        ended_at=signal.ended_at,
    )
