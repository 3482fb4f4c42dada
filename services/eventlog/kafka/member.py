"""A process's membership of a consumer group: which partitions are its own.

The group's consumer only takes part in the group; it reads nothing. aiokafka asks every member to
give up all partitions while the group rebalances. Here they stay the member's until the new
assignment is known: whoever owns a partition next fences its claim, so nothing is committed twice.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.abc import ConsumerRebalanceListener
from aiokafka.errors import KafkaError

from services.eventlog.kafka.claim import Claimable, KafkaClaim
from services.eventlog.kafka.clients import (
    METADATA_MS,
    REQUEST_MS,
    START_S,
    end_consumer,
    unavailable_on_error,
)

HEARTBEAT_MS = 1_000
SESSION_MS = 6_000
"""A member that is silent for so long loses its partitions to the others; brokers take no less."""

POLL_S = 1.0
"""How often the group is asked whether it has trouble to tell; also keeps the membership."""

LEAVE_S = 1.0
"""A group that hears no farewell takes the partitions away when the session is over."""


class _Assignment(ConsumerRebalanceListener):
    """Notes what is assigned, and keeps the group's consumer from reading it."""

    def __init__(self, consumer: AIOKafkaConsumer) -> None:
        self.partitions: frozenset[int] = frozenset()
        self.changed = asyncio.Event()
        self._consumer = consumer

    def on_partitions_revoked(self, revoked: set[TopicPartition]) -> None:
        """Nothing yet: see above."""

    def on_partitions_assigned(self, assigned: set[TopicPartition]) -> None:
        """Note them."""
        for place in assigned:
            self._consumer.pause(place)
            self._consumer.seek(place, 0)  # or it would ask where to go on
        self.partitions = frozenset(place.partition for place in assigned)
        self.changed.set()


class KafkaMember:
    """A member of a group."""

    def __init__(
        self, group: Claimable, consumer: AIOKafkaConsumer, assignment: _Assignment
    ) -> None:
        self._group = group
        self._consumer = consumer
        self._assignment = assignment

    def assigned(self) -> frozenset[int]:
        """The partitions that are this member's now."""
        return self._assignment.partitions

    async def reassigned(self, known: frozenset[int]) -> frozenset[int]:
        """Wait until ``assigned`` differs from ``known``; what it then is."""
        while self._assignment.partitions == known:
            self._assignment.changed.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(POLL_S):
                    await self._assignment.changed.wait()
            with unavailable_on_error(self._group.where, f"keep the group {self._group.group}"):
                await self._consumer.getmany(timeout_ms=0)
        return self._assignment.partitions

    async def confirmed(self, partition: int) -> None:
        """Wait until a heartbeat sent after this call was answered and the partition is ours."""
        while True:
            if await self._is_confirmed(partition):
                return
            await asyncio.sleep(HEARTBEAT_MS / 1000)

    async def committed(self, partition: int) -> int | None:
        """The group's next offset as last committed."""
        place = TopicPartition(self._group.where.name(self._group.topic), partition)
        with unavailable_on_error(self._group.where, f"tell where {self._group.group} is"):
            offset: int | None = await self._consumer.committed(place)
        return offset

    async def claim(self, partition: int) -> KafkaClaim:
        """Own an assigned partition."""
        return await self._group.claim(partition)

    async def _is_confirmed(self, partition: int) -> bool:
        """Whether the group has just answered a heartbeat, and the partition is ours by then."""
        coordinator: Any = self._consumer._coordinator  # noqa: SLF001 - nothing public tells
        subscription = self._consumer._subscription  # noqa: SLF001

        def joining() -> bool:
            left = coordinator.need_rejoin(subscription.subscription)
            return bool(left or coordinator._performed_join_prepare)  # noqa: SLF001

        try:
            if joining() or not await coordinator._do_heartbeat() or joining():  # noqa: SLF001
                return False
        except KafkaError:
            return False
        return partition in self._assignment.partitions


@asynccontextmanager
async def joined(group: Claimable) -> AsyncIterator[KafkaMember]:
    """Membership of a group; the first assignment is there when it begins."""
    where = group.where
    consumer = AIOKafkaConsumer(
        **where.connection(),
        group_id=where.name(group.group),
        enable_auto_commit=False,
        auto_offset_reset="none",
        heartbeat_interval_ms=HEARTBEAT_MS,
        session_timeout_ms=SESSION_MS,
        request_timeout_ms=REQUEST_MS,
        metadata_max_age_ms=METADATA_MS,
    )
    assignment = _Assignment(consumer)
    try:
        consumer.subscribe([where.name(group.topic)], listener=assignment)
        with unavailable_on_error(where, f"join the group {group.group}"):
            async with asyncio.timeout(START_S):
                await consumer.start()
        yield KafkaMember(group, consumer, assignment)
    finally:
        with suppress(TimeoutError):
            async with asyncio.timeout(LEAVE_S):
                await end_consumer(consumer)
