"""Packed fixes: of each what its use depends on and no more, 72 bytes where a message takes 500."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from hashlib import blake2b
from math import isnan, nan

from services.contracts.telemetry import Gps

_WIDTH = 9


class PackedFixes:
    """Fixes of one radio, in the order in which they were put."""

    __slots__ = ("_rows", "_sources")

    def __init__(self) -> None:
        self._rows = array("d")
        self._sources: dict[str, int] = {}

    def put(self, fix: Gps) -> None:
        """Put one more."""
        self._rows.extend(
            (
                fix.fix_time,
                fix.received_at,
                fix.lon,
                fix.lat,
                _number(fix.accuracy_m),
                _number(fix.hdop),
                _number(fix.speed_mps),
                self._sources.setdefault(fix.source, len(self._sources)),
                nan if fix.message_id is None else _digest(fix.message_id),
            )
        )

    def fixes(self, radio_id: str) -> Iterator[Gps]:
        """The fixes; a message id is a digest, good for telling repeats and nothing else."""
        sources = list(self._sources)
        rows = self._rows
        for start in range(0, len(rows), _WIDTH):
            fix_time, received_at, lon, lat, accuracy, hdop, speed, source, message = rows[
                start : start + _WIDTH
            ]
            yield Gps(
                radio_id=radio_id,
                source=sources[int(source)],
                lat=lat,
                lon=lon,
                fix_time=int(fix_time),
                received_at=int(received_at),
                accuracy_m=_said(accuracy),
                hdop=_said(hdop),
                speed_mps=_said(speed),
                message_id=None if isnan(message) else f"{int(message):012x}",
            )


def _number(value: float | None) -> float:
    return nan if value is None else value


def _said(value: float) -> float | None:
    return None if isnan(value) else value


def _digest(message_id: str) -> int:
    """48 bits of a message id: exact as a float, and alike for two in none of our days."""
    return int.from_bytes(blake2b(message_id.encode(), digest_size=6).digest())
