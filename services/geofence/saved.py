"""What ``geofence-state`` holds of one partition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from services.contracts.codec import Undecodable, decode
from services.contracts.recovery import CHECKPOINT_KEY, Checkpoint, UnitSnapshot
from services.contracts.topics import GEOFENCE_STATE
from services.eventlog.port import EventLog, LogRecord
from services.geofence.engine import FORMAT


@dataclass(slots=True)
class Saved:
    """A partition's state as it was last committed; ``at`` is when, in epoch ms.

    ``keys`` are those that hold something, readable or not. ``foreign`` says why this release
    cannot go on from what is there, and is None where it can.
    """

    at: int = 0
    keys: set[str] = field(default_factory=set)
    checkpoint: Checkpoint | None = None
    units: list[UnitSnapshot] = field(default_factory=list)
    foreign: str | None = None

    @property
    def radios(self) -> set[str]:
        """Those that have a snapshot."""
        return self.keys - {CHECKPOINT_KEY}


async def read_saved(log: EventLog, partition: int) -> Saved:
    """All of it, to the end as it is now. Raises LogError."""
    saved, last = Saved(), dict[str, LogRecord]()
    start = (await log.bounds(GEOFENCE_STATE.name))[partition].start
    async for records in log.read(GEOFENCE_STATE.name, partition, start):
        for record in records:
            key = (record.key or b"").decode(errors="replace")
            saved.at = max(saved.at, record.timestamp)
            if record.value is None:
                last.pop(key, None)
            else:
                last[key] = record
    _understand(saved, last)
    return saved


def _understand(saved: Saved, last: Mapping[str, LogRecord]) -> None:
    """Decode the last record of each key; one that is not of this release makes all foreign."""
    saved.keys = set(last)
    for record in last.values():
        message = decode(GEOFENCE_STATE.name, record.value)
        if isinstance(message, Undecodable):
            saved.foreign = f"its record {record.offset} cannot be read: {message.reason}"
            continue
        if isinstance(message, Checkpoint):
            saved.checkpoint = message
        elif isinstance(message, UnitSnapshot):
            saved.units.append(message)
        if isinstance(message, Checkpoint | UnitSnapshot) and message.format != FORMAT:
            saved.foreign = f"it has format {message.format}, and this release reads {FORMAT}"
