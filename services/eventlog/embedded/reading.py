"""Reading a partition from one place to another, and following topics without end."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import TypeVar

from services.contracts.topics import BY_NAME
from services.eventlog.embedded.parts import Parts
from services.eventlog.embedded.store import Row
from services.eventlog.embedded.troubles import Damaged
from services.eventlog.missing import refuse_missing
from services.eventlog.port import Batch, Extent, Unavailable

PAGE_RECORDS = 2_000
"""Records in one batch: about 2 ms of the reading thread."""

RETRY_S = 1.0
"""Between two tries while the file cannot be read."""

T = TypeVar("T")


async def read(
    parts: Parts, topic: str, partition: int, start: int, stop: int | None
) -> AsyncIterator[Sequence[Row]]:
    """Records from ``start`` up to ``stop``, or to the end as it is now, in batches.

    A compacted partition comes in one piece: between two, a key could move past ``stop``.
    """
    slot = parts.layout.slots[topic, partition]
    extent = (await parts.reader.extents())[slot]
    end = extent.end if stop is None else stop
    refuse_missing(topic, partition, Extent(start, end), extent)
    most = sys.maxsize if slot in parts.layout.compacted else PAGE_RECORDS
    position = start
    while position < end:
        page = await parts.reader.page(slot, position, end, most)
        refuse_missing(topic, partition, Extent(position, end), page.extent)
        position = page.next_offset
        if page.rows:
            yield page.rows


async def follow(
    parts: Parts, starts: Mapping[str, Mapping[int, int] | None]
) -> AsyncIterator[Batch]:
    """Everything in these topics, a page of each partition in turn, then whatever comes."""
    extents = await _patiently(parts.reader.extents)
    places, positions = _begin(parts, starts, extents)
    history = {slot for slot in places if positions[slot] < extents[slot].end}
    if not history:
        slot, (topic, partition) = next(iter(places.items()))
        yield Batch(topic, partition, (), positions[slot], caught_up=True)
    while True:
        for slot, (topic, partition) in places.items():
            if parts.arrivals.end(slot) <= positions[slot]:
                continue
            position = positions[slot]
            ask = partial(parts.reader.page, slot, position, sys.maxsize, PAGE_RECORDS)
            page = await _patiently(ask)
            refuse_missing(topic, partition, Extent(position, position), page.extent)
            positions[slot] = page.next_offset
            if page.next_offset >= extents[slot].end:
                history.discard(slot)
            yield Batch(topic, partition, page.rows, page.next_offset, caught_up=not history)
        await parts.arrivals.beyond(positions)


def _begin(
    parts: Parts,
    starts: Mapping[str, Mapping[int, int] | None],
    extents: Mapping[int, Extent],
) -> tuple[dict[int, tuple[str, int]], dict[int, int]]:
    """The followed slots' places, and where in each of them to begin."""
    places: dict[int, tuple[str, int]] = {}
    positions: dict[int, int] = {}
    for topic, offsets in starts.items():
        for partition in range(parts.layout.count(BY_NAME[topic])):
            slot = parts.layout.slots[topic, partition]
            places[slot] = (topic, partition)
            positions[slot] = (offsets or {}).get(partition, extents[slot].start)
            wanted = Extent(positions[slot], positions[slot])
            refuse_missing(topic, partition, wanted, extents[slot])
    return places, positions


async def _patiently(ask: Callable[[], Awaitable[T]]) -> T:
    """The answer, however long the file cannot be read. Raises Damaged: that is no outage."""
    while True:
        try:
            return await ask()
        except Damaged:
            raise
        except Unavailable:
            await asyncio.sleep(RETRY_S)
