"""A register that follows the topic ``reference`` for as long as a service runs."""

from __future__ import annotations

import asyncio

import structlog

from services.contracts.codec import Undecodable, decode_all
from services.contracts.register import Register
from services.contracts.topics import REFERENCE
from services.eventlog.port import Batch, EventLog

_log = structlog.get_logger()


class ReferenceView:
    """The register as of now, and a way to wait until it holds what was just appended."""

    def __init__(self, log: EventLog) -> None:
        self.register = Register()
        self._log = log
        self._offset = 0
        self._caught_up = False
        self._moved = asyncio.Condition()

    async def run(self) -> None:
        """Follow ``reference`` until cancelled."""
        async for batch in self._log.follow({REFERENCE.name: None}):
            self._apply(batch)
            async with self._moved:
                self._offset = batch.next_offset
                self._caught_up = self._caught_up or batch.caught_up
                self._moved.notify_all()

    async def ready(self) -> None:
        """Wait until everything is known that the log held when following began."""
        async with self._moved:
            await self._moved.wait_for(lambda: self._caught_up)

    async def reached(self, offset: int) -> None:
        """Wait until every record below ``offset`` is in the register."""
        async with self._moved:
            await self._moved.wait_for(lambda: self._offset >= offset)

    @property
    def is_ready(self) -> bool:
        """Whether ``ready`` would return at once."""
        return self._caught_up

    @property
    def offset(self) -> int:
        """The end of what is in the register: every record below it."""
        return self._offset

    def _apply(self, batch: Batch) -> None:
        messages = decode_all(REFERENCE.name, [record.value for record in batch.records])
        for record, message in zip(batch.records, messages, strict=True):
            if isinstance(message, Undecodable):
                _log.error(
                    "reference record cannot be read",
                    offset=record.offset,
                    reason=message.reason,
                )
            else:
                self.register.apply(record.offset, message)


async def read_register(log: EventLog) -> Register:
    """The register as the log has it now. Raises LogError."""
    register = Register()
    start = (await log.bounds(REFERENCE.name))[0].start
    async for records in log.read(REFERENCE.name, 0, start):
        messages = decode_all(REFERENCE.name, [record.value for record in records])
        for record, message in zip(records, messages, strict=True):
            if not isinstance(message, Undecodable):
                register.apply(record.offset, message)
    return register
