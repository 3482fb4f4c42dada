"""A square hot spot of 150 m, and telemetry around it, by the metre and the second.

Places are metres east and north of the square's middle, times seconds after noon. The edge lies
75 m from the middle, and at a catchment of 100 m the catchment's edge 175 m.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, TypedDict, Unpack

import msgspec

from services.contracts.derived import Position, Progress, Visit
from services.contracts.reference import GeoJSON, HotSpot, Reference
from services.contracts.telemetry import Gps, Presence, Status, Telemetry, Tick
from services.geofence.emission import Output
from services.geofence.engine import Engine

NOON = 1_780_315_200_000
"""2026-06-01T12:00:00Z."""
LON, LAT = -1.9, 52.48
M_PER_LON, M_PER_LAT = 67_880.0, 111_260.0
"""Here, within 0.1 %."""


class Record(NamedTuple):
    """A record as the log gives it."""

    offset: int
    timestamp: int
    key: bytes | None = None
    value: bytes | None = None


def place(east_m: float, north_m: float) -> tuple[float, float]:
    """Longitude and latitude."""
    return LON + east_m / M_PER_LON, LAT + north_m / M_PER_LAT


def at(second: float) -> int:
    """Epoch milliseconds of a second after noon."""
    return NOON + round(second * 1000)


def box(west: float, south: float, east: float, north: float) -> dict[str, Any]:
    """A polygon from metres."""
    corners = [(west, south), (east, south), (east, north), (west, north), (west, south)]
    return {"type": "Polygon", "coordinates": [[place(*corner) for corner in corners]]}


SQUARE = box(-75, -75, 75, 75)


def hotspot(
    name: str = "hs-1", since: int = 0, geometry: GeoJSON = SQUARE, catchment_m: float = 100.0
) -> HotSpot:
    """A hot spot; the square unless ``geometry`` is given."""
    return HotSpot(
        hotspot_id=name,
        name=name,
        geometry=geometry,
        catchment_m=catchment_m,
        effective_from=since,
        changed_by="a",
    )


class Details(TypedDict, total=False):
    """What a fix may say otherwise than usual."""

    radio_id: str
    source: str
    received_at: int
    accuracy_m: float | None
    hdop: float
    speed_mps: float
    heading_deg: float
    message_id: str


def fix(second: float, east_m: float, north_m: float = 0.0, **more: Unpack[Details]) -> Gps:
    """A fix received when it was made, with a 68 % circle of 10 m."""
    lon, lat = place(east_m, north_m)
    said = {"radio_id": "r-1", "received_at": at(second), "accuracy_m": 10.0, **more}
    return msgspec.convert(
        {"kind": "gps", "source": "s", "lon": lon, "lat": lat, "fix_time": at(second), **said},
        Gps,
    )


def presence(second: float, radio_id: str = "r-1") -> Presence:
    """A radio heard without a position."""
    return Presence(radio_id=radio_id, source="s", received_at=at(second))


def status(second: float, word: str, received: float | None = None) -> Status:
    """A status of the radio."""
    heard = at(second if received is None else received)
    return Status(radio_id="r-1", source="s", status=word, at=at(second), received_at=heard)


def tick(second: float, reference_offset: int = 0, sources: dict[str, int] | None = None) -> Tick:
    """A tick."""
    return Tick(
        instance="i", at=at(second), reference_offset=reference_offset, sources=sources or {}
    )


def stamp(message: Telemetry) -> int:
    """When a message was appended: as soon as it was received."""
    return message.at if isinstance(message, Tick) else message.received_at


def records(messages: Sequence[Telemetry], start: int = 0) -> list[Record]:
    """Their records, one offset after the other."""
    return [Record(start + place, stamp(message)) for place, message in enumerate(messages)]


def anyone(_: str) -> bool:
    """Whoever it is, their key leads to the partition: there is no other."""
    return True


class Town:
    """An engine, its reference and its log, stepped a few messages at a time."""

    def __init__(self, *reference: Reference) -> None:
        self.engine = Engine(0, anyone)
        self.learned = 0
        self.taken = 0
        self.learn(*reference)

    def learn(self, *reference: Reference) -> None:
        """Teach it further records of ``reference``."""
        for message in reference:
            self.engine.learn(self.learned, message)
            self.learned += 1

    def step(self, *messages: Telemetry) -> list[Output]:
        """Everything that these messages give."""
        step = self.engine.step(records(messages, self.taken), messages)
        assert step.reference_wanted is None
        assert step.taken == len(messages)
        self.taken += len(messages)
        return step.outputs

    def visits(self, *messages: Telemetry, ring: str = "core") -> list[Visit]:
        """The visits to one ring among what these messages give."""
        return [
            output.message
            for output in self.step(*messages)
            if isinstance(output.message, Visit) and output.message.ring == ring
        ]

    def positions(self, *messages: Telemetry) -> list[Position | Progress]:
        """The positions and progress among what these messages give."""
        return [
            output.message
            for output in self.step(*messages)
            if isinstance(output.message, Position | Progress)
        ]
