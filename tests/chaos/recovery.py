"""How far the engine has come in each partition, as somebody sees it who only reads."""

from __future__ import annotations

import asyncio

from services.contracts.codec import decode_all
from services.contracts.derived import Progress
from services.contracts.topics import POSITIONS
from services.eventlog.port import EventLog

RECOVERED_S = 120.0
"""After a fault, at most."""


class Watch:
    """Follows the progress that the engine tells of each second of its own time."""

    def __init__(self, log: EventLog, partitions: int) -> None:
        self._log = log
        self._engine_times = dict.fromkeys(range(partitions), 0)
        self._moved = asyncio.Condition()

    async def run(self) -> None:
        """Follow until cancelled."""
        async for batch in self._log.follow({POSITIONS.name: None}):
            for message in decode_all(POSITIONS.name, [each.value for each in batch.records]):
                if isinstance(message, Progress):
                    self._engine_times[message.partition] = message.engine_time
            async with self._moved:
                self._moved.notify_all()

    async def passed(self, at: int) -> None:
        """Wait until every partition has come beyond a moment, in epoch ms. Raises TimeoutError."""
        try:
            async with asyncio.timeout(RECOVERED_S), self._moved:
                await self._moved.wait_for(lambda: not self._behind(at))
        except TimeoutError:
            msg = f"after {RECOVERED_S:.0f} s no progress beyond {at} in {self._behind(at)}"
            raise TimeoutError(msg) from None

    def _behind(self, at: int) -> list[int]:
        return [partition for partition, time in self._engine_times.items() if time <= at]
