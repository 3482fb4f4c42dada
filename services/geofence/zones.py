"""The zones: every version of every hot spot's boundary, found by place and time.

A version holds from its ``effective_from`` until the earliest ``effective_from`` of any later
version or deletion, since of two that claim a moment the one with the later offset wins. The index
is an R-tree over longitude, latitude and time in force: a boundary edit is one insertion and needs
no rebuild, and a late fix or a replay is judged by the boundary in force when it was made.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rtree.index import Index, Property

from services.contracts.reference import Deleted, HotSpot
from services.geofence.zone import ALWAYS, FOREVER, Zone, zone_of
from services.ground.boxes import Box
from services.ground.planes import Floats, Plane

TIME_SCALE = 1e-15
"""Milliseconds to the index's third axis: decades become about as long as a catchment is wide in
degrees. The tree splits by edge lengths, which times in milliseconds would drown."""
NODE_CAPACITY = 16
"""Twice as many lookups a second as rtree's default of 100 (docs/decisions/0003-zones.md)."""


class Columns(NamedTuple):
    """All zones as columns, by number.

    ``hollow`` says which have a void, and ``on`` is the place of each one's plane in ``planes``.
    """

    cores: NDArray[np.object_]
    voids: NDArray[np.object_]
    hollow: NDArray[np.bool_]
    catchments_m: Floats
    boxes: Floats
    on: NDArray[np.intp]
    planes: list[Plane]


class Zones:
    """All zones by number, and the index over them."""

    def __init__(self) -> None:
        self.all: list[Zone] = []
        self._by_hotspot: dict[str, list[Zone]] = {}
        self._changes = [ALWAYS, FOREVER]
        self._columns: Columns | None = None
        self._index = Index(
            properties=Property(
                dimension=3,
                leaf_capacity=NODE_CAPACITY,
                index_capacity=NODE_CAPACITY,
                near_minimum_overlap_factor=NODE_CAPACITY - 1,
            )
        )

    def draw(self, version: int, hotspot: HotSpot) -> None:
        """Take a new version of a hot spot; it wins from its ``effective_from`` on."""
        self._supersede(hotspot.hotspot_id, hotspot.effective_from)
        zone = zone_of(len(self.all), version, hotspot)
        self.all.append(zone)
        self._by_hotspot.setdefault(hotspot.hotspot_id, []).append(zone)
        self._index.insert(zone.number, _axes(zone))
        self._columns = None

    def erase(self, deleted: Deleted) -> None:
        """Take the deletion of a hot spot: from its ``effective_from`` on there is none."""
        self._supersede(deleted.id, deleted.effective_from)

    def boxes(self, hotspot_id: str) -> list[Box]:
        """The boxes of every version of a hot spot."""
        return [zone.box for zone in self._by_hotspot.get(hotspot_id, [])]

    def holds(self, hotspot_id: str, at: int) -> bool:
        """Whether any version of a hot spot is in force at a time."""
        return any(zone.since <= at < zone.until for zone in self._by_hotspot.get(hotspot_id, []))

    def interval(self, at: int) -> tuple[int, int]:
        """The stretch ``[since, until)`` around a time in which no zone begins or ends."""
        later = bisect_right(self._changes, at)
        return self._changes[later - 1], self._changes[later]

    def touching(self, boxes: Sequence[Box], times: Sequence[int]) -> list[list[Zone]]:
        """For each box: the zones in force at its time whose own box it touches, by number."""
        asked = np.array(boxes)
        at = np.array(times) * TIME_SCALE
        found, counts = self._index.intersection_v(  # type: ignore[no-untyped-call]  # rtree's
            np.column_stack((asked[:, :2], at)), np.column_stack((asked[:, 2:], at))
        )
        numbers = iter(found.tolist())
        return [
            [
                zone
                for number in sorted(next(numbers) for _ in range(count))
                if (zone := self.all[number]).since <= time < zone.until
            ]
            for count, time in zip(counts.tolist(), times, strict=True)
        ]

    def columns(self) -> Columns:
        """The zones as columns."""
        if self._columns is None:
            planes = list({zone.plane: None for zone in self.all})
            self._columns = Columns(
                cores=np.array([zone.core for zone in self.all], dtype=object),
                voids=np.array([zone.void for zone in self.all], dtype=object),
                hollow=np.array([zone.void is not None for zone in self.all]),
                catchments_m=np.array([zone.catchment_m for zone in self.all]),
                boxes=np.array([zone.box for zone in self.all]),
                on=np.array([planes.index(zone.plane) for zone in self.all]),
                planes=planes,
            )
        return self._columns

    def _supersede(self, hotspot_id: str, since: int) -> None:
        insort(self._changes, since)
        for zone in self._by_hotspot.get(hotspot_id, []):
            if since < zone.until and zone.since < zone.until:
                self._index.delete(zone.number, _axes(zone))
                zone.until = since
                if zone.since < since:
                    self._index.insert(zone.number, _axes(zone))


def _axes(zone: Zone) -> tuple[float, ...]:
    """A zone's box in the index: the least, then the greatest of longitude, latitude and time."""
    west, south, east, north = zone.box
    return (west, south, zone.since * TIME_SCALE, east, north, zone.until * TIME_SCALE)
