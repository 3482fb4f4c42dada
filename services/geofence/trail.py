"""The trail: a unit's kept fixes, packed, in the order in which they were made.

Of each fix it keeps what its use depends on and no more: 56 bytes, where the message takes some
500. Fixes made at one time stand in the order of what they say, so that the order in which fixes
arrive leaves no trace.
"""

from __future__ import annotations

from array import array
from hashlib import blake2b
from math import inf
from typing import NamedTuple

from services.contracts.telemetry import Gps
from services.geofence.limits import METRES_PER_HDOP
from services.ground.boxes import Box

KEPT_MS = 600_000
"""How much older than its unit's newest fix a fix may be and still find its place at once."""
REPEATED_MS = 300_000
"""Within how long the same message id means the same message once more."""

_UNSAID = -1.0
_WIDTH = 7
_TIME, _LON, _LAT, _ACCURACY, _SPEED, _SOURCE, _MESSAGE = range(_WIDTH)


class _Row(NamedTuple):
    """A fix as it is kept. ``source`` is a place in the trail's list, ``message`` a digest."""

    fix_time: float
    lon: float
    lat: float
    accuracy_m: float
    speed_mps: float
    source: float
    message: float

    def rank(self) -> tuple[float, ...]:
        """Where it stands: by its time, and of one time the most accurate first."""
        return (self.fix_time, inf if self.accuracy_m == _UNSAID else self.accuracy_m, *self)


class Trail:
    """Kept fixes by place: 0 is the oldest."""

    __slots__ = ("_rows", "_sources", "newest")

    def __init__(self, rows: bytes = b"", sources: list[str] | None = None) -> None:
        self._rows = array("d", rows)
        self._sources = sources or []
        self.newest = self._rows[-_WIDTH] if self._rows else float("-inf")
        """When the newest was made."""

    def __len__(self) -> int:
        """How many fixes are kept."""
        return len(self._rows) // _WIDTH

    def packed(self) -> tuple[bytes, list[str]]:
        """What a trail is made of again."""
        return self._rows.tobytes(), self._sources

    def put(self, fix: Gps) -> int | None:
        """Put a fix in its place, and give that; None where the very same is there already."""
        row = self._row(fix)
        if row[_TIME] > self.newest:
            self._rows.extend(row)
            self.newest = row[_TIME]
            return len(self._rows) // _WIDTH - 1
        return self._insert(_Row(*row))

    def _insert(self, row: _Row) -> int | None:
        at = self.after(row.fix_time)
        rank = row.rank()
        while at and (before := self._at(at - 1)).fix_time == row.fix_time:
            if before == row:
                return None
            if before.rank() < rank:
                break
            at -= 1
        self._rows[at * _WIDTH : at * _WIDTH] = array("d", row)
        return at

    def repeats(self, at: int) -> bool:
        """Whether the fix there only repeats: an earlier place has its time or its message."""
        rows, start = self._rows, at * _WIDTH
        time = rows[start]
        if at and rows[start - _WIDTH] == time:
            return True
        message = rows[start + _MESSAGE]
        return message != 0 and message in rows[self._since(time) + _MESSAGE : start : _WIDTH]

    def has_source(self, source: str) -> bool:
        """Whether a fix came through a source."""
        return source in self._sources

    def box(self) -> Box | None:
        """Where its fixes lie; None where there are none."""
        if not self._rows:
            return None
        lon, lat = self._rows[_LON::_WIDTH], self._rows[_LAT::_WIDTH]
        return Box(min(lon), min(lat), max(lon), max(lat))

    def fixes(self, radio_id: str, start: int) -> list[Gps]:
        """The fixes from a place on, as far as they are kept, as received when they were made."""
        return [self._fix(radio_id, self._at(at)) for at in range(start, len(self))]

    def forget(self, time: float) -> None:
        """Drop the fixes made at or before a time."""
        del self._rows[: self.after(time) * _WIDTH]

    def after(self, time: float) -> int:
        """The place of the first fix made after a time."""
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if self._rows[middle * _WIDTH] <= time:
                low = middle + 1
            else:
                high = middle
        return low

    def _since(self, time: float) -> int:
        return self.after(time - REPEATED_MS - 1) * _WIDTH

    def _at(self, at: int) -> _Row:
        return _Row(*self._rows[at * _WIDTH : (at + 1) * _WIDTH])

    def _row(self, fix: Gps) -> tuple[float, ...]:
        source = fix.source
        if source not in self._sources:
            self._sources.append(source)
        accuracy_m, speed_mps, message = fix.accuracy_m, fix.speed_mps, fix.message_id
        if accuracy_m is None:
            accuracy_m = _UNSAID if fix.hdop is None else METRES_PER_HDOP * fix.hdop
        return (
            fix.fix_time,
            fix.lon,
            fix.lat,
            accuracy_m,
            _UNSAID if speed_mps is None else speed_mps,
            self._sources.index(source),
            0 if message is None else _digest(message),
        )

    def _fix(self, radio_id: str, row: _Row) -> Gps:
        return Gps(
            radio_id=radio_id,
            source=self._sources[int(row.source)],
            lat=row.lat,
            lon=row.lon,
            fix_time=int(row.fix_time),
            received_at=int(row.fix_time),
            accuracy_m=None if row.accuracy_m == _UNSAID else row.accuracy_m,
            speed_mps=None if row.speed_mps == _UNSAID else row.speed_mps,
        )


def _digest(message_id: str) -> int:
    """48 bits of a message id, never 0: exact as a float, and alike for two in none of our days."""
    return int.from_bytes(blake2b(message_id.encode(), digest_size=6).digest()) or 1
