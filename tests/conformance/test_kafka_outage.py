"""Kafka alone: the broker goes away in mid-work, and comes back with what it had acknowledged."""

from __future__ import annotations

import asyncio

import pytest
from aiokafka import TopicPartition

from deploy.kafka.broker import Broker
from deploy.kafka.node import START_S
from services.eventlog.kafka import appending, claim
from services.eventlog.kafka import log as kafka_log
from services.eventlog.kafka.clients import end_consumer, start_reader
from services.eventlog.opening import open_log
from services.eventlog.port import EventLog, NewRecord, Retry, Unavailable
from tests.support.eventlogs import values
from tests.support.kafka import fresh_kafka

pytestmark = pytest.mark.kafka
IMPATIENT_S = 2.0
READERS = 5


def record(value: bytes) -> NewRecord:
    return NewRecord("visits", b"k", value, 0)


async def collect(log: EventLog, into: list[bytes | None]) -> None:
    async for batch in log.follow({"visits": None}):
        into.extend(found.value for found in batch.records)


async def until(seen: list[bytes | None], value: bytes) -> None:
    async with asyncio.timeout(40):
        while True:
            if value in seen:
                return
            await asyncio.sleep(0.05)


async def test_work_goes_on_after_the_broker_was_killed(
    own_broker: Broker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(appending, "DELIVERY_S", IMPATIENT_S)
    monkeypatch.setattr(claim, "COMMIT_S", IMPATIENT_S)
    monkeypatch.setattr(kafka_log, "OPEN_S", IMPATIENT_S)
    place = await fresh_kafka(own_broker, partitions=1)
    log = await open_log(place)
    seen: list[bytes | None] = []
    following = asyncio.create_task(collect(log, seen))
    async with log.join("geofence", "telemetry") as member:
        before = await member.claim(0)
        await before.commit([record(b"committed")], 1)
        await log.append([record(b"appended")])
        await until(seen, b"appended")

        own_broker.kill()
        with pytest.raises(Unavailable, match=f"Kafka at {place.bootstrap} could not"):
            await log.append([record(b"lost")])
        with pytest.raises(Unavailable):
            await log.append([record(b"lost too")])
        with pytest.raises(Retry):
            await before.commit([record(b"not committed")], 2)
        with pytest.raises(Unavailable):
            await open_log(place)
        await before.close()

        own_broker.start()
        await log.append([record(b"appended again")])
        after = await member.claim(0)
        await after.commit([record(b"committed again")], 2)
        await after.close()
        await until(seen, b"committed again")
    assert seen == [b"committed", b"appended", b"appended again", b"committed again"]
    assert await values(log, "visits") == seen
    following.cancel()
    await asyncio.gather(following, return_exceptions=True)
    await log.close()


async def test_who_opens_the_log_in_a_moment_of_trouble_waits_for_its_end(
    own_broker: Broker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kafka_log, "OPEN_S", START_S)
    place = await fresh_kafka(own_broker, partitions=1)
    own_broker.kill()
    opening = asyncio.create_task(open_log(place))
    await asyncio.to_thread(own_broker.start)
    log = await opening
    assert await log.partitions() == 1
    await log.close()


async def test_whoever_ends_a_reader_whose_fetches_fail_goes_on(
    own_broker: Broker, caplog: pytest.LogCaptureFixture
) -> None:
    place = await fresh_kafka(own_broker, partitions=1)
    visits = TopicPartition(place.name("visits"), 0)
    readers = [await start_reader(place, {visits: 0}) for _ in range(READERS)]
    own_broker.kill()
    async with asyncio.timeout(40):
        while True:
            if caplog.text.count("Failed fetch") >= READERS:
                break
            await asyncio.sleep(0.02)
    endings = [asyncio.create_task(end_consumer(reader)) for reader in readers]
    await asyncio.wait(endings)
    assert [ending.cancelled() for ending in endings] == [False] * READERS
