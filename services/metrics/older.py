"""Figures of longer ago than are kept in memory, folded from the log when somebody asks for them.

1. Live figures of a stretch were told while it lasted, or within ``TOLD_WITHIN_MS`` after it. But a
   day may have been settled at any time since, so the log is read from there to its end; of what
   was told later only settlements and final figures are decoded.
2. They are folded as the live ones are, so that the same rules hold.
3. One reading of a topic goes on at a time, in slices, so that nobody else waits for it. The last
   is kept for a while, for who asks for the next page; a settlement since makes it out of date.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from typing import Generic, NamedTuple, TypeVar

from services.contracts.codec import decode_all
from services.contracts.days import Days, Span
from services.contracts.derived import Settlement, Timesheet, Visit
from services.contracts.topics import TIMESHEETS, VISITS
from services.eventlog.port import EventLog, LogRecord, Truncated
from services.metrics.revisions import without_superseded
from services.metrics.timesheets import Timesheets
from services.metrics.visits import Visits

HOUR_MS = 3_600_000
BEFORE_MS = 24 * HOUR_MS
"""What began so long before a stretch and lasts into it is known, too."""
TOLD_WITHIN_MS = 48 * HOUR_MS
MOST_MS = 31 * 24 * HOUR_MS
"""The longest stretch that is read at once."""
KEPT_S = 300.0
_SETTLES = b'"settle'
"""In ``"kind":"settlement"`` and in ``"settled":true``."""
_SLICE = 1_000
"""Records between two pauses: some milliseconds."""

Figures = TypeVar("Figures")


class NotKept(Exception):
    """The log no longer has all of a stretch; ``begins`` says from when on it has everything."""

    def __init__(self, begins: int) -> None:
        super().__init__(f"the log begins at {begins}")
        self.begins = begins


class _Asked(NamedTuple):
    stretch: Span
    settlements: int


class _Last(Generic[Figures]):
    """The last reading of one topic."""

    def __init__(self, read: Callable[[Span], Awaitable[Figures]]) -> None:
        self._read = read
        self._lock = asyncio.Lock()
        self._last: tuple[_Asked, Figures] | None = None
        self._expiry: asyncio.TimerHandle | None = None

    async def get(self, asked: _Asked) -> Figures:
        """The figures of a stretch, read unless they were the last that were asked for."""
        async with self._lock:
            if self._last is None or self._last[0] != asked:
                self._drop()  # two at once would take twice the memory
                self._last = (asked, await self._read(asked.stretch))
                self._expiry = asyncio.get_running_loop().call_later(KEPT_S, self._drop)
            return self._last[1]

    def _drop(self) -> None:
        if self._expiry is not None:
            self._expiry.cancel()
        self._last = None


class Older:
    """Reads figures of any time that the log still has."""

    def __init__(self, log: EventLog, days: Days, settlements: Callable[[], int]) -> None:
        """``settlements`` counts those that the log was seen to hold; it rises with each."""
        self._log = log
        self._days = days
        self._settlements = settlements
        self._visits = _Last(self._read_visits)
        self._timesheets = _Last(self._read_timesheets)

    async def visits(self, since: int, until: int) -> Visits:
        """The visits that lie in part in ``[since, until)``, and a few others.

        Raises NotKept, and the log's errors.
        """
        return await self._visits.get(_Asked(Span(since, until), self._settlements()))

    async def timesheets(self, since: int, until: int) -> Timesheets:
        """The sheets that lie in part in ``[since, until)``, and a few others.

        Raises NotKept, and the log's errors.
        """
        return await self._timesheets.get(_Asked(Span(since, until), self._settlements()))

    async def _read_visits(self, stretch: Span) -> Visits:
        visits = Visits(self._days)
        async for partition, message in self._messages(VISITS.name, stretch):
            if isinstance(message, Settlement):
                visits.settle(partition, message)
            elif isinstance(message, Visit) and _is_near(message.entered_at, stretch):
                visits.apply(partition, message)
        return visits

    async def _read_timesheets(self, stretch: Span) -> Timesheets:
        timesheets = Timesheets()
        async for partition, message in self._messages(TIMESHEETS.name, stretch):
            if isinstance(message, Settlement):
                timesheets.settle(partition, message)
            elif isinstance(message, Timesheet) and _is_near(message.since, stretch):
                timesheets.apply(partition, message)
        return timesheets

    async def _messages(self, topic: str, stretch: Span) -> AsyncGenerator[tuple[int, object]]:
        """What may concern a stretch, and the partition that told it."""
        told_until = stretch.end + TOLD_WITHIN_MS
        starts = await self._log.offset_at(topic, stretch.start - BEFORE_MS)
        await self._refuse_lost(topic, stretch)
        try:
            async for told in self._read(topic, starts, told_until):
                yield told
        except Truncated:  # retention went on meanwhile
            await self._refuse_lost(topic, stretch)
            raise

    async def _read(
        self, topic: str, starts: Mapping[int, int], told_until: int
    ) -> AsyncGenerator[tuple[int, object]]:
        for partition, start in starts.items():
            async for records in self._log.read(topic, partition, start):
                for first in range(0, len(records), _SLICE):
                    some = records[first : first + _SLICE]
                    values = [each.value for each in some if _may_count(each, told_until)]
                    for message in without_superseded(decode_all(topic, values)):
                        yield partition, message
                    await asyncio.sleep(0)

    async def _refuse_lost(self, topic: str, stretch: Span) -> None:
        """Raise NotKept where retention has removed some of a stretch."""
        begins = stretch.start
        for partition, extent in (await self._log.bounds(topic)).items():
            if extent.start > 0:
                stop = min(extent.start + _SLICE, extent.end)
                stamps = [
                    record.timestamp
                    async for records in self._log.read(topic, partition, extent.start, stop)
                    for record in records
                ]
                begins = max(begins, min(stamps, default=begins))
        if begins > stretch.start:
            raise NotKept(begins)


def _may_count(record: LogRecord, told_until: int) -> bool:
    """Whether a record is of the time in which a stretch was told live, or settles some day.

    That a settlement and each final figure say so in these words spares decoding all others.
    """
    value = record.value
    return value is not None and (record.timestamp < told_until or _SETTLES in value)


def _is_near(at: int, stretch: Span) -> bool:
    return stretch.start - BEFORE_MS <= at < stretch.end + BEFORE_MS
