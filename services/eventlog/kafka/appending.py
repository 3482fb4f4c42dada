"""Appending, with group commit: callers who wait at the same time share one round trip.

1. Callers of any number hand in records and wait.
2. One task takes all that wait, sorts them into batches, sends them and waits for the brokers.
3. Every caller gets the offsets after its own records, or Unavailable where delivery failed.
4. A producer that failed is ended, with what it still held; the next round starts a new one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from aiokafka import AIOKafkaProducer

from services.eventlog.kafka.batches import Batches, Place, Routed, routed
from services.eventlog.kafka.clients import end_producer, start_producer, unavailable_on_error
from services.eventlog.places import Kafka
from services.eventlog.port import LogError, NewRecord, Unavailable

DELIVERY_S = 15.0
"""One round, at most; longer than a broker takes to hand over to another."""

_Ends = dict[Place, int]
_Waiting = tuple[Routed, "asyncio.Future[_Ends]"]


class Appender:
    """The one producer of this process that is not part of a claim."""

    def __init__(self, where: Kafka, partitions: int) -> None:
        self._where = where
        self._partitions = partitions
        self._producer: AIOKafkaProducer | None = None
        self._waiting: list[_Waiting] = []
        self._round: asyncio.Task[None] | None = None
        self._closed = False

    async def append(self, records: Sequence[NewRecord]) -> _Ends:
        """Deliver the records; the offsets after them. Raises Unavailable or TooLarge."""
        if self._closed:
            message = "the log is closed"
            raise Unavailable(message)
        lots = routed(records, self._partitions)
        answer: asyncio.Future[_Ends] = asyncio.get_running_loop().create_future()
        self._waiting.append((lots, answer))
        if self._round is None or self._round.done():
            self._round = asyncio.create_task(self._rounds())
        return await answer

    async def close(self) -> None:
        """Deliver what was handed in, then end the producer."""
        self._closed = True
        if self._round is not None:
            await self._round
        await self._end()

    async def _rounds(self) -> None:
        while self._waiting:
            group, self._waiting = self._waiting, []
            try:
                answers = await self._deliver([lots for lots, _ in group])
            except Exception as error:  # noqa: BLE001 - every caller must have an answer
                await self._end()
                for _, answer in group:
                    if not answer.done():
                        answer.set_exception(_again(error))
            else:
                for (_, answer), ends in zip(group, answers, strict=True):
                    if not answer.done():
                        answer.set_result(ends)

    async def _deliver(self, group: Sequence[Routed]) -> list[_Ends]:
        if self._producer is None:
            self._producer = await start_producer(self._where)
        batches = Batches(self._where, self._producer)
        counts = [batches.add(lots) for lots in group]
        with unavailable_on_error(self._where, "take the records"):
            async with asyncio.timeout(DELIVERY_S):
                await batches.send()
        return [batches.ends(count) for count in counts]

    async def _end(self) -> None:
        if self._producer is not None:
            producer, self._producer = self._producer, None
            await end_producer(producer)


def _again(error: Exception) -> Exception:
    """One exception a caller: a shared one would gather the tracebacks of all."""
    return type(error)(*error.args) if isinstance(error, LogError) else error
