"""One process of stepsix: a log, the services asked for, one port.

The only place that knows every service; they know nothing of each other.
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from fastapi import FastAPI
from prometheus_client import CollectorRegistry

from services.contracts.days import Days
from services.edge.app import create_app
from services.edge.background import OnFailure
from services.edge.reference import ReferenceView
from services.edge.serve import serve
from services.edge.service import Service
from services.edge.sessions import Sessions
from services.eventlog.opening import Embedded, Kafka, open_log
from services.eventlog.port import EventLog
from services.geofence.app import GeofenceService
from services.ingest.app import IngestService
from services.metrics.app import MetricsService
from services.metrics.base_map import BaseMap
from services.settings import PREFIX, Settings, WrongSetting


@dataclass(frozen=True, slots=True)
class Process:
    """What the services of one process share."""

    settings: Settings
    log: EventLog
    view: ReferenceView
    registry: CollectorRegistry
    sessions: Sessions


Part = Callable[[Process, OnFailure], Service]


def epoch_ms() -> int:
    """The clock of the outermost loop."""
    return time.time_ns() // 1_000_000


def cluster(settings: Settings) -> Kafka:
    """The cluster that these settings name. Raises WrongSetting where they name none."""
    if settings.kafka is None:
        msg = f"{PREFIX}KAFKA: give --kafka HOST:PORT; the embedded log serves `stepsix up` alone."
        raise WrongSetting(msg)
    return Kafka(settings.kafka)


@asynccontextmanager
async def log_of(settings: Settings) -> AsyncIterator[EventLog]:
    """The log, in Kafka or else in the data directory, closed at the end. Raises LogError."""
    embedded = Embedded(settings.data_dir, settings.partitions)
    log = await open_log(cluster(settings) if settings.kafka else embedded)
    try:
        yield log
    finally:
        await log.close()


@asynccontextmanager
async def process(settings: Settings) -> AsyncIterator[Process]:
    """A process around an open log whose topics are as they should be. Raises LogError."""
    async with log_of(settings) as log:
        await log.check()
        secret = settings.cookie_secret
        sessions = Sessions(secret.get_secret_value() if secret else None, epoch_ms)
        yield Process(settings, log, ReferenceView(log), CollectorRegistry(), sessions)


async def run(process: Process, parts: Sequence[Part]) -> None:
    """Serve some services on one port until a signal ends it, in order."""

    def make_app(on_failure: OnFailure) -> FastAPI:
        return create_app(
            [part(process, on_failure) for part in parts],
            view=process.view,
            registry=process.registry,
            on_failure=on_failure,
        )

    await serve(make_app, host=process.settings.host, port=process.settings.port)


def ingest(process: Process, on_failure: OnFailure) -> Service:
    """The way in."""
    return IngestService(
        process.log,
        process.view,
        process.registry,
        instance=process.settings.instance,
        days=Days(process.settings.zone, process.settings.day_starts),
        sessions=process.sessions,
        clock=epoch_ms,
        on_failure=on_failure,
    )


def geofence(process: Process, on_failure: OnFailure) -> Service:
    """The engine."""
    return GeofenceService(process.log, registry=process.registry, on_failure=on_failure)


def metrics(process: Process, on_failure: OnFailure) -> Service:
    """The way out; it catches every other path, so it comes last."""
    settings = process.settings
    return MetricsService(
        log=process.log,
        view=process.view,
        registry=process.registry,
        zone=settings.zone,
        day_starts=settings.day_starts,
        sessions=process.sessions,
        below=BaseMap(settings.tiles, settings.basemap, settings.tiles_attribution),
        clock=epoch_ms,
        on_failure=on_failure,
    )
