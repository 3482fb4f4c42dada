"""``reference`` for the engines of one process: read once, taught to each as far as it asks."""

from __future__ import annotations

import asyncio
from bisect import bisect_left
from typing import NamedTuple

from services.contracts.codec import Undecodable, decode_all
from services.contracts.reference import Reference
from services.contracts.topics import REFERENCE
from services.eventlog.port import EventLog, LogRecord, NewRecord
from services.geofence.engine import Engine
from services.geofence.intake import dead_letter


class _Entry(NamedTuple):
    """A record of ``reference`` and what it says."""

    record: LogRecord
    message: Reference | Undecodable


class Teacher:
    """What ``reference`` says, up to where any engine of this process has asked for.

    A boundary is some hundred lists and numbers, so a process of many partitions keeps one copy.
    """

    def __init__(self, log: EventLog) -> None:
        self._log = log
        self._reading = asyncio.Lock()
        self._entries: list[_Entry] = []
        self._end = 0

    async def teach(self, engine: Engine, start: int, until: int) -> list[NewRecord]:
        """Teach the engine the records from ``start`` on and below ``until``.

        Gives a dead letter, for the engine's own partition, for each that cannot be read or
        learned: the engine goes on without it. Raises LogError where ``reference`` cannot be read.
        """
        async with self._reading:
            await self._read_up_to(until)
        letters: list[NewRecord] = []
        for record, message in self._between(start, until):
            if (reason := _refusal(engine, record, message)) is not None:
                letters.append(dead_letter(REFERENCE, 0, record, reason, to=engine.partition))
        engine.reference_offset = until
        return letters

    async def _read_up_to(self, until: int) -> None:
        if until <= self._end:
            return
        async for records in self._log.read(REFERENCE.name, 0, self._end, until):
            messages = decode_all(REFERENCE.name, [record.value for record in records])
            self._entries += map(_Entry, records, messages)
            self._end = records[-1].offset + 1
        self._end = until

    def _between(self, start: int, until: int) -> list[_Entry]:
        first, last = (
            bisect_left(self._entries, offset, key=lambda entry: entry.record.offset)
            for offset in (start, until)
        )
        return self._entries[first:last]


def _refusal(engine: Engine, record: LogRecord, message: Reference | Undecodable) -> str | None:
    """Why the engine does not know now what the record says; None where it does."""
    if isinstance(message, Undecodable):
        return message.reason
    try:
        engine.learn(record.offset, message)
    except Exception as error:  # noqa: BLE001 - a boundary of no shape must not stop a partition
        return f"the engine cannot take it: {error!r}"
    return None
