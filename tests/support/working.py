"""A geofence worker at work in the test's own process."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from prometheus_client import CollectorRegistry

from services.contracts.topics import TELEMETRY
from services.eventlog.port import EventLog
from services.geofence.instruments import Instruments
from services.geofence.worker import Worker


@asynccontextmanager
async def working(
    log: EventLog, registry: CollectorRegistry | None = None
) -> AsyncIterator[Worker]:
    """A worker at work, stopped in order on exit."""
    worker = Worker(log, Instruments(registry or CollectorRegistry()))
    work = asyncio.create_task(worker.run())
    try:
        yield worker
    finally:
        work.cancel()
        await asyncio.wait({work})
    assert work.cancelled()


async def all_taken(log: EventLog, *workers: Worker) -> None:
    """Wait until the workers together have committed all of telemetry."""
    ends = {p: extent.end for p, extent in (await log.bounds(TELEMETRY.name)).items()}

    def committed(partition: int) -> int:
        standings = [worker.standings.get(partition) for worker in workers]
        return max(standing.offset if standing else 0 for standing in standings)

    for _ in range(2_500):
        if all(committed(partition) >= end for partition, end in ends.items()):
            return
        await asyncio.sleep(0.02)
    pytest.fail("not all of telemetry was committed in 50 s")
