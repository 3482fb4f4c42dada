"""What becomes of deliveries under way when one has failed and nobody waits for the others."""

from __future__ import annotations

import asyncio
import gc
from typing import Any, cast

import pytest
from aiokafka import AIOKafkaProducer
from aiokafka.errors import ProducerFenced
from aiokafka.producer.message_accumulator import BatchBuilder

from services.eventlog.kafka.batches import Batches, routed
from services.eventlog.places import Kafka
from services.eventlog.port import NewRecord

BATCH_BYTES = 1_000
STEPS = 5
"""Of the event loop: after these both batches are under way and waited for."""


class InFlight:
    """A producer whose batches are all under way; ``inner`` is what becomes of each."""

    def __init__(self) -> None:
        self.inner: list[asyncio.Future[Any]] = []

    def create_batch(self) -> BatchBuilder:
        return BatchBuilder(BATCH_BYTES, 0, is_transactional=True)

    async def send_batch(self, *_: object, **__: object) -> asyncio.Future[Any]:
        """As aiokafka does: what it gives shields what it keeps."""
        self.inner.append(asyncio.get_running_loop().create_future())
        return asyncio.shield(self.inner[-1])


@pytest.fixture
async def complaints() -> list[str]:
    """What asyncio has to complain of, nobody having looked at it."""
    heard: list[str] = []
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda _, context: heard.append(context["message"]))
    return heard


async def two_under_way() -> tuple[InFlight, asyncio.Task[None]]:
    """Two batches on their way to two partitions, and who waits for both."""
    producer = InFlight()
    batches = Batches(Kafka("nowhere:9092"), cast("AIOKafkaProducer", producer))
    batches.add(routed([NewRecord(topic, b"k", b"v", 0) for topic in ("visits", "signals")], 1))
    sending = asyncio.create_task(batches.send())
    for _ in range(STEPS):
        await asyncio.sleep(0)
    assert len(producer.inner) == 2
    return producer, sending


async def fails_later(producer: InFlight, number: int) -> None:
    """One more broker answers, to nobody; then nothing holds the answer."""
    producer.inner[number].set_exception(ProducerFenced())
    producer.inner.clear()
    await asyncio.sleep(0)
    gc.collect()
    await asyncio.sleep(0)


async def test_a_second_failure_after_the_first_is_nobodys_complaint(
    complaints: list[str],
) -> None:
    producer, sending = await two_under_way()
    producer.inner[0].set_exception(ProducerFenced())
    with pytest.raises(ProducerFenced):
        await sending
    await fails_later(producer, 1)
    assert complaints == []


async def test_a_failure_after_the_waiting_was_given_up_is_nobodys_complaint(
    complaints: list[str],
) -> None:
    producer, sending = await two_under_way()
    await asyncio.sleep(0)
    sending.cancel()
    await asyncio.wait([sending])
    await fails_later(producer, 0)
    assert complaints == []
