"""Fenbridge: a small town that exists in no atlas, drawn from a seed.

Its streets are a slightly irregular grid on open fenland in Lincolnshire, so that no real place
is called a hot spot. Its hot spots are of the shapes that forces draw: squares, a street, an L
around a corner, a park, a forecourt.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from shapely import LineString, MultiPoint, Polygon, transform, unary_union
from shapely import Point as Coordinates
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from services.simulator.streets import Point, Streets

CENTRE_LAT, CENTRE_LON = 52.83, -0.07
_COLUMNS, _ROWS = 8, 6
_BLOCK_M = 130.0
_MISSING_SHARE = 0.2
_QUIET_M = 20.0
_EARTH_RADIUS_M = 6_371_008.8

Crossing = tuple[int, int]
"""Column and row in the grid of crossings, counted from the south-west."""
Stretch = frozenset[int]


@dataclass(frozen=True, slots=True)
class HotSpot:
    """A hot spot and its beat: the corners that an officer patrols without leaving it."""

    hotspot_id: str
    name: str
    beat: frozenset[int]
    outline: BaseGeometry


@dataclass(frozen=True, slots=True)
class Town:
    """Streets, hot spots, and what the streets do to a radio.

    The corners that are ``quiet`` lie well away from every hot spot, and hang together. Below
    ``underpass`` no radio is heard; between the high walls of ``canyons`` a GPS position is several
    times worse than elsewhere. ``park`` is the green inside its ring of streets.
    """

    streets: Streets
    hotspots: tuple[HotSpot, ...]
    underpass: frozenset[Stretch]
    canyons: frozenset[Stretch]
    quiet: frozenset[int]
    park: Polygon


@dataclass(frozen=True, slots=True)
class _Plan:
    hotspot_id: str
    name: str
    through: tuple[Crossing, ...]
    shape: Callable[[list[Point]], BaseGeometry]


def _around(points: list[Point]) -> BaseGeometry:
    """The upright rectangle around a crossing's arms: a square in the town's sense."""
    return MultiPoint(points).envelope.buffer(10, join_style="mitre")


def _rounded(points: list[Point]) -> BaseGeometry:
    """What lies between the arms of a crossing, with round corners."""
    return MultiPoint(points).convex_hull.buffer(18, quad_segs=3)


def _along(points: list[Point]) -> BaseGeometry:
    """The street itself, from wall to wall."""
    return LineString(points).buffer(24, cap_style="square", join_style="mitre")


def _enclosed(points: list[Point]) -> BaseGeometry:
    """The block inside a ring of streets, and those streets."""
    return Polygon(points).buffer(12, join_style="mitre")


_PLANS = (
    _Plan("market-square", "Market Square", ((4, 3),), _around),
    _Plan("high-street", "High Street", ((1, 2), (2, 2), (3, 2)), _along),
    _Plan("station-road", "Station Road and Mill Lane", ((6, 0), (6, 1), (5, 1)), _along),
    _Plan("priory-park", "Priory Park", ((1, 4), (2, 4), (2, 5), (1, 5), (1, 4)), _enclosed),
    _Plan("bus-station", "Bus Station", ((6, 4),), _rounded),
)
_CANYON = "high-street"
_PARK = "priory-park"
_HALF_STREET_M = 8.0
_UNDERPASS: tuple[Crossing, Crossing] = ((2, 3), (3, 3))


def build(seed: int) -> Town:
    """The town of that seed: the same each time."""
    rng = np.random.default_rng([seed, 0])
    grid = _Grid(rng)
    hotspots = tuple(_hotspot(plan, grid) for plan in _PLANS)
    canyon = next(each.beat for each in hotspots if each.hotspot_id == _CANYON)
    below = grid.halves(*_UNDERPASS)
    return Town(
        streets=grid.streets,
        hotspots=hotspots,
        underpass=frozenset(below),
        canyons=frozenset(
            frozenset(stretch) for stretch in grid.streets.stretches if canyon.issuperset(stretch)
        ),
        quiet=_quiet(grid.streets, hotspots, below[0] & below[1]),
        park=_park(grid),
    )


class _Grid:
    """Crossings a block apart, give or take; each street between two of them is in two halves."""

    def __init__(self, rng: np.random.Generator) -> None:
        corners = [
            Point(
                (column - (_COLUMNS - 1) / 2) * _BLOCK_M + rng.uniform(-18, 18),
                (row - (_ROWS - 1) / 2) * _BLOCK_M + rng.uniform(-18, 18),
            )
            for row in range(_ROWS)
            for column in range(_COLUMNS)
        ]
        self._middles: dict[Stretch, int] = {}
        stretches: list[tuple[int, int]] = []
        for a, b in self._streets(rng):
            middle = len(corners)
            corners.append(corners[a].towards(corners[b], 0.5))
            self._middles[frozenset((a, b))] = middle
            stretches += [(a, middle), (middle, b)]
        self.streets = Streets(corners, stretches)

    def _streets(self, rng: np.random.Generator) -> Iterator[tuple[int, int]]:
        """Every street along a row, and most of those between rows.

        The first and the last column are whole, so every place can be reached.
        """
        for row in range(_ROWS):
            for column in range(_COLUMNS - 1):
                yield self.at((column, row)), self.at((column + 1, row))
        planned = {
            frozenset(map(self.at, pair)) for plan in _PLANS for pair in pairwise(plan.through)
        }
        for row in range(_ROWS - 1):
            for column in range(_COLUMNS):
                street = self.at((column, row)), self.at((column, row + 1))
                built = rng.random() > _MISSING_SHARE or column in (0, _COLUMNS - 1)
                if built or frozenset(street) in planned:
                    yield street

    @staticmethod
    def at(crossing: Crossing) -> int:
        """The corner's number."""
        column, row = crossing
        return row * _COLUMNS + column

    def halves(self, a: Crossing, b: Crossing) -> tuple[Stretch, Stretch]:
        """The two halves of the street between neighbouring crossings."""
        first, last = self.at(a), self.at(b)
        middle = self._middles[frozenset((first, last))]
        return frozenset((first, middle)), frozenset((middle, last))

    def beat(self, through: tuple[Crossing, ...]) -> list[int]:
        """The corners along a way, in order; of a single crossing, it and its half streets."""
        if len(through) == 1:
            crossing = self.at(through[0])
            return [crossing, *self.streets.neighbours[crossing]]
        corners = [self.at(through[0])]
        for a, b in pairwise(through):
            corners += [self._middles[frozenset((self.at(a), self.at(b)))], self.at(b)]
        return corners


def _hotspot(plan: _Plan, grid: _Grid) -> HotSpot:
    beat = grid.beat(plan.through)
    outline = plan.shape([grid.streets.corners[corner] for corner in beat])
    return HotSpot(plan.hotspot_id, plan.name, frozenset(beat), outline)


def _park(grid: _Grid) -> Polygon:
    plan = next(each for each in _PLANS if each.hotspot_id == _PARK)
    block = Polygon([grid.streets.corners[corner] for corner in grid.beat(plan.through)])
    return block.buffer(-_HALF_STREET_M, join_style="mitre")


def _quiet(
    streets: Streets, hotspots: tuple[HotSpot, ...], below: frozenset[int]
) -> frozenset[int]:
    """The largest part of the town that can be walked without coming near a hot spot or ``below``.

    Nobody lingers in an underpass.
    """
    near = unary_union([hotspot.outline for hotspot in hotspots]).buffer(_QUIET_M)
    far = {
        corner
        for corner, point in enumerate(streets.corners)
        if corner not in below and not near.intersects(Coordinates(point))
    }
    return streets.largest_part(far)


def geographic(point: Point) -> tuple[float, float]:
    """Latitude and longitude of a place in the town (WGS 84, on a sphere)."""
    lat = CENTRE_LAT + math.degrees(point.y / _EARTH_RADIUS_M)
    east = point.x / (_EARTH_RADIUS_M * math.cos(math.radians(CENTRE_LAT)))
    return round(lat, 7), round(CENTRE_LON + math.degrees(east), 7)


def on_earth(shape: BaseGeometry) -> dict[str, Any]:
    """A shape of the town as a GeoJSON geometry."""
    return mapping(
        transform(
            shape, lambda places: np.array([geographic(Point(x, y))[::-1] for x, y in places])
        )
    )


def feature(hotspot: HotSpot, effective_from: str) -> dict[str, Any]:
    """The hot spot as the GeoJSON Feature that ``PUT /v1/hotspots`` takes."""
    return {
        "type": "Feature",
        "id": hotspot.hotspot_id,
        "geometry": on_earth(hotspot.outline),
        "properties": {
            "name": hotspot.name,
            "catchment_m": 50,
            "effective_from": effective_from,
        },
    }
