"""The engine's books: its units, who was heard of late, and how each stands to its snapshot.

A unit that was restored from a snapshot may be ahead of the engine: what it has seen already is
passed over for it, until the engine has caught up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from services.contracts.telemetry import Gps, Presence, Status, Telemetry
from services.eventlog.port import LogRecord
from services.geofence import snapshots
from services.geofence.emission import Beat
from services.geofence.unit import Unit

FORGOTTEN_AFTER_MS = 24 * 3_600_000
"""How long a unit is kept that is not heard, in log time."""


@dataclass(slots=True, eq=False)
class Track:
    """A unit, and how it stands to its snapshots.

    ``seen`` is the offset below which a restored unit has taken every record, ``saved`` that of
    its last record when it was last written to a snapshot, -1 where a tick has changed it since.
    """

    unit: Unit
    seen: int = 0
    saved: int = -1


class Books:
    """All units of a partition, by radio; ``second`` is the engine's beat of seconds."""

    def __init__(self, second: Beat) -> None:
        self.tracks: dict[str, Track] = {}
        self._second = second
        self._fresh: list[Unit] = []
        self._seen = 0

    def heard(self, message: Gps | Presence | Status, offset: int, time: int) -> Unit:
        """The unit that a record at ``offset`` is of, heard at engine time ``time``."""
        track = self.tracks.get(message.radio_id)
        if track is None:
            unit = Unit(
                radio_id=message.radio_id,
                source=message.source,
                heard_at=message.received_at,
                as_of=time,
                offset=offset,
                last=message,
            )
            self.tracks[message.radio_id] = Track(unit)
            self._fresh.append(unit)
            return unit
        unit = track.unit
        self._touch(unit, offset)
        unit.source = message.source
        unit.heard_at = message.received_at
        unit.as_of = time
        unit.last = message
        return unit

    def spoken_of(self, status: Status, offset: int, time: int) -> Unit:
        """The unit that a status is about; a control room's word about a radio is no sign of it."""
        track = self.tracks.get(status.radio_id)
        if track is None or track.unit.source == status.source:
            return self.heard(status, offset, time)
        track.unit.told_of = time
        self._touch(track.unit, offset)
        return track.unit

    def take_fresh(self, offset: int) -> list[Unit]:
        """Those heard since the tick that began the last second, up to the one at ``offset``."""
        fresh, self._fresh = self._fresh, [unit for unit in self._fresh if unit.offset > offset]
        return sorted(fresh, key=lambda unit: unit.radio_id)

    def not_seen(
        self, records: Sequence[LogRecord], messages: Sequence[Telemetry]
    ) -> Sequence[Telemetry | None]:
        """The messages, without those that restored units have taken already."""
        if not records or records[0].offset >= self._seen:
            return messages
        return [
            None if self._has_seen(message, record.offset) else message
            for record, message in zip(records, messages, strict=True)
        ]

    def put(self, radio_id: str, seen: int, unit: Unit) -> None:
        """Put a unit back as it was when every record below ``seen`` had been taken."""
        self.tracks[radio_id] = Track(unit, seen, unit.offset)
        if unit.offset > self._second.offset:
            self._fresh.append(unit)
        self._seen = max(self._seen, seen)

    def snapshot(self, radio_id: str) -> bytes:
        """A unit's state; it counts as unchanged from now on."""
        track = self.tracks[radio_id]
        track.saved = track.unit.offset
        return snapshots.encode(track.unit)

    def changed(self) -> list[str]:
        """The units changed since each was last written to a snapshot."""
        tracks = self.tracks.items()
        return [radio_id for radio_id, track in tracks if track.saved != track.unit.offset]

    def silent(self, time: int) -> list[str]:
        """The units of which nothing came for so long that they are forgotten at ``time``, in order.

        A word of others about a unit counts, too: what is forgotten then is the same whether a
        restore knew the unit of before or begins it at that word.
        """
        horizon = time - FORGOTTEN_AFTER_MS
        units = ((radio_id, track.unit) for radio_id, track in self.tracks.items())
        return sorted(
            radio_id for radio_id, unit in units if max(unit.as_of, unit.told_of) < horizon
        )

    def open_visits(self) -> set[str]:
        """The ids of the visits that go on."""
        return {
            stay.visit_id
            for track in self.tracks.values()
            for stay in track.unit.course.stays.values()
            if stay.left_at is None
        }

    def tell_again(self, offset: int) -> None:
        """Have all that is under way told at the next tick of a minute, as if changed there."""
        for track in self.tracks.values():
            course = track.unit.course
            for stay in course.stays.values():
                stay.changed = offset
            if course.sheet is not None:
                course.sheet.changed = offset
            track.saved = -1

    def _touch(self, unit: Unit, offset: int) -> None:
        if unit.offset <= self._second.offset:
            self._fresh.append(unit)
        unit.offset = offset

    def _has_seen(self, message: Telemetry, offset: int) -> bool:
        if not isinstance(message, Gps | Presence | Status):
            return False
        track = self.tracks.get(message.radio_id)
        return track is not None and offset < track.seen
