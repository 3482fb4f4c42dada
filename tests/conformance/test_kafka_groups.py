"""Kafka alone: several members share the partitions of a group, and take over from each other."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from services.eventlog.opening import Kafka, open_log
from services.eventlog.port import EventLog, Member, NewRecord
from tests.support.eventlogs import becomes
from tests.support.kafka import PARTITIONS

pytestmark = pytest.mark.kafka
EVERYTHING = frozenset(range(PARTITIONS))


@pytest.fixture
async def two_logs(kafka: Kafka) -> AsyncIterator[tuple[EventLog, EventLog]]:
    """Two processes' logs, as far as Kafka can tell."""
    logs = await open_log(kafka), await open_log(kafka)
    yield logs
    for log in logs:
        await log.close()


async def shared_out(*members: Member) -> None:
    """Wait until each partition is owned exactly once, and everybody owns some."""
    async with asyncio.timeout(30):
        while True:
            owned = [member.assigned() for member in members]
            if all(owned) and sum(map(len, owned)) == PARTITIONS:
                assert frozenset().union(*owned) == EVERYTHING
                return
            await asyncio.sleep(0.05)


async def test_each_partition_is_owned_once_and_handed_over(
    two_logs: tuple[EventLog, EventLog],
) -> None:
    first_log, second_log = two_logs
    async with first_log.join("geofence", "telemetry") as first:
        assert first.assigned() == EVERYTHING
        async with second_log.join("geofence", "telemetry") as second:
            await shared_out(first, second)
            assert await first.reassigned(EVERYTHING) == EVERYTHING - second.assigned()
        async with asyncio.timeout(30):
            known = first.assigned()
            assert await first.reassigned(known) == EVERYTHING


async def test_only_what_is_still_assigned_is_confirmed(
    two_logs: tuple[EventLog, EventLog],
) -> None:
    first_log, second_log = two_logs
    async with (
        first_log.join("geofence", "telemetry") as first,
        second_log.join("geofence", "telemetry") as second,
    ):
        await shared_out(first, second)
        async with asyncio.timeout(20):
            await first.confirmed(min(first.assigned()))
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(3):
                await first.confirmed(min(second.assigned()))


async def test_a_claim_works_on_through_a_rebalance(
    two_logs: tuple[EventLog, EventLog],
) -> None:
    first_log, second_log = two_logs
    async with AsyncExitStack() as stack:
        first = await stack.enter_async_context(first_log.join("geofence", "telemetry"))
        claims = {partition: await first.claim(partition) for partition in first.assigned()}
        for claim in claims.values():
            await claim.seek(0)
        second = await stack.enter_async_context(second_log.join("geofence", "telemetry"))
        await shared_out(first, second)
        kept = min(first.assigned())
        await first_log.append([NewRecord("telemetry", b"r", b"ping", kept)])
        assert [r.value for r in await claims[kept].fetch(10, 10)] == [b"ping"]
        await claims[kept].commit([NewRecord("visits", b"r", b"visit", 0)], 1)
        await becomes(first_log, "visits", [b"visit"])
        for claim in claims.values():
            await claim.close()
