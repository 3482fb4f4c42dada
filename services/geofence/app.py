"""The geofence service: the worker with its health and its metrics."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from prometheus_client import CollectorRegistry

from services.edge.background import OnFailure, background
from services.edge.health import Readiness
from services.eventlog.port import EventLog
from services.geofence.instruments import Instruments, StandingsCollector
from services.geofence.standing import readiness
from services.geofence.worker import Worker


class GeofenceService:
    """Computes visits and positions from telemetry; it has no routes of its own.

    ``on_failure`` hears of an end of the work that no pause would mend, such as missing topics.
    """

    def __init__(
        self, log: EventLog, *, registry: CollectorRegistry, on_failure: OnFailure
    ) -> None:
        self._worker = Worker(log, Instruments(registry))
        self._on_failure = on_failure
        self._was_ready = False
        registry.register(StandingsCollector(self._worker.standings))

    def install(self, app: FastAPI) -> None:
        """Nothing: what the edge serves for everybody is enough."""

    def readiness(self) -> Readiness:
        """Ready once every partition of this process has been restored."""
        worker = self._worker
        now = readiness(worker.standings, was_ready=self._was_ready, trouble=worker.trouble)
        self._was_ready = now.ready
        return now

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Work from entry to exit; the exit commits what is done."""
        async with background(self._worker.run(), self._on_failure):
            yield
