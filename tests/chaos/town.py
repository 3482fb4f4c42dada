"""The officers of a small town, as the systems of their radios post them."""

from __future__ import annotations

from itertools import count
from typing import Any

from services.contracts.codec import decode
from services.contracts.reference import HotSpot
from services.contracts.telemetry import Gps, Presence
from services.contracts.topics import REFERENCE, TELEMETRY
from services.ingest.times import rfc3339
from tests.support.patrols import INTERVAL_MS, Patrols, hotspot

Ping = dict[str, Any]
UNITS = 50
HOTSPOTS = 5


class Town:
    """Officers who walk in and out of a row of hot spots from ``start`` (epoch ms) on."""

    def __init__(self, seed: int, start: int) -> None:
        self._patrols = Patrols(seed, start=start, units=UNITS, hotspots=HOTSPOTS)
        self._numbers = count()
        self.now = start
        """The town's own time."""

    def beat(self) -> list[Ping]:
        """What is posted of the next moment: a ping of almost every unit, each with its own id."""
        self.now += INTERVAL_MS
        told = [
            decode(TELEMETRY.name, record.value) for record in self._patrols.beat(0, 0)
        ]  # of no partitions: ticks are the affair of ingest
        return [
            _ping(message, f"m-{next(self._numbers)}")
            for message in told
            if isinstance(message, Gps | Presence)
        ]


def feature(number: int, effective_from: int, radius_m: float) -> dict[str, Any]:
    """One hot spot of the row, as it is drawn through the API."""
    drawn = decode(REFERENCE.name, hotspot(number, effective_from, radius_m=radius_m).value)
    assert isinstance(drawn, HotSpot)
    return {
        "type": "Feature",
        "geometry": drawn.geometry,
        "properties": {"name": drawn.name, "effective_from": rfc3339(drawn.effective_from)},
    }


def _ping(message: Gps | Presence, message_id: str) -> Ping:
    ping: Ping = {"radio_id": message.radio_id, "message_id": message_id}
    if isinstance(message, Presence):
        return ping | {"kind": "radio"}
    return ping | {
        "kind": "gps",
        "lat": message.lat,
        "lon": message.lon,
        "fix_time": message.fix_time,
        "accuracy_m": message.accuracy_m,
    }
