"""One partition's task at work on a real log, and what is to be seen of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from prometheus_client import CollectorRegistry

from services.contracts.codec import decode_all
from services.contracts.recovery import Checkpoint
from services.contracts.topics import (
    DEAD_LETTERS,
    GEOFENCE_STATE,
    POSITIONS,
    REFERENCE,
    TELEMETRY,
    VISITS,
)
from services.eventlog.embedded.log import EmbeddedLog
from services.eventlog.port import EventLog
from services.geofence.doubts import Doubts
from services.geofence.instruments import Instruments
from services.geofence.keeper import keep
from services.geofence.restore import Restored, Restorer
from services.geofence.standing import Standing
from services.geofence.task import Task
from services.geofence.teaching import Teacher
from tests.support.offline import DERIVED, expected, there
from tests.support.patrols import INTERVAL_MS, Patrols, hotspot

START = 1_780_000_000_000
PARTITION = 0


async def feed(log: EventLog, patrols: Patrols, beats: int, reference_end: int) -> None:
    """Append telemetry as fast as it goes."""
    for _ in range(beats):
        await log.append(patrols.beat(await log.partitions(), reference_end))


async def town(log: EventLog) -> int:
    """Draw the hot spots; the end of reference."""
    ends = await log.append([hotspot(number, 0) for number in range(5)])
    return ends[REFERENCE.name, 0]


def new_task(log: EventLog, registry: CollectorRegistry | None = None) -> Task:
    return Task(
        PARTITION, log, Teacher(log), Standing(), Instruments(registry or CollectorRegistry())
    )


async def restored(log: EventLog) -> Restored:
    """The partition as the next owner would find it."""
    restorer = Restorer(log, Teacher(log), PARTITION, Doubts(), lambda _: None)
    async with log.join("geofence", TELEMETRY.name) as member:
        return await restorer.restore(member)


@asynccontextmanager
async def running(task: Task) -> AsyncIterator[asyncio.Task[None]]:
    """The task at work; stopped in order on exit unless it has ended by itself."""
    stop = asyncio.Event()
    async with task.log.join("geofence", TELEMETRY.name) as member:
        work = asyncio.create_task(task.run(member, stop))
        try:
            yield work
        finally:
            stop.set()
            await asyncio.wait({work}, timeout=20)
    if not work.cancelled():
        work.result()


@asynccontextmanager
async def crashing(task: Task) -> AsyncIterator[Task]:
    """The task at work, again after each failure; on exit it ends without a last commit."""
    async with task.log.join("geofence", TELEMETRY.name) as member:
        work = asyncio.create_task(keep(task, member, asyncio.Event()))
        try:
            yield task
        finally:
            work.cancel()
            await asyncio.wait({work})


async def caught_up(task: Task) -> None:
    """Wait until everything in telemetry is committed."""
    end = (await task.log.bounds(TELEMETRY.name))[PARTITION].end
    for _ in range(1_000):
        if task.standing.offset >= end:
            return
        await asyncio.sleep(0.02)
    pytest.fail(f"committed up to {task.standing.offset}, not {end}")


async def checkpoint(log: EventLog) -> Checkpoint:
    """The partition's last checkpoint."""
    found: list[Checkpoint] = []
    start = (await log.bounds(GEOFENCE_STATE.name))[PARTITION].start
    async for records in log.read(GEOFENCE_STATE.name, PARTITION, start):
        messages = decode_all(GEOFENCE_STATE.name, [record.value for record in records])
        found += [message for message in messages if isinstance(message, Checkpoint)]
    return found[-1]


async def assert_as_expected(log: EventLog) -> None:
    held, wanted = await there(log), await expected(log)
    for topic in DERIVED:
        if topic is not DEAD_LETTERS:
            assert held[topic.name, PARTITION] == wanted[topic.name, PARTITION]
    assert held[VISITS.name, PARTITION]
    assert held[POSITIONS.name, PARTITION]


class TimedLog:
    """An embedded log whose clock goes with the feed, so that hours pass in a short test."""

    def __init__(self, log: EventLog) -> None:
        self.log = log
        self.now = START

    async def feed(self, patrols: Patrols, beats: int, reference_end: int) -> None:
        """Append telemetry, each beat at its own time."""
        for _ in range(beats):
            self.now += INTERVAL_MS
            await feed(self.log, patrols, 1, reference_end)


@asynccontextmanager
async def timed_log(folder: Path) -> AsyncIterator[TimedLog]:
    """An empty one of three partitions; its time is that of a ``Patrols`` from START on."""
    timed: TimedLog | None = None
    log = await EmbeddedLog.open(folder, 3, lambda: timed.now if timed else START)
    timed = TimedLog(log)
    try:
        yield timed
    finally:
        await log.close()
