"""Where each slot ends, as far as this process knows, and who waits for more."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping


class Arrivals:
    """Lets readers sleep until there is something for them, without asking the file.

    Lives on one event loop; ``publish`` alone may be called from any thread.
    """

    def __init__(self, ends: Mapping[int, int]) -> None:
        self._ends = dict(ends)
        self._loop = asyncio.get_running_loop()
        self._waiting: dict[asyncio.Future[None], Mapping[int, int]] = {}

    def end(self, slot: int) -> int:
        """The offset after the slot's last record."""
        return self._ends[slot]

    def publish(self, ends: Mapping[int, int]) -> None:
        """Tell of new ends, from any thread."""
        self._loop.call_soon_threadsafe(self.learn, ends)

    def learn(self, ends: Mapping[int, int]) -> None:
        """Take in ends, old news among them, and wake whom they concern."""
        for slot, end in ends.items():
            self._ends[slot] = max(end, self._ends[slot])
        for future, positions in self._waiting.items():
            if not future.done() and self._any_beyond(positions):
                future.set_result(None)

    async def beyond(self, positions: Mapping[int, int]) -> None:
        """Wait until one of these slots ends beyond the position given for it."""
        if self._any_beyond(positions):
            return
        future: asyncio.Future[None] = self._loop.create_future()
        self._waiting[future] = dict(positions)
        try:
            await future
        finally:
            del self._waiting[future]

    def _any_beyond(self, positions: Mapping[int, int]) -> bool:
        return any(self._ends[slot] > position for slot, position in positions.items())
