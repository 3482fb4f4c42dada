"""What stepsix itself says of a day: the fixes go through the same steps as a force's own."""

from __future__ import annotations

from typing import NamedTuple

from services.contracts.reference import HotSpot, Source
from services.contracts.telemetry import Gps
from services.geofence.account import account
from services.geofence.survey import Surveyor
from tests.support.square import LAT, LON, M_PER_LAT, M_PER_LON, NOON
from tests.truth.gps import Track
from tests.truth.shapes import Shape

DAWN = NOON - 4 * 3_600_000
"""When a day of a world begins: at eight, so that it ends in daylight and on the hour."""
RADIO, SOURCE, HOT_SPOT = "r-1", "s", "hs-1"


class Bounds(NamedTuple):
    """Time in the hot spot, in seconds."""

    low: float
    estimate: float
    high: float


def surveyor_for(shape: Shape, refresh_s: int) -> Surveyor:
    """What a force sets up for it: the boundary, and how often its radios report."""
    surveyor = Surveyor()
    surveyor.learn(
        0,
        Source(
            source=SOURCE,
            name=SOURCE,
            effective_from=0,
            changed_by="a",
            expected_interval_s=refresh_s,
        ),
    )
    surveyor.learn(
        1,
        HotSpot(
            hotspot_id=HOT_SPOT,
            name=shape.name,
            geometry=shape.geometry(),
            effective_from=0,
            changed_by="a",
        ),
    )
    return surveyor


def minutes_of(shape: Shape, track: Track, refresh_s: int, seconds: int) -> Bounds:
    """The day's time in the core: the sum of its timesheets, estimate and bounds."""
    until = DAWN + seconds * 1000
    sheets = account(surveyor_for(shape, refresh_s), RADIO, fixes_of(track), until).timesheets
    cores = [sheet.hotspots[HOT_SPOT].core for sheet in sheets if HOT_SPOT in sheet.hotspots]
    return Bounds(
        low=sum(core.low_ms for core in cores) / 1000,
        estimate=sum(core.estimate_ms for core in cores) / 1000,
        high=sum(core.high_ms for core in cores) / 1000,
    )


def fixes_of(track: Track) -> list[Gps]:
    """The fixes as messages, received when they were made."""
    lons = (LON + track.east_m / M_PER_LON).tolist()
    lats = (LAT + track.north_m / M_PER_LAT).tolist()
    times = (DAWN + 1000 * track.at_s).tolist()
    return [
        Gps(
            radio_id=RADIO,
            source=SOURCE,
            lon=lon,
            lat=lat,
            fix_time=at,
            received_at=at,
            accuracy_m=accuracy_m,
        )
        for lon, lat, at, accuracy_m in zip(
            lons, lats, times, track.accuracy_m.tolist(), strict=True
        )
    ]
