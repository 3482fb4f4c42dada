"""What is where: bounds of partitions, and offsets by time."""

from __future__ import annotations

import asyncio

from aiokafka import AIOKafkaConsumer, TopicPartition

from services.contracts.topics import BY_NAME
from services.eventlog.kafka.clients import end_consumer, start_reader, unavailable_on_error
from services.eventlog.places import Kafka
from services.eventlog.port import Extent


class Offsets:
    """Questions about partitions, over one connection that is made when first asked."""

    def __init__(self, where: Kafka, partitions: int) -> None:
        self._where = where
        self._partitions = partitions
        self._connecting = asyncio.Lock()
        self._consumer: AIOKafkaConsumer | None = None

    def places(self, topic: str) -> list[TopicPartition]:
        """The partitions of a topic, as the cluster names them, in their order."""
        count = self._partitions if BY_NAME[topic].partitioned else 1
        return [TopicPartition(self._where.name(topic), partition) for partition in range(count)]

    async def bounds(self, topic: str) -> dict[int, Extent]:
        """By partition: from the log's start to the last committed record."""
        consumer = await self._connected()
        places = self.places(topic)
        with unavailable_on_error(self._where, f"tell where {topic} begins and ends"):
            starts, ends = await asyncio.gather(
                consumer.beginning_offsets(places), consumer.end_offsets(places)
            )
        return {place.partition: Extent(starts[place], ends[place]) for place in places}

    async def at(self, topic: str, time: int) -> dict[int, int]:
        """By partition: the first offset stamped at or after ``time``, else the end."""
        consumer = await self._connected()
        places = self.places(topic)
        with unavailable_on_error(self._where, f"find a time in {topic}"):
            ends = await consumer.end_offsets(places)
            found = await consumer.offsets_for_times(dict.fromkeys(places, time))
        return {
            place.partition: ends[place] if found[place] is None else found[place].offset
            for place in places
        }

    async def close(self) -> None:
        """Let go of the connection."""
        if self._consumer is not None:
            await end_consumer(self._consumer)

    async def _connected(self) -> AIOKafkaConsumer:
        async with self._connecting:
            if self._consumer is None:
                self._consumer = await start_reader(self._where, {})
        return self._consumer
