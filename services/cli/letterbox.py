"""The dead letters of a log, and which of them were replayed."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Mapping
from typing import Protocol

from services.cli.letters import Letter, Place, marked
from services.contracts.codec import decode
from services.contracts.people import Audit
from services.contracts.recovery import DeadLetter
from services.contracts.topics import AUDIT, DEAD_LETTERS
from services.eventlog.port import EventLog, Extent

CLOCKS_APART_MS = 3_600_000
"""A mark is looked for from so long before its letter: they were stamped by two machines."""

Spans = Mapping[int, Extent]
"""By partition: which part of ``dead-letters`` is meant."""


class Watcher(Protocol):
    """Who wants to see how far it is."""

    def records_ahead(self, count: int) -> None:
        """So many more records are to be read."""
        ...

    def records_read(self, count: int) -> None:
        """So many more records have been read."""
        ...


class Letterbox:
    """The dead letters of a log. ``unreadable`` counts the records that were no letters."""

    def __init__(self, log: EventLog, watcher: Watcher) -> None:
        self.unreadable = 0
        self._log = log
        self._watcher = watcher

    async def since(self, time: int) -> Spans:
        """The letters written at or after a time (ms)."""
        ends = await self._log.bounds(DEAD_LETTERS.name)
        starts = await self._log.offset_at(DEAD_LETTERS.name, time)
        return {partition: Extent(starts[partition], ends[partition].end) for partition in ends}

    async def around(self, places: Collection[Place]) -> Spans:
        """The letters at these places, and those between them; what is not there is left out."""
        spans = {}
        for partition, there in (await self._log.bounds(DEAD_LETTERS.name)).items():
            offsets = [place.offset for place in places if place.partition == partition]
            inside = [offset for offset in offsets if there.start <= offset < there.end]
            if inside:
                spans[partition] = Extent(min(inside), max(inside) + 1)
        return spans

    async def letters(self, spans: Spans) -> AsyncIterator[Letter]:
        """The letters, one partition after another."""
        self._watcher.records_ahead(sum(span.end - span.start for span in spans.values()))
        for partition, span in spans.items():
            async for records in self._log.read(DEAD_LETTERS.name, partition, *span):
                for record in records:
                    message = decode(DEAD_LETTERS.name, record.value)
                    if isinstance(message, DeadLetter):
                        yield Letter(Place(partition, record.offset), record.timestamp, message)
                    else:
                        self.unreadable += 1
                self._watcher.records_read(len(records))

    async def marks(self, since: int = 0) -> dict[Place, Audit]:
        """Which letters written since a time (ms) were replayed; each by its last mark."""
        marks: dict[Place, Audit] = {}
        starts = await self._log.offset_at(AUDIT.name, max(0, since - CLOCKS_APART_MS))
        for partition, start in starts.items():
            async for records in self._log.read(AUDIT.name, partition, start):
                for record in records:
                    audit = decode(AUDIT.name, record.value)
                    place = marked(audit) if isinstance(audit, Audit) else None
                    if isinstance(audit, Audit) and place is not None:
                        known = marks.get(place)
                        marks[place] = audit if known is None or audit.at >= known.at else known
        return marks
