"""One process's part in the work: a task for each partition that it is assigned."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import structlog

from services.contracts.topics import TELEMETRY
from services.eventlog.port import EventLog, LogError, Member, Unavailable
from services.geofence.instruments import Instruments
from services.geofence.keeper import keep
from services.geofence.standing import Standing
from services.geofence.task import Task
from services.geofence.teaching import Teacher

GROUP = "geofence"
REJOIN_S = 1.0
"""Between two tries to take part in the group, while the brokers cannot be reached."""
LOOK_S = 2.0
"""How often the end of telemetry is looked up, to tell the lag."""
STOP_S = 3.0
"""How long the last commits may take; what is cut off then is restored as after a crash."""

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class _Kept:
    """A partition's task at work, and how to stop it."""

    work: asyncio.Task[None]
    stop: asyncio.Event


class Worker:
    """Runs the tasks of this process's partitions; ``standings`` tells of each.

    ``trouble`` says what the log last answered where that was no answer, else None.
    """

    def __init__(self, log: EventLog, instruments: Instruments) -> None:
        self.standings: dict[int, Standing] = {}
        self.trouble: str | None = None
        self._log = log
        self._teacher = Teacher(log)
        self._instruments = instruments
        self._kept: dict[int, _Kept] = {}
        self._leaving: dict[int, asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Work until cancelled, then stop in order. Raises WrongTopics and other LogErrors."""
        await self._log.check()
        looking = asyncio.create_task(self._look())
        try:
            while True:
                try:
                    await self._take_part()
                except Unavailable as error:
                    self.trouble = str(error)
                    _log.warning("no part in the group; trying again", reason=self.trouble)
                await asyncio.sleep(REJOIN_S)
        finally:
            looking.cancel()

    async def _take_part(self) -> None:
        """Be a member of the group for as long as it can be reached. Raises Unavailable."""
        async with self._log.join(GROUP, TELEMETRY.name) as member:
            try:
                await self._follow_assignments(member)
            finally:
                await self._stop()

    async def _follow_assignments(self, member: Member) -> None:
        mine: frozenset[int] = frozenset()
        while True:
            assigned = await member.reassigned(mine)
            for partition in mine - assigned:
                self._release(partition)
            for partition in sorted(assigned - mine):
                self._take_up(partition, member)
            mine = assigned

    def _take_up(self, partition: int, member: Member) -> None:
        standing = self.standings[partition] = Standing()
        task = Task(partition, self._log, self._teacher, standing, self._instruments)
        stop, before = asyncio.Event(), self._leaving.pop(partition, None)

        async def work() -> None:
            if before is not None:
                await asyncio.wait({before})  # however it ended
            await keep(task, member, stop)

        self._kept[partition] = _Kept(asyncio.create_task(work()), stop)

    def _release(self, partition: int) -> None:
        """Stop a task without waiting for it: others may be due already."""
        kept = self._kept.pop(partition)
        kept.stop.set()
        self._leaving[partition] = kept.work
        del self.standings[partition]

    async def _stop(self) -> None:
        for partition in list(self._kept):
            self._release(partition)
        if not self._leaving:
            return
        _, late = await asyncio.wait(self._leaving.values(), timeout=STOP_S)
        for work in late:
            work.cancel()
        await asyncio.gather(*late, return_exceptions=True)
        self._leaving.clear()

    async def _look(self) -> None:
        """Keep each standing's end of telemetry up to date while the log answers."""
        while True:
            try:
                bounds = await self._log.bounds(TELEMETRY.name)
            except LogError as error:
                self.trouble = str(error)
            else:
                self.trouble = None
                for partition, standing in self.standings.items():
                    standing.end = bounds[partition].end
            await asyncio.sleep(LOOK_S)
