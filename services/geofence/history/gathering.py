"""Gathering: a partition's fixes and statuses of a period, by radio, from wherever in the log.

A late one stands later in the log than its time says, so the log is read to its end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from services.contracts.codec import Undecodable
from services.contracts.telemetry import Gps, Status
from services.contracts.topics import TELEMETRY
from services.eventlog.port import EventLog, Extent, LogRecord, Truncated
from services.geofence.history.packing import PackedFixes
from services.geofence.history.period import AROUND_MS, Period
from services.geofence.history.watching import Watcher
from services.geofence.intake import understand
from services.geofence.statuses import Given, put


@dataclass(slots=True)
class Gathered:
    """What one partition holds of a period.

    ``engine_time`` is the highest log timestamp, 0 where there is no record, ``end`` the offset
    up to which was read, and ``unreadable`` the number of records that are no messages.
    """

    partition: int
    end: int
    engine_time: int = 0
    unreadable: int = 0
    packed: dict[str, PackedFixes] = field(default_factory=dict)
    statuses: dict[str, list[Given]] = field(default_factory=dict)

    def units(self) -> Iterator[tuple[str, list[Gps], list[Given]]]:
        """Each radio, its fixes as they came and its statuses; let go once they were yielded."""
        for radio_id in sorted(self.packed):
            fixes = list(self.packed.pop(radio_id).fixes(radio_id))
            yield radio_id, fixes, self.statuses.pop(radio_id, [])


class Gatherer:
    """Gathers partition after partition, each from where the period begins in it to its end."""

    def __init__(self, log: EventLog, period: Period, extents: dict[int, Extent]) -> None:
        self._log = log
        self._period = period
        self._extents = extents

    @classmethod
    async def begin(cls, log: EventLog, period: Period, watcher: Watcher) -> Gatherer:
        """Look up where to read. Raises Truncated where the log has lost part of the period."""
        bounds = await log.bounds(TELEMETRY.name)
        starts = await log.offset_at(TELEMETRY.name, period.read_from)
        extents = {}
        for partition, there in sorted(bounds.items()):
            start = min(starts[partition], there.end)
            if there.start > 0 and start <= there.start:
                raise Truncated(await _lost(log, partition, there, period))
            extents[partition] = Extent(start, there.end)
            watcher.records_ahead(there.end - start)
        return cls(log, period, extents)

    @property
    def partitions(self) -> list[int]:
        """All of them."""
        return list(self._extents)

    async def begins(self) -> int | None:
        """The log timestamp of the oldest record of all; None where there is none."""
        bounds = await self._log.bounds(TELEMETRY.name)
        found = [await _first(self._log, partition, there) for partition, there in bounds.items()]
        return min((timestamp for timestamp in found if timestamp is not None), default=None)

    async def gather(self, partition: int, watcher: Watcher) -> Gathered:
        """Read one partition. Raises LogError."""
        start, end = self._extents[partition]
        gathered = Gathered(partition, end)
        read = start
        async for records in self._log.read(TELEMETRY.name, partition, start, end):
            self._take(gathered, records)
            watcher.records_read(records[-1].offset + 1 - read)
            read = records[-1].offset + 1
        watcher.records_read(end - read)
        return gathered

    def _take(self, gathered: Gathered, records: Sequence[LogRecord]) -> None:
        packed, takes = gathered.packed, self._period.takes
        messages = understand([record.value for record in records])
        for message in messages:
            if type(message) is Gps:
                if takes(message.fix_time):
                    packed.setdefault(message.radio_id, PackedFixes()).put(message)
            elif isinstance(message, Status):
                if takes(message.at):
                    put(
                        gathered.statuses.setdefault(message.radio_id, []),
                        message.at,
                        message.status,
                    )
            elif isinstance(message, Undecodable):
                gathered.unreadable += 1
        newest = max(record.timestamp for record in records)
        gathered.engine_time = max(gathered.engine_time, newest)


async def _lost(log: EventLog, partition: int, there: Extent, period: Period) -> str:
    """What is not there any more, and from when on everything is."""
    place = f"{TELEMETRY.name}/{partition}"
    lack = f"{place} is needed from {written(period.read_from)} on, but retention has removed"
    kept = await _first(log, partition, there)
    if kept is None:
        return f"{lack} all that there was, up to offset {there.start:,}"
    # What was removed may have had the same timestamp as what was kept.
    first = (kept // 1000 + 1) * 1000 + AROUND_MS
    return (
        f"{lack} what came before {written(kept)} (offset {there.start:,});"
        f" what can be accounted for begins at {written(first)}"
    )


async def _first(log: EventLog, partition: int, there: Extent) -> int | None:
    """The timestamp of a partition's oldest record."""
    if there.start == there.end:
        return None
    stamps = [
        record.timestamp
        async for records in log.read(TELEMETRY.name, partition, there.start, there.start + 1)
        for record in records
    ]
    return stamps[0] if stamps else None


def written(at: int) -> str:
    """Epoch milliseconds as RFC 3339 in UTC, to the second."""
    return datetime.fromtimestamp(at / 1000, UTC).isoformat(timespec="seconds")
