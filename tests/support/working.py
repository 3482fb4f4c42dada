"""A geofence worker at work in the test's own process."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from prometheus_client import CollectorRegistry

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
