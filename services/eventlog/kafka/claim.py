"""One partition of a group's topic, owned: read from and committed to.

Each claim reads with a consumer of its own and writes with a transactional producer of its own,
so that a rebalance disturbs no partition that stays where it is, and a slow partition holds up no
other.

1. ``claim`` starts the producer. Its transactional id names group and partition, so the brokers
   refuse, from here on, whatever an earlier claim still tries to commit.
2. ``seek`` starts the consumer at an offset that the log still has.
3. ``commit`` is one transaction: the records, and the group's next offset for lag tools.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.errors import KafkaError, ProducerFenced

from services.eventlog.kafka.batches import Batches, routed
from services.eventlog.kafka.clients import (
    Record,
    end_consumer,
    end_producer,
    start_producer,
    start_reader,
    unavailable_on_error,
)
from services.eventlog.kafka.offsets import Offsets
from services.eventlog.missing import SEEK_FIRST, refuse_missing
from services.eventlog.places import Kafka
from services.eventlog.port import Extent, Fenced, NewRecord, Retry

COMMIT_S = 20.0
"""One transaction, at most; the brokers abort it by themselves some time later."""


@dataclass(frozen=True, slots=True)
class Claimable:
    """What every claim of one group has alike."""

    where: Kafka
    offsets: Offsets
    partitions: int
    group: str
    topic: str

    async def claim(self, partition: int) -> KafkaClaim:
        """Own a partition, and fence whoever did."""
        producer = await start_producer(self.where, f"{self.group}-{partition}")
        return KafkaClaim(self, partition, producer)


class KafkaClaim:
    """One partition, owned until a later claim."""

    def __init__(self, group: Claimable, partition: int, producer: AIOKafkaProducer) -> None:
        self._group = group
        self._partition = partition
        self._place = TopicPartition(group.where.name(group.topic), partition)
        self._producer = producer
        self._consumer: AIOKafkaConsumer | None = None

    @property
    def partition(self) -> int:
        """Which partition this is."""
        return self._partition

    async def seek(self, offset: int) -> None:
        """Start reading at ``offset``."""
        bounds = await self._group.offsets.bounds(self._group.topic)
        wanted = Extent(offset, offset)
        refuse_missing(self._group.topic, self._partition, wanted, bounds[self._partition])
        if self._consumer is None:
            self._consumer = await start_reader(self._group.where, {self._place: offset})
        else:
            self._consumer.seek(self._place, offset)

    async def fetch(self, most: int, wait_s: float) -> Sequence[Record]:
        """The next records, ``most`` at most; empty after ``wait_s`` seconds without any."""
        if self._consumer is None:
            raise RuntimeError(SEEK_FIRST)
        with unavailable_on_error(self._group.where, f"read {self._place.topic}"):
            found = await self._consumer.getmany(
                self._place, timeout_ms=int(wait_s * 1000), max_records=most
            )
        return found.get(self._place, ())

    async def commit(self, records: Sequence[NewRecord], next_offset: int) -> None:
        """Append ``records`` and the group's ``next_offset`` together or not at all."""
        batches = Batches(self._group.where, self._producer)
        batches.add(routed(records, self._group.partitions))
        try:
            async with asyncio.timeout(COMMIT_S):
                await self._transact(batches, next_offset)
        except ProducerFenced as error:
            message = f"a later claim of {self._group.topic}/{self._partition} exists"
            raise Fenced(message) from error
        except (KafkaError, TimeoutError) as error:
            message = f"the commit on {self._group.topic}/{self._partition} failed: {error!r}"
            raise Retry(message) from error

    async def close(self) -> None:
        """Let go of the partition. A transaction under way is left for the next claim to abort."""
        await end_producer(self._producer)
        if self._consumer is not None:
            await end_consumer(self._consumer)

    async def _transact(self, batches: Batches, next_offset: int) -> None:
        group = self._group.where.name(self._group.group)
        producer = self._producer
        await producer.begin_transaction()
        # The group's offset first. While the brokers still end the transaction before, the first
        # request of the next is sent back: aiokafka asks again after retry_backoff_ms for a group,
        # but after a fixed 20 ms for a partition. Measured: a commit took 14 ms, not 36.
        await producer.send_offsets_to_transaction({self._place: next_offset}, group)
        await batches.send()
        await producer.commit_transaction()
