"""A small seeded town whose officers walk in and out of hot spots, as telemetry.

Each ``beat`` is the records of one moment: a ping of every unit and a tick on every partition.
Fix times run faster than the clock, so that visits come and go within a short test.
"""

from __future__ import annotations

import math
from random import Random

from services.contracts.codec import encode
from services.contracts.reference import GeoJSON, HotSpot, key_of
from services.contracts.telemetry import Gps, Presence, Status, Tick
from services.contracts.topics import REFERENCE, TELEMETRY
from services.eventlog.port import NewRecord

M_PER_DEGREE = 111_320.0
CENTRE_LAT, CENTRE_LON = 53.480, -2.240
RADIUS_M = 120.0
SPACING_M = 800.0
INTERVAL_MS = 5_000


def _place(east_m: float, north_m: float) -> tuple[float, float]:
    """Longitude and latitude of a point this far from the centre of town."""
    lon = CENTRE_LON + east_m / (M_PER_DEGREE * math.cos(math.radians(CENTRE_LAT)))
    return round(lon, 7), round(CENTRE_LAT + north_m / M_PER_DEGREE, 7)


def _octagon(east_m: float, radius_m: float) -> GeoJSON:
    corners = [
        _place(east_m + radius_m * math.cos(k * math.pi / 4), radius_m * math.sin(k * math.pi / 4))
        for k in range(8)
    ]
    return {"type": "Polygon", "coordinates": [[*corners, corners[0]]]}


def hotspot(number: int, effective_from: int, *, radius_m: float = RADIUS_M) -> NewRecord:
    """The record that draws, or redraws, one hot spot of the row of them."""
    message = HotSpot(
        hotspot_id=f"hs-{number}",
        name=f"Hot spot {number}",
        geometry=_octagon(number * SPACING_M, radius_m),
        effective_from=effective_from,
        changed_by="test",
    )
    return NewRecord(REFERENCE.name, key_of(message).encode(), encode(message))


class Patrols:
    """``units`` radios around ``hotspots`` hot spots, from ``start`` (epoch ms) on."""

    def __init__(self, seed: int, *, start: int, units: int = 30, hotspots: int = 5) -> None:
        self._random = Random(seed)  # noqa: S311 - a seeded town, not a secret
        self._time = start
        self._hotspots = hotspots
        self._at = {f"r-{number:02}": self._corner() for number in range(units)}
        self._to = {radio_id: self._corner() for radio_id in self._at}

    def beat(self, partitions: int, reference_offset: int) -> list[NewRecord]:
        """The records of the next moment; of some radios only their presence, or nothing."""
        self._time += INTERVAL_MS
        records = [
            NewRecord(TELEMETRY.name, radio_id.encode(), encode(self._ping(radio_id)))
            for radio_id in self._at
            if self._random.random() > 0.05
        ]
        tick = Tick(instance="ingest-1", at=self._time, reference_offset=reference_offset)
        records += [
            NewRecord(TELEMETRY.name, b"ingest-1", encode(tick), partition)
            for partition in range(partitions)
        ]
        return records

    def _corner(self) -> tuple[float, float]:
        """Somewhere to be or to go, in metres: mostly in or about a hot spot."""
        middle = self._random.randrange(self._hotspots) * SPACING_M
        return self._random.gauss(middle, RADIUS_M), self._random.gauss(0.0, RADIUS_M)

    def _ping(self, radio_id: str) -> Gps | Presence | Status:
        east, north = self._walk(radio_id)
        draw, at = self._random.random(), self._time
        if draw < 0.03:
            return Presence(radio_id=radio_id, source="radios", received_at=at + 300)
        if draw < 0.06:
            return Status(
                radio_id=radio_id, source="radios", received_at=at + 300, status="on_patrol", at=at
            )
        lon, lat = _place(east + self._random.gauss(0, 6), north + self._random.gauss(0, 6))
        return Gps(
            radio_id=radio_id,
            source="radios",
            received_at=at + 300,
            lat=lat,
            lon=lon,
            fix_time=at,
            accuracy_m=9.0,
        )

    def _walk(self, radio_id: str) -> tuple[float, float]:
        """A step of at most 60 m towards where the unit is going, then somewhere else."""
        (east, north), (to_east, to_north) = self._at[radio_id], self._to[radio_id]
        left = math.hypot(to_east - east, to_north - north)
        if left < 1.0:
            self._to[radio_id] = self._corner()
            return east, north
        step = min(60.0, left) / left
        self._at[radio_id] = east + (to_east - east) * step, north + (to_north - north) * step
        return self._at[radio_id]
