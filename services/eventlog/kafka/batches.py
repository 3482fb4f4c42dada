"""Records sorted into Kafka's batches: one call of a producer a partition, not a record."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

from aiokafka import AIOKafkaProducer
from aiokafka.producer.message_accumulator import BatchBuilder
from aiokafka.structs import RecordMetadata

from services.contracts.topics import BY_NAME
from services.eventlog.kafka.clients import look_at
from services.eventlog.limits import largest, refuse_too_large
from services.eventlog.partitioning import partition_of
from services.eventlog.places import Kafka
from services.eventlog.port import NewRecord

Place = tuple[str, int]
"""A topic, without the deployment's prefix, and a partition."""
Routed = dict[Place, list[NewRecord]]


def routed(records: Sequence[NewRecord], partitions: int) -> Routed:
    """The records by where each goes, those of one place in their order. Raises TooLarge."""
    lots: Routed = {}
    most_of = {name: (largest(topic), topic.partitioned) for name, topic in BY_NAME.items()}
    for record in records:
        name, key, value, partition = record
        most, partitioned = most_of[name]
        if len(key) + (len(value) if value else 0) > most:
            refuse_too_large(record, most)
        if partition is None:
            partition = partition_of(key, partitions if partitioned else 1)
        lot = lots.get((name, partition))
        if lot is None:
            lots[name, partition] = [record]
        else:
            lot.append(record)
    return lots


@dataclass(slots=True)
class _Lane:
    """The batches of one partition, and where they came to lie."""

    batches: list[BatchBuilder] = field(default_factory=list)
    count: int = 0
    offsets: list[int] = field(default_factory=list)

    def offset_after(self, count: int) -> int:
        """The offset after the lane's first ``count`` records."""
        for batch, first in zip(self.batches, self.offsets, strict=True):
            if count <= batch.record_count():
                return first + count
            count -= batch.record_count()
        message = f"{count} records more than were sent"
        raise IndexError(message)


class Batches:
    """Records on their way: ``add`` all of them, ``send``, then ask where they came to lie."""

    def __init__(self, where: Kafka, producer: AIOKafkaProducer) -> None:
        self._where = where
        self._producer = producer
        self._lanes: dict[Place, _Lane] = {}

    def add(self, routed: Routed) -> dict[Place, int]:
        """Put records into batches; how many each of their partitions then has."""
        for place, records in routed.items():
            lane = self._lanes.setdefault(place, _Lane())
            if not lane.batches:
                lane.batches.append(self._producer.create_batch())
            append = lane.batches[-1].append
            for _, key, value, _ in records:
                if append(timestamp=None, key=key, value=value) is None:
                    lane.batches.append(self._producer.create_batch())
                    append = lane.batches[-1].append
                    append(timestamp=None, key=key, value=value)
            lane.count += len(records)
        return {place: self._lanes[place].count for place in routed}

    async def send(self) -> None:
        """Send all batches and wait until they are delivered. Raises what aiokafka raises."""
        sent: list[tuple[_Lane, asyncio.Future[RecordMetadata]]] = []
        for (topic, partition), lane in self._lanes.items():
            name = self._where.name(topic)
            for batch in lane.batches:
                delivery = await self._producer.send_batch(batch, name, partition=partition)
                delivery.add_done_callback(look_at)
                sent.append((lane, delivery))
        if sent:
            deliveries = [delivery for _, delivery in sent]
            done, _ = await asyncio.wait(deliveries, return_when=asyncio.FIRST_EXCEPTION)
            for delivery in done:
                delivery.result()
        for lane, delivery in sent:
            lane.offsets.append(delivery.result().offset)

    def ends(self, counts: dict[Place, int]) -> dict[Place, int]:
        """From what ``add`` answered: the offset after the last of those records."""
        return {place: self._lanes[place].offset_after(n) for place, n in counts.items()}
