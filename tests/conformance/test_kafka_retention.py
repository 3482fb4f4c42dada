"""Kafka alone: what retention has removed is refused by name, never passed over."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from aiokafka import TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.admin.records_to_delete import RecordsToDelete

from services.eventlog.opening import Kafka, open_log
from services.eventlog.port import Claim, EventLog, Extent, NewRecord, Truncated
from tests.support.eventlogs import values

pytestmark = pytest.mark.kafka


@pytest.fixture
async def log(kafka: Kafka) -> AsyncIterator[EventLog]:
    """A log whose telemetry/0 holds ten records."""
    log = await open_log(kafka)
    await log.append([NewRecord("telemetry", b"r", b"%d" % n, 0) for n in range(10)])
    yield log
    await log.close()


async def remove_below(place: Kafka, offset: int) -> None:
    """Let the broker remove the oldest of telemetry/0, as its retention would."""
    admin = AIOKafkaAdminClient(**place.connection())
    await admin.start()
    partition = TopicPartition(place.name("telemetry"), 0)
    await admin.delete_records({partition: RecordsToDelete(offset)})
    await admin.close()


async def fetch_on(claim: Claim) -> None:
    """Fetch for ever: the broker may have sent some records before it removed them."""
    while True:
        await claim.fetch(1, 10)


async def test_what_was_removed_is_refused(log: EventLog, kafka: Kafka) -> None:
    await remove_below(kafka, 4)
    assert (await log.bounds("telemetry"))[0] == Extent(4, 10)
    assert await values(log, "telemetry") == [b"%d" % n for n in range(4, 10)]
    told = r"telemetry/0 begins at 4: retention has removed 2 to 3"
    for refused in (log.read("telemetry", 0, 2), log.follow({"telemetry": {0: 2}})):
        with pytest.raises(Truncated, match=told):
            await anext(refused)
    async with log.join("geofence", "telemetry") as member:
        claim = await member.claim(0)
        with pytest.raises(Truncated, match=told):
            await claim.seek(2)
        await claim.close()


async def test_a_reader_overtaken_by_retention_is_told(log: EventLog, kafka: Kafka) -> None:
    async with log.join("geofence", "telemetry") as member:
        claim = await member.claim(0)
        await claim.seek(0)
        assert len(await claim.fetch(100, 10)) == 10
        await claim.seek(3)  # drops what was fetched ahead
        await remove_below(kafka, 6)
        with pytest.raises(Truncated, match="no longer has what was to be read"):
            await fetch_on(claim)
        await claim.close()
