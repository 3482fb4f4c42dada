"""The geofence process killed at chosen system calls of its commits on the embedded log.

Each time it is killed as its writing thread makes the N-th such call, while pings keep coming;
the next one takes over what it left. In the end the derived topics hold, record by record, what
one uninterrupted run derives.
"""

from __future__ import annotations

import asyncio
import json
import signal
import sys
import time
from dataclasses import asdict
from pathlib import Path

import pytest

from services.contracts.topics import REFERENCE, VISITS
from services.eventlog.embedded.store import FILE
from services.eventlog.opening import Embedded, open_log
from services.eventlog.port import EventLog
from tests.support import geofence_process
from tests.support.deployment import ROOT
from tests.support.offline import expected, there
from tests.support.patrols import Patrols, hotspot
from tests.support.system_calls import Call, killed_at
from tests.support.working import working

BEAT_S = 0.1
KILLED_WITHIN_S = 60.0
STOPPED_WITHIN_S = 20.0
DERIVED_WITHIN_S = 60.0
WAL, SHM = FILE + "-wal", FILE + "-shm"
STAGES = [
    ("pwrite64", WAL, 15),  # in the midst of a commit's pages, or of another's
    ("pwrite64", WAL, 60),
    ("fdatasync", WAL, 4),  # all is written and nothing synced; the claims were three at most
    ("pwrite64", WAL, 111),
    ("fcntl", SHM, 60),  # between writing, telling the others, and letting go
    ("fdatasync", WAL, 7),
]


class Feed:
    """A town's telemetry, a beat at a time, judged by hot spots drawn once."""

    def __init__(self, log: EventLog, partitions: int) -> None:
        self._log = log
        self._partitions = partitions
        self._patrols = Patrols(11, start=time.time_ns() // 1_000_000)
        self._reference_end = 0

    async def draw(self) -> None:
        for number in range(5):
            ends = await self._log.append([hotspot(number, 0)])
            self._reference_end = ends[REFERENCE.name, 0]

    async def until_ended(self, process: asyncio.subprocess.Process) -> None:
        """Go on until the process has ended."""
        ended = asyncio.create_task(process.wait())
        while not ended.done():
            await self._log.append(self._patrols.beat(self._partitions, self._reference_end))
            await asyncio.wait({ended}, timeout=BEAT_S)


async def killed(feed: Feed, place: Embedded, call: Call) -> None:
    """Run the process to this call, with pings coming all the while."""
    where = json.dumps(asdict(place), default=str)
    command = [*killed_at(call), sys.executable, "-m", geofence_process.__name__, where]
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT)
    try:
        await asyncio.wait_for(feed.until_ended(process), KILLED_WITHIN_S)
    finally:
        if process.returncode is None:
            process.terminate()  # which strace passes on
        await asyncio.wait_for(process.wait(), STOPPED_WITHIN_S)
    assert process.returncode == -signal.SIGKILL


async def assert_as_if_never_killed(log: EventLog) -> None:
    wanted = await expected(log)
    assert sum(len(lines) for (topic, _), lines in wanted.items() if topic == VISITS.name) > 20
    async with working(log):
        held = await there(log)
        deadline = time.monotonic() + DERIVED_WITHIN_S
        while held != wanted and time.monotonic() < deadline:
            await asyncio.sleep(0.1)
            held = await there(log)
    assert held == wanted


@pytest.mark.timeout(600)
async def test_kills_at_every_stage_of_a_commit_leave_no_trace(tmp_path: Path) -> None:
    place = Embedded(tmp_path, partitions=3)
    log = await open_log(place)
    try:
        feed = Feed(log, place.partitions)
        await feed.draw()
        for name, file, number in STAGES:
            await killed(feed, place, Call(name, (tmp_path / file,), number))
        assert any((await there(log)).values())  # some commits came before the calls
        await assert_as_if_never_killed(log)
    finally:
        await log.close()
