"""Feeding the projection: what the log holds of the last days, then whatever comes."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import structlog

from services.contracts.codec import Undecodable, decode_all
from services.contracts.derived import Settlement
from services.contracts.people import Feedback
from services.contracts.topics import POSITIONS
from services.eventlog.port import Batch, EventLog, Unavailable
from services.metrics.projection import Derived, Projection
from services.metrics.revisions import without_superseded

_log = structlog.get_logger()
_CLOCKS_DIFFER_BY_MS = 60_000
"""Ours, the log's and the radios' clocks; so records are read from a little before."""
_MEASURE_EVERY_S = 5
_RETRY_AFTER_S = 1


class Follower:
    """Follows what is derived, and ``feedback``, into a projection."""

    def __init__(self, log: EventLog, projection: Projection, since: Mapping[str, int]) -> None:
        """``since`` gives, by topic, the time from which on everything must be known."""
        self._log = log
        self._projection = projection
        self._since = since
        self._next: dict[tuple[str, int], int] = {}
        self.lag: dict[str, dict[int, int]] = {}
        self.caught_up = asyncio.Event()

    async def run(self) -> None:
        """Follow until cancelled."""
        async for batch in self._log.follow(await self._starts()):
            self._apply(batch)
            if not self.caught_up.is_set():
                self._projection.take_changes()  # history: who comes is told how it ended
            if batch.caught_up:
                self.caught_up.set()

    async def measure(self) -> None:
        """Keep ``lag`` up to date: by topic and partition, the records not folded in yet."""
        await self.caught_up.wait()
        while True:
            try:
                for topic in self._since:
                    bounds = await self._log.bounds(topic)
                    self.lag[topic] = {
                        partition: max(0, extent.end - self._next[topic, partition])
                        for partition, extent in bounds.items()
                    }
            except Unavailable as error:
                _log.warning("the log cannot be measured", reason=str(error))
            await asyncio.sleep(_MEASURE_EVERY_S)

    async def _starts(self) -> dict[str, dict[int, int]]:
        while True:
            try:
                starts = {
                    topic: await self._log.offset_at(topic, time - _CLOCKS_DIFFER_BY_MS)
                    for topic, time in self._since.items()
                }
            except Unavailable as error:
                _log.warning("the log cannot be read yet", reason=str(error))
                await asyncio.sleep(_RETRY_AFTER_S)
            else:
                self._next = {
                    (topic, partition): offset
                    for topic, offsets in starts.items()
                    for partition, offset in offsets.items()
                }
                self._projection.partitions = len(starts[POSITIONS.name])
                return starts

    def _apply(self, batch: Batch) -> None:
        messages = decode_all(batch.topic, [record.value for record in batch.records])
        for record, message in zip(batch.records, messages, strict=True):
            if isinstance(message, Undecodable):
                _log.error(
                    "record cannot be read",
                    topic=batch.topic,
                    partition=batch.partition,
                    offset=record.offset,
                    reason=message.reason,
                )
        for message in without_superseded(messages):
            if isinstance(message, Settlement):
                self._projection.settle(batch.topic, batch.partition, message)
            elif isinstance(message, Feedback):
                self._projection.hear(message)
            elif isinstance(message, Derived):
                self._projection.apply(batch.partition, message)
        self._next[batch.topic, batch.partition] = batch.next_offset
