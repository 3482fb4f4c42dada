"""How a change of ``reference`` gets into force.

A ping accepted after the answer to a change is judged by it, because:

1. The records are appended to ``reference``.
2. Our own register has read them.
3. A tick that names the new end of ``reference`` is appended to every partition.
4. Only then is the change answered. Whatever fails before is told as not done and may be sent
   again: the newest version holds.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from services.contracts.codec import encode
from services.contracts.reference import Reference, key_of
from services.contracts.register import Version
from services.contracts.topics import REFERENCE
from services.edge.reference import ReferenceView
from services.eventlog.port import EventLog, NewRecord, Unavailable
from services.ingest.heartbeat import Heartbeat

READ_BACK_WITHIN_S = 10.0


class Changes:
    """Puts what people decide into force."""

    def __init__(self, log: EventLog, view: ReferenceView, heartbeat: Heartbeat) -> None:
        self._log = log
        self._view = view
        self._heartbeat = heartbeat

    async def make(self, messages: Sequence[Reference]) -> list[Version]:
        """The versions that the messages have become. Raises Unavailable, TooLarge."""
        ends = await self._log.append(
            [NewRecord(REFERENCE.name, key_of(each).encode(), encode(each)) for each in messages]
        )
        end = ends[REFERENCE.name, 0]
        try:
            async with asyncio.timeout(READ_BACK_WITHIN_S):
                await self._view.reached(end)
        except TimeoutError:
            msg = f"the change was written but not read back within {READ_BACK_WITHIN_S:g} s"
            raise Unavailable(msg) from None
        await self._heartbeat.beat()
        return [self._version(message, end) for message in messages]

    def _version(self, message: Reference, end: int) -> Version:
        """The last version below ``end`` that says the same: others may write between ours."""
        return next(
            version
            for version in reversed(self._view.register.versions(key_of(message)))
            if version.offset < end and version.message == message
        )
