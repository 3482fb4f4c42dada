"""The Kafka log behind the port."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, suppress

from services.eventlog.kafka.appending import Appender
from services.eventlog.kafka.claim import Claimable
from services.eventlog.kafka.clients import Record
from services.eventlog.kafka.member import KafkaMember, joined
from services.eventlog.kafka.offsets import Offsets
from services.eventlog.kafka.reading import Follower, read
from services.eventlog.places import Kafka
from services.eventlog.port import Batch, Extent, NewRecord, Unavailable
from services.eventlog.topics import check_topics

OPEN_S = 15.0
"""How long a cluster in trouble is waited for. Until it has noticed that a broker is gone, 9 s as a
rule (broker.session.timeout.ms), that broker may be the one that is asked, whoever else answers."""
RETRY_S = 0.5
CLOSE_S = 1.0
"""To part from brokers that may hang."""


class KafkaLog:
    """A Kafka cluster as the log."""

    def __init__(self, where: Kafka, partitions: int) -> None:
        self._where = where
        self._partitions = partitions
        self._offsets = Offsets(where, partitions)
        self._appender = Appender(where, partitions)

    @classmethod
    async def open(cls, where: Kafka) -> KafkaLog:
        """Reach the cluster. Raises WrongTopics and Unavailable."""
        return cls(where, await _checked(where))

    async def check(self) -> None:
        """Raise WrongTopics unless every topic of the catalogue is there with its settings."""
        await _checked(self._where)

    async def partitions(self) -> int:
        """How many partitions the partitioned topics have."""
        return self._partitions

    async def append(self, records: Sequence[NewRecord]) -> Mapping[tuple[str, int], int]:
        """Append records; every in-sync replica has them when this returns."""
        return await self._appender.append(records) if records else {}

    def read(
        self, topic: str, partition: int, start: int, stop: int | None = None
    ) -> AsyncIterator[Sequence[Record]]:
        """Records from ``start`` up to ``stop``, or to the end as it is now, in batches."""
        return read(self._where, self._offsets, topic, partition, start, stop)

    def follow(self, starts: Mapping[str, Mapping[int, int] | None]) -> AsyncIterator[Batch]:
        """Everything in these topics, then whatever comes, without end."""
        return Follower(self._where, self._offsets).follow(starts)

    async def offset_at(self, topic: str, time: int) -> dict[int, int]:
        """By partition: the first offset stamped at or after ``time``, else the end."""
        return await self._offsets.at(topic, time)

    async def bounds(self, topic: str) -> dict[int, Extent]:
        """By partition: what can be read now, committed records only."""
        return await self._offsets.bounds(topic)

    def join(self, group: str, topic: str) -> AbstractAsyncContextManager[KafkaMember]:
        """Take part in a group; leaving the context leaves the group."""
        return joined(
            Claimable(self._where, self._offsets, self._partitions, group=group, topic=topic)
        )

    async def close(self) -> None:
        """Deliver what was handed in, then let go of the connections."""
        await self._appender.close()
        with suppress(TimeoutError):
            async with asyncio.timeout(CLOSE_S):
                await self._offsets.close()


async def _checked(where: Kafka) -> int:
    """The number of partitions, of topics that are as they should be.

    Raises WrongTopics, and Unavailable after ``OPEN_S``.
    """
    loop = asyncio.get_running_loop()
    deadline = loop.time() + OPEN_S
    while True:
        try:
            return await check_topics(where)
        except Unavailable:
            if loop.time() >= deadline:
                raise
        await asyncio.sleep(RETRY_S)
