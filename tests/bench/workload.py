"""The workload of the benchmarks: a force's radios reporting every few seconds, seeded.

400 hot spots of 64 vertices; 5,000 units, of whom 30 % are in or near a hot spot and wander
across its boundary, while the others walk or drive about a city 40 km wide.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from services.contracts.reference import HotSpot
from services.contracts.telemetry import Gps

HOTSPOTS = 400
VERTICES = 64
UNITS = 5_000
SHARE_NEAR = 0.3
INTERVAL_S = 5
START = 1_780_000_000_000
CITY_LAT, CITY_LON = 52.48, -1.90
CITY_M = 40_000.0
RADIUS_M = 120.0
WANDER_M = 90.0
WANDER_TAU_S = 60.0
GPS_ERROR_M = 6.0
M_PER_DEGREE = 111_320.0
SOURCE = "airwave"

Points = NDArray[np.float64]
"""East and north of the city's centre in metres, a row for each."""


def hot_spots(seed: int = 6) -> list[HotSpot]:
    """The hot spots, each a slightly uneven round of vertices."""
    random = np.random.default_rng(seed)
    return [
        HotSpot(
            hotspot_id=f"hs-{number:03}",
            name=f"Hot spot {number}",
            geometry={"type": "Polygon", "coordinates": [_boundary(middle, random)]},
            effective_from=0,
            changed_by="bench",
        )
        for number, middle in enumerate(_middles(seed))
    ]


def pings(count: int, seed: int = 6) -> Iterator[Gps]:
    """``count`` fixes, rounded down to whole seconds, in the order in which they were made.

    The first is made at ``START``; each unit has its own second of the interval.
    """
    random = np.random.default_rng(seed + 1)
    near = int(UNITS * SHARE_NEAR)
    homes = _middles(seed)[random.integers(0, HOTSPOTS, near)]
    wander = random.normal(0, WANDER_M, (near, 2))
    away = random.uniform(-CITY_M / 2, CITY_M / 2, (UNITS - near, 2))
    speed = random.choice([0.0, 1.4, 8.0, 13.0], UNITS - near, p=[0.25, 0.3, 0.25, 0.2])
    heading = random.uniform(0, 2 * math.pi, UNITS - near)
    keep = math.exp(-INTERVAL_S / WANDER_TAU_S)
    for second in range(count * INTERVAL_S // UNITS):
        if second % INTERVAL_S == 0:
            jolt = random.normal(0, WANDER_M * math.sqrt(1 - keep**2), (near, 2))
            wander = wander * keep + jolt
            heading += random.normal(0, 0.3, UNITS - near)
            step = np.column_stack([np.sin(heading), np.cos(heading)]) * speed[:, None]
            away = away + step * INTERVAL_S
            at = np.vstack([homes + wander, away]) + random.normal(0, GPS_ERROR_M, (UNITS, 2))
            degrees = _degrees(at)
        time = START + second * 1_000
        due = range(second % INTERVAL_S, UNITS, INTERVAL_S)
        yield from (_fix(unit, degrees[unit], time) for unit in due)


def _middles(seed: int) -> Points:
    random = np.random.default_rng(seed)
    return random.uniform(-CITY_M / 2, CITY_M / 2, (HOTSPOTS, 2))


def _boundary(middle: Points, random: np.random.Generator) -> list[tuple[float, float]]:
    angles = np.linspace(0, 2 * math.pi, VERTICES, endpoint=False)
    reach = RADIUS_M * random.uniform(0.8, 1.2, VERTICES)
    ring = middle + np.column_stack([np.cos(angles), np.sin(angles)]) * reach[:, None]
    corners = [(float(lon), float(lat)) for lon, lat in _degrees(ring)]
    return [*corners, corners[0]]


def _degrees(at: Points) -> Points:
    """Longitude and latitude, to the centimetre or so that radios send."""
    lon = CITY_LON + at[:, 0] / (M_PER_DEGREE * math.cos(math.radians(CITY_LAT)))
    lat = CITY_LAT + at[:, 1] / M_PER_DEGREE
    return np.column_stack([lon, lat]).round(7)


def _fix(unit: int, place: Points, time: int) -> Gps:
    return Gps(
        radio_id=f"T-{unit:05}",
        source=SOURCE,
        lat=float(place[1]),
        lon=float(place[0]),
        fix_time=time,
        received_at=time + 400,
        accuracy_m=9.0,
        speed_mps=1.4,
        heading_deg=float(unit % 360),
        battery_pct=80.0,
    )
