"""Where a radio is, by the mast that serves it or else by its position; who is near whom. Pure."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from math import cos, floor, hypot, inf, radians
from typing import Generic, NamedTuple, TypeVar

NEAR_M = 300.0
METRES_PER_DEGREE = 111_320.0
"""Of latitude, to within half a percent."""
_BAND_DEG = NEAR_M / 110_000.0
"""A little over 300 m of latitude, so that what is near lies in the same band or the next."""

Item = TypeVar("Item")


class Place(NamedTuple):
    """A mast, degrees in WGS 84, both or neither."""

    cell_id: str | None = None
    lat: float | None = None
    lon: float | None = None


def metres_between(one: Place, other: Place) -> float:
    """How far two places are apart, on a plane; infinite where one of them has no position."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return inf
    north = other.lat - one.lat
    east = (other.lon - one.lon) * cos(radians((one.lat + other.lat) / 2))
    return hypot(north, east) * METRES_PER_DEGREE


def is_there(place: Place, other: Place) -> bool:
    """Whether ``other`` is on the mast of ``place``, or within 300 m where that knows no mast."""
    if place.cell_id is not None:
        return other.cell_id == place.cell_id
    return metres_between(place, other) <= NEAR_M


def middle_of(places: Iterable[Place]) -> Place:
    """The middle of the positions, on no mast."""
    known = [(each.lat, each.lon) for each in places if each.lat is not None]
    if not known:
        return Place()
    lats = [lat for lat, _ in known]
    lons = [lon for _, lon in known if lon is not None]
    return Place(None, sum(lats) / len(lats), sum(lons) / len(lons))


class Nearby(Generic[Item]):
    """Items found by place and time, without looking at all of them."""

    def __init__(self) -> None:
        self._found: dict[str | int, list[tuple[int, int, Item]]] = {}
        self._added = 0

    def add(self, place: Place, at: int, item: Item) -> None:
        """Put an item at a place and a time."""
        self._added += 1
        keys = [place.cell_id, _band(place)]
        for key in keys:
            if key is not None:
                insort(self._found.setdefault(key, []), (at, self._added, item))

    def around(self, place: Place, since: int) -> Iterator[Item]:
        """Items that may be there, from a time on, in order of it: at least those that are."""
        for key in _keys_around(place):
            found = self._found.get(key, [])
            for at in range(bisect_left(found, (since,)), len(found)):
                yield found[at][2]

    def forget(self, kept_from: int) -> None:
        """Drop what was before a time."""
        for key, found in list(self._found.items()):
            del found[: bisect_left(found, (kept_from,))]
            if not found:
                del self._found[key]


def _band(place: Place) -> int | None:
    return None if place.lat is None else floor(place.lat / _BAND_DEG)


def _keys_around(place: Place) -> list[str | int]:
    if place.cell_id is not None:
        return [place.cell_id]
    band = _band(place)
    return [] if band is None else [band - 1, band, band + 1]
