"""The embedded log behind the port."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext, suppress
from pathlib import Path

from services.contracts.topics import BY_NAME
from services.eventlog.embedded.arrivals import Arrivals
from services.eventlog.embedded.group import EmbeddedMember
from services.eventlog.embedded.parts import Parts
from services.eventlog.embedded.reader import Reader
from services.eventlog.embedded.reading import follow, read
from services.eventlog.embedded.retention import forget
from services.eventlog.embedded.routing import route
from services.eventlog.embedded.store import Row, open_store
from services.eventlog.embedded.writer import Writer
from services.eventlog.port import Batch, Extent, NewRecord, Unavailable

WATCH_S = 0.1
"""How often other processes' appends are looked for: one pragma, some microseconds."""

FORGET_S = 60.0
"""How often old records are looked for."""


class EmbeddedLog:
    """One SQLite file as the log of this process."""

    def __init__(self, parts: Parts, clock: Callable[[], int]) -> None:
        self._parts = parts
        self._clock = clock
        self._tasks = [asyncio.create_task(self._watch()), asyncio.create_task(self._forget())]

    @classmethod
    async def open(cls, data_dir: Path, partitions: int, clock: Callable[[], int]) -> EmbeddedLog:
        """Open the log kept in ``data_dir``; ``clock`` (epoch ms) stamps what is appended.

        Raises WrongTopics where the folder holds a log of another number of partitions, and
        Unavailable where the file cannot be opened.
        """
        layout = await asyncio.to_thread(open_store, data_dir, partitions)
        reader = Reader(layout.path)
        arrivals = Arrivals({slot: e.end for slot, e in (await reader.extents()).items()})
        writer = Writer(layout.path, layout.compacted, clock, arrivals.publish)
        return cls(Parts(layout, reader, writer, arrivals), clock)

    async def check(self) -> None:
        """Nothing is left to check: opening made the topics, or refused them."""

    async def partitions(self) -> int:
        """How many partitions the partitioned topics have."""
        return self._parts.layout.partitions

    async def append(self, records: Sequence[NewRecord]) -> Mapping[tuple[str, int], int]:
        """Append records; they are on the disk when this returns."""
        if not records:
            return {}
        ends = await self._parts.writer.write(route(self._parts.layout, records))
        places = self._parts.layout.slots
        return {place: ends[slot] for place, slot in places.items() if slot in ends}

    def read(
        self, topic: str, partition: int, start: int, stop: int | None = None
    ) -> AsyncIterator[Sequence[Row]]:
        """Records from ``start`` up to ``stop``, or to the end as it is now, in batches."""
        return read(self._parts, topic, partition, start, stop)

    def follow(self, starts: Mapping[str, Mapping[int, int] | None]) -> AsyncIterator[Batch]:
        """Everything in these topics, then whatever comes, without end."""
        return follow(self._parts, starts)

    async def offset_at(self, topic: str, time: int) -> dict[int, int]:
        """By partition: the first offset stamped at or after ``time``, else the end."""
        reader = self._parts.reader
        slots = self._slots(topic)
        return {partition: await reader.first_at(slot, time) for partition, slot in slots.items()}

    async def bounds(self, topic: str) -> dict[int, Extent]:
        """By partition: what can be read now."""
        extents = await self._parts.reader.extents()
        return {partition: extents[slot] for partition, slot in self._slots(topic).items()}

    def join(self, group: str, topic: str) -> AbstractAsyncContextManager[EmbeddedMember]:
        """Take part in a group, as its only member."""
        return nullcontext(EmbeddedMember(self._parts, group, topic))

    async def close(self) -> None:
        """Finish what was handed in, then close the file."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.to_thread(self._parts.writer.close)
        await self._parts.reader.close()

    def _slots(self, topic: str) -> dict[int, int]:
        layout = self._parts.layout
        return {p: layout.slots[topic, p] for p in range(layout.count(BY_NAME[topic]))}

    async def _watch(self) -> None:
        """Learn of other processes' appends."""
        reader = self._parts.reader
        seen = None
        while True:
            with suppress(Unavailable):  # whoever reads meanwhile is told
                version = await reader.version()
                if version != seen:
                    extents = await reader.extents()
                    self._parts.arrivals.learn({slot: e.end for slot, e in extents.items()})
                    seen = version
            await asyncio.sleep(WATCH_S)

    async def _forget(self) -> None:
        """Apply the catalogue's retention from time to time."""
        while True:
            await asyncio.sleep(FORGET_S)
            with suppress(Unavailable):  # the next round makes up for it
                await forget(self._parts.layout, self._parts.writer, self._clock())
