"""Appending, with group commit: callers who wait at the same time share one round trip.

1. Callers of any number hand in records and wait.
2. One task takes those that wait, up to ``ROUND_RECORDS``, sorts them into batches, sends them and
   waits for the brokers.
3. Every caller gets the offsets after its own records, or Unavailable where delivery failed.
4. A producer that failed is ended, with what it still held; the next round starts a new one.
5. A round takes ``DELIVERY_S`` at most, longer than a broker takes to hand over to another. One
   that takes long fails as soon as no broker is there at all (``roll_call``).
6. After a failed round the log is away, which everybody who waits is told at once. The next caller
   is the trial: whoever comes while its round is under way is told at once, too, and nothing piles
   up. A round that succeeds ends this.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterable, Sequence
from contextlib import suppress

from aiokafka import AIOKafkaProducer

from services.eventlog.kafka.batches import Batches, Place, Routed, routed
from services.eventlog.kafka.clients import end_producer, start_producer, unavailable_on_error
from services.eventlog.kafka.roll_call import while_any_is_there
from services.eventlog.places import Kafka
from services.eventlog.port import LogError, NewRecord, Unavailable

DELIVERY_S = 15.0
"""One round, at most: to start a producer, where there is none, and to deliver."""

ROUND_RECORDS = 20_000
"""In one round, about. To put them into batches takes some 60 ms, and nothing else goes on."""

END_S = 1.0
"""To end a producer, which would wait for a broker that hangs to read what it was sent."""

CLOSE_S = 1.0
"""To deliver what is under way when the log is closed."""

_Ends = dict[Place, int]
_CLOSED = "the log is closed"


class _Caller:
    """Records that wait for their round, and the answer to whoever handed them in."""

    def __init__(self, lots: Routed, count: int) -> None:
        self.lots = lots
        self.count = count
        self.answer: asyncio.Future[_Ends] = asyncio.get_running_loop().create_future()

    @property
    def waits(self) -> bool:
        """Whether anybody still waits for the answer."""
        return not self.answer.done()

    def fail(self, error: Exception) -> None:
        """Tell the caller. One exception each: a shared one gathers the tracebacks of all."""
        if self.waits:
            each = type(error)(*error.args) if isinstance(error, LogError) else error
            self.answer.set_exception(each)


class Appender:
    """The one producer of this process that is not part of a claim."""

    def __init__(self, where: Kafka, partitions: int) -> None:
        self._where = where
        self._partitions = partitions
        self._producer: AIOKafkaProducer | None = None
        self._waiting: deque[_Caller] = deque()
        self._rounds: asyncio.Task[None] | None = None
        self._away: str | None = None
        self._closed = False

    async def append(self, records: Sequence[NewRecord]) -> _Ends:
        """Deliver the records; the offsets after them. Raises Unavailable or TooLarge."""
        if self._closed:
            raise Unavailable(_CLOSED)
        at_work = self._rounds is not None and not self._rounds.done()
        if at_work and self._away is not None:
            raise Unavailable(self._away)  # 6
        caller = _Caller(routed(records, self._partitions), len(records))  # 1
        self._waiting.append(caller)
        if not at_work:
            self._rounds = asyncio.create_task(self._work())
        return await caller.answer

    async def close(self) -> None:
        """Deliver what was handed in, if that takes less than ``CLOSE_S``; end the producer."""
        self._closed = True
        if self._rounds is not None:
            await asyncio.wait({self._rounds}, timeout=CLOSE_S)
            self._rounds.cancel()
            await asyncio.wait({self._rounds}, timeout=END_S)
        await self._end()

    async def _work(self) -> None:
        while group := self._next_round():  # 2
            try:
                answers = await self._deliver([caller.lots for caller in group])
            except asyncio.CancelledError:
                self._failed(group, Unavailable(_CLOSED))
                raise
            except Exception as error:  # noqa: BLE001 - every caller must have an answer
                await self._end()  # 4
                self._failed(group, error)
            else:
                self._away = None
                for caller, ends in zip(group, answers, strict=True):
                    if caller.waits:
                        caller.answer.set_result(ends)  # 3

    def _next_round(self) -> list[_Caller]:
        """Those whose turn it is; of those who have gone away meanwhile nobody."""
        group: list[_Caller] = []
        count = 0
        while self._waiting and count < ROUND_RECORDS:
            caller = self._waiting.popleft()
            if caller.waits:
                group.append(caller)
                count += caller.count
        return group

    def _failed(self, group: list[_Caller], error: Exception) -> None:
        """Tell the callers of a round; where the log is away, those who wait behind them too."""
        if isinstance(error, Unavailable):
            self._away = str(error)
            group = [*group, *self._waiting]
            self._waiting.clear()
        for caller in group:
            caller.fail(error)

    async def _deliver(self, group: Sequence[Routed]) -> list[_Ends]:
        """One round. Raises Unavailable."""
        with unavailable_on_error(self._where, "take the records"):
            async with asyncio.timeout(DELIVERY_S):  # 5
                return await while_any_is_there(self._send(group), self._where, self._known)

    async def _send(self, group: Sequence[Routed]) -> list[_Ends]:
        if self._producer is None:
            self._producer = await start_producer(self._where)
        batches = Batches(self._where, self._producer)
        counts = [batches.add(lots) for lots in group]
        await batches.send()
        return [batches.ends(count) for count in counts]

    def _known(self) -> Iterable[str]:
        """The brokers that the producer has heard of, as HOST:PORT."""
        if self._producer is None:
            return ()
        brokers = self._producer.client.cluster.brokers()
        return [f"{broker.host}:{broker.port}" for broker in brokers]

    async def _end(self) -> None:
        if self._producer is not None:
            producer, self._producer = self._producer, None
            with suppress(TimeoutError):
                async with asyncio.timeout(END_S):
                    await end_producer(producer)
