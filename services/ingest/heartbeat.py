"""The ticks that carry time into every partition.

1. Once the register is read, each instance appends a tick to every partition each second: its
   name, the end of ``reference`` that it knows, when it last heard each source, and for how many
   radios.
2. A change of ``reference`` appends the same at once (``changes``).
3. A tick that the log cannot take is not queued: the next second has its own.
4. An instance that stops in order says farewell, so that its silence is no outage.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import structlog

from services.contracts.codec import encode
from services.contracts.telemetry import Tick
from services.contracts.topics import TELEMETRY
from services.edge.reference import ReferenceView
from services.eventlog.port import EventLog, NewRecord, Unavailable
from services.ingest.hearing import Hearing

INTERVAL_S = 1.0
FAREWELL_WITHIN_S = 1.0
"""A log that takes ticks takes one in a few milliseconds, and the stop has other parts."""
_log = structlog.get_logger()


class Heartbeat:
    """One instance's ticks. ``trouble`` says why the last one was not taken, else None."""

    def __init__(
        self,
        log: EventLog,
        view: ReferenceView,
        *,
        instance: str,
        hearing: Hearing,
        clock: Callable[[], int],
    ) -> None:
        self.started = False
        self.trouble: str | None = None
        self._log = log
        self._view = view
        self._instance = instance
        self._hearing = hearing
        self._clock = clock

    async def run(self) -> None:
        """Tick each second until cancelled."""
        await self._view.ready()
        loop = asyncio.get_running_loop()
        due = loop.time()
        while True:
            await self._beat_or_note()
            # After an outage, or a machine's sleep, one tick is enough.
            due = max(due + INTERVAL_S, loop.time())
            await asyncio.sleep(due - loop.time())

    async def beat(self, *, farewell: bool = False) -> None:
        """Append one tick to every partition. Raises Unavailable."""
        now = self._clock()
        tick = Tick(
            instance=self._instance,
            at=now,
            reference_offset=self._view.offset,
            sources=dict(self._hearing.sources),
            radios=self._hearing.radios(now),
            farewell=farewell,
        )
        await self._log.append(records_of(tick, await self._log.partitions()))

    async def farewell(self) -> None:
        """Say that this instance stops in order, if the log still listens."""
        try:
            async with asyncio.timeout(FAREWELL_WITHIN_S):
                await self.beat(farewell=True)
        except (Unavailable, TimeoutError) as error:
            _log.warning("farewell not taken", reason=str(error))

    async def _beat_or_note(self) -> None:
        try:
            await self.beat()
        except Unavailable as error:
            self.trouble = str(error)
            _log.warning("tick not taken", reason=self.trouble)
        else:
            self.started = True
            self.trouble = None


def records_of(tick: Tick, partitions: int) -> list[NewRecord]:
    """A tick as every partition is given it."""
    key, value = tick.instance.encode(), encode(tick)
    return [NewRecord(TELEMETRY.name, key, value, number) for number in range(partitions)]
