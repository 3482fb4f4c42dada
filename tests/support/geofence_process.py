"""The geofence worker as a process of its own: ``python -m tests.support.geofence_process``.

The place of the log is given as JSON: {"data_dir": ...} or {"bootstrap": ..., "prefix": ...}.
Rounds of snapshots are short here, so that a restore meets snapshots of many ages.
"""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict
from pathlib import Path

from prometheus_client import CollectorRegistry

from services.edge import logs
from services.eventlog.opening import Embedded, Kafka, open_log
from services.geofence import rounds
from services.geofence.instruments import Instruments
from services.geofence.worker import Worker

ROUND_MS = 3_000
STOPPED_IN_ORDER = 0


class GeofenceProcess:
    """Starts, kills and stops the process on one log."""

    def __init__(self, place: Embedded | Kafka) -> None:
        self._place = json.dumps(asdict(place), default=str)
        self._process: asyncio.subprocess.Process | None = None

    @property
    def running(self) -> asyncio.subprocess.Process:
        """The process, which must have been started."""
        assert self._process is not None
        return self._process

    async def start(self) -> None:
        """Start it."""
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", __name__, self._place
        )

    async def kill(self) -> None:
        """End it without any warning."""
        assert self.running.returncode is None, "the process ended by itself"
        self.running.kill()
        assert await self.running.wait() == -signal.SIGKILL

    async def stop(self) -> None:
        """Ask it to end, and see that it does so in order."""
        self.running.terminate()
        assert await asyncio.wait_for(self.running.wait(), 20) == STOPPED_IN_ORDER


@asynccontextmanager
async def geofence_process(place: Embedded | Kafka) -> AsyncIterator[GeofenceProcess]:
    """A process that is started, and gone afterwards however the test ends."""
    process = GeofenceProcess(place)
    await process.start()
    try:
        yield process
    finally:
        if process.running.returncode is None:
            await process.kill()


async def _main(place: Embedded | Kafka) -> None:
    log = await open_log(place)
    work = asyncio.create_task(Worker(log, Instruments(CollectorRegistry())).run())
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, work.cancel)
    try:
        await asyncio.gather(work, return_exceptions=True)
        if not work.cancelled() and (error := work.exception()) is not None:
            raise error
    finally:
        await log.close()


def _place_of(given: dict[str, str]) -> Embedded | Kafka:
    if "bootstrap" in given:
        return Kafka(**given)
    return Embedded(Path(given["data_dir"]), int(given["partitions"]))


if __name__ == "__main__":
    logs.configure()
    rounds.ROUND_MS = ROUND_MS
    asyncio.run(_main(_place_of(json.loads(sys.argv[1]))))
