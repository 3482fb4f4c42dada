"""Reading a partition from one place to another, and following topics without end.

A log has gaps, where transactions ended and where compaction has been: whether the end is reached
is told by a consumer's position, never by the last record.
"""

from __future__ import annotations

import asyncio
from bisect import bisect_left
from collections.abc import AsyncIterator, Mapping, Sequence
from operator import attrgetter

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import KafkaError, OffsetOutOfRangeError

from services.eventlog.kafka.clients import Record, reader, unavailable_on_error
from services.eventlog.kafka.offsets import Offsets
from services.eventlog.missing import refuse_missing
from services.eventlog.places import Kafka
from services.eventlog.port import Batch, Extent, Truncated, Unavailable

POLL_MS = 20
"""How long to wait for more before looking whether only gaps were left."""

IDLE_MS = 1_000
"""The same once everything there was has been read; new records end it at once."""

PATIENCE_S = 30.0
"""How long a read may stand still before the log counts as unavailable."""

RETRY_S = 1.0
"""Between two tries to reach the brokers again."""

_by_offset = attrgetter("offset")


async def read(
    where: Kafka, offsets: Offsets, topic: str, partition: int, start: int, stop: int | None
) -> AsyncIterator[Sequence[Record]]:
    """Records from ``start`` up to ``stop``, or to the end as it is now, in batches."""
    extent = (await offsets.bounds(topic))[partition]
    end = extent.end if stop is None else stop
    refuse_missing(topic, partition, Extent(start, end), extent)
    if start >= end:
        return
    place = TopicPartition(where.name(topic), partition)
    async with reader(where, {place: start}) as consumer:
        position = start
        while position < end:
            records = await _next(where, consumer, place, position)
            position = await consumer.position(place)
            if position > end:
                records = records[: bisect_left(records, end, key=_by_offset)]
            if records:
                yield records


async def _next(
    where: Kafka, consumer: AIOKafkaConsumer, place: TopicPartition, position: int
) -> Sequence[Record]:
    """The next records, or none where a gap was passed."""
    with unavailable_on_error(where, f"go on reading {place.topic}/{place.partition}"):
        async with asyncio.timeout(PATIENCE_S):
            while True:
                found = await consumer.getmany(place, timeout_ms=POLL_MS)
                if found or await consumer.position(place) > position:
                    return found.get(place, ())


class Follower:
    """Follows topics: where it is in each partition, and how much of the history is left."""

    def __init__(self, where: Kafka, offsets: Offsets) -> None:
        self._where = where
        self._offsets = offsets
        self._topics: dict[TopicPartition, str] = {}
        self._positions: dict[TopicPartition, int] = {}
        self._history: dict[TopicPartition, int] = {}

    async def follow(self, starts: Mapping[str, Mapping[int, int] | None]) -> AsyncIterator[Batch]:
        """Everything in these topics, then whatever comes, without end."""
        for topic, chosen in starts.items():
            await self._begin(topic, chosen or {})
        if not self._history:
            yield self._caught_up()
        while True:
            try:
                async with reader(self._where, self._positions) as consumer:
                    while True:
                        wait_ms = POLL_MS if self._history else IDLE_MS
                        found = await consumer.getmany(timeout_ms=wait_ms)
                        for batch in await self._take(consumer, found):
                            yield batch
            except OffsetOutOfRangeError as error:
                message = f"retention has removed what was to be followed: {error}"
                raise Truncated(message) from error
            except (KafkaError, Unavailable):
                await asyncio.sleep(RETRY_S)

    async def _begin(self, topic: str, chosen: Mapping[int, int]) -> None:
        """Set out in one topic, however long the brokers cannot be reached."""
        while True:
            try:
                bounds = await self._offsets.bounds(topic)
                break
            except Unavailable:
                await asyncio.sleep(RETRY_S)
        for place in self._offsets.places(topic):
            extent = bounds[place.partition]
            start = chosen.get(place.partition, extent.start)
            refuse_missing(topic, place.partition, Extent(start, start), extent)
            self._topics[place] = topic
            self._positions[place] = start
            if start < extent.end:
                self._history[place] = extent.end

    async def _take(
        self,
        consumer: AIOKafkaConsumer,
        found: Mapping[TopicPartition, Sequence[Record]],
    ) -> list[Batch]:
        """What was found, as batches; one more, empty, where only gaps were left of history."""
        in_history = bool(self._history)
        for place in self._history.keys() - found.keys():
            await self._move(consumer, place)
        batches = []
        for place, records in found.items():
            position = await self._move(consumer, place)
            topic, partition = self._topics[place], place.partition
            caught_up = not self._history
            batches.append(Batch(topic, partition, records, position, caught_up=caught_up))
        if in_history and not self._history and not batches:
            batches.append(self._caught_up())
        return batches

    async def _move(self, consumer: AIOKafkaConsumer, place: TopicPartition) -> int:
        """Note how far a partition has been read."""
        position: int = await consumer.position(place)
        self._positions[place] = position
        if position >= self._history.get(place, 0):
            self._history.pop(place, None)
        return position

    def _caught_up(self) -> Batch:
        """An empty batch that says so."""
        place = next(iter(self._positions))
        return Batch(
            self._topics[place], place.partition, (), self._positions[place], caught_up=True
        )
