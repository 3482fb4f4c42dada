"""Making aiokafka's clients, and ending them even when the broker is gone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import Any

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, ConsumerRecord, TopicPartition
from aiokafka.errors import KafkaError, OffsetOutOfRangeError

from services.eventlog.places import Kafka
from services.eventlog.port import Truncated, Unavailable

Record = ConsumerRecord[bytes, bytes]
"""A record as aiokafka gives it, handed on without wrapping: that would cost 1 us each."""

START_S = 30.0
"""To connect, and for a producer to fence its forerunner, at most."""

REQUEST_MS = 10_000
"""One request to a broker, at most."""

TRANSACTION_MS = 60_000
"""After so long the brokers abort a transaction that its owner has not ended."""

METADATA_MS = 30_000
"""How long leaders are believed to be where they were, when nothing says otherwise."""

BATCH_BYTES = 512 * 1024
FETCH_BYTES = 16 * 1024 * 1024

NO_GROUP = {
    "group_id": None,
    "enable_auto_commit": False,
    "auto_offset_reset": "none",
    "isolation_level": "read_committed",
    "fetch_max_bytes": FETCH_BYTES,
}


@contextmanager
def unavailable_on_error(where: Kafka, doing: str) -> Iterator[None]:
    """Turn what aiokafka says into Unavailable, and a lost offset into Truncated."""
    try:
        yield
    except OffsetOutOfRangeError as error:
        message = f"Kafka at {where.bootstrap} no longer has what was to be read: {error}"
        raise Truncated(message) from error
    except (KafkaError, TimeoutError, OSError) as error:
        message = f"Kafka at {where.bootstrap} could not {doing}: {error!r}"
        raise Unavailable(message) from error


async def start_producer(where: Kafka, transactional_id: str | None = None) -> AIOKafkaProducer:
    """An idempotent producer that needs every in-sync replica; fences when transactional.

    Without linger, since callers hand in whole batches; a short backoff, since a transaction that
    follows another at once is told to come back.
    """
    producer = AIOKafkaProducer(
        **where.connection(),
        transactional_id=where.name(transactional_id) if transactional_id else None,
        transaction_timeout_ms=TRANSACTION_MS,
        enable_idempotence=True,
        acks="all",
        linger_ms=0,
        retry_backoff_ms=5 if transactional_id else 100,
        max_batch_size=BATCH_BYTES,
        request_timeout_ms=REQUEST_MS,
        metadata_max_age_ms=METADATA_MS,
    )
    try:
        with unavailable_on_error(where, "start a producer"):
            async with asyncio.timeout(START_S):
                await producer.start()
    except BaseException:
        await end_producer(producer)
        raise
    return producer


async def end_producer(producer: AIOKafkaProducer) -> None:
    """End a producer without delivering what it may still hold.

    Its own ``stop`` first waits until everything is delivered, which is never where the broker
    is gone; and where it was fenced it leaves failures behind that asyncio complains of, since
    nobody looked at them. So its parts are ended by hand.
    """
    sending = producer._sender.sender_task  # noqa: SLF001 - see above
    transactions = producer._txn_manager  # noqa: SLF001 - see above
    for *_, offsets in transactions._pending_txn_offsets:  # noqa: SLF001 - see above
        offsets.add_done_callback(look_at)
    while sending is not None and not sending.done():
        sending.cancel()  # it awaits its requests when cancelled: this ends one of them
        await asyncio.wait([sending], timeout=0.2)
    for batches in producer._message_accumulator._batches.values():  # noqa: SLF001 - see above
        for batch in batches:
            with suppress(KafkaError):
                await batch.wait_drain(timeout=0)
    transaction = transactions.wait_for_transaction_end()
    if transaction is not None:
        transaction.add_done_callback(look_at)
    producer._closed = True  # noqa: SLF001 - or it warns that nobody closed it
    await producer.client.close()


def look_at(future: asyncio.Future[Any]) -> None:
    """A callback of what may fail when nobody asks any more; asyncio would complain of it.

    Such a future of aiokafka must not be cancelled: it shields another one, which then would fail
    with nobody to look at it.
    """
    if not future.cancelled():
        future.exception()


async def start_reader(where: Kafka, positions: Mapping[TopicPartition, int]) -> AIOKafkaConsumer:
    """A consumer of these partitions from these offsets, committed records only, in no group."""
    consumer = AIOKafkaConsumer(
        **where.connection(),
        **NO_GROUP,
        request_timeout_ms=REQUEST_MS,
        metadata_max_age_ms=METADATA_MS,
    )
    try:
        consumer.assign(list(positions))
        with unavailable_on_error(where, "start a reader"):
            async with asyncio.timeout(START_S):
                await consumer.start()
        for place, offset in positions.items():
            consumer.seek(place, offset)
    except BaseException:
        await end_consumer(consumer)
        raise
    return consumer


async def end_consumer(consumer: AIOKafkaConsumer) -> None:
    """Stop a consumer, and never look like a cancellation of the caller.

    Its own ``stop`` cancels its fetches and awaits them; of one that had not begun yet, or that
    rested after a failure, it then raises the CancelledError. A caller's task would end of it
    without a word, as if somebody had wanted that. So ``stop`` has a task of its own.
    """
    stopping = asyncio.create_task(consumer.stop())
    try:
        await asyncio.wait([stopping])
    finally:
        stopping.cancel()  # only where the caller was, meanwhile
    if not stopping.cancelled():
        stopping.result()
        return
    # What was left to do: the other fetches, which might connect again, then the connections.
    fetcher: Any = consumer._fetcher  # noqa: SLF001 - see above
    for fetch in fetcher._pending_tasks:  # noqa: SLF001 - see above
        fetch.cancel()
        await asyncio.wait([fetch])
    await consumer._client.close()  # noqa: SLF001 - see above


@asynccontextmanager
async def reader(
    where: Kafka, positions: Mapping[TopicPartition, int]
) -> AsyncIterator[AIOKafkaConsumer]:
    """``start_reader``, stopped in the end."""
    consumer = await start_reader(where, positions)
    try:
        yield consumer
    finally:
        await end_consumer(consumer)
