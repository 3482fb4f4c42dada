"""A metrics service on a real embedded log, served over a real socket."""

from __future__ import annotations

import asyncio
import json
import socket
import time
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from datetime import time as time_of_day
from http import HTTPStatus
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest
import uvicorn
from prometheus_client import CollectorRegistry

from services.contracts.codec import encode
from services.contracts.days import Days
from services.contracts.derived import Position, Progress, Settlement, Signal, Timesheet, Visit
from services.contracts.reference import HotSpot, Reference, Scope, Token, key_of
from services.edge.access import sha256_of
from services.edge.app import create_app
from services.edge.reference import ReferenceView
from services.edge.service import Service
from services.edge.sessions import Sessions
from services.eventlog.port import EventLog, NewRecord
from services.ingest.app import IngestService
from services.metrics.app import MetricsService
from services.metrics.base_map import BaseMap

SCOPES: tuple[Scope, ...] = ("ingest", "scrape", "figures", "own", "view", "supervise", "admin")
"""The scopes of the tokens in the log; each one's secret is ``secret-SCOPE``."""
OFFICER = "P-1"
"""Whose ``own`` it is."""

TOPICS: dict[type, str] = {Visit: "visits", Timesheet: "timesheets", Signal: "signals"}

NO_MAP = BaseMap()

SQUARE = {
    "type": "Polygon",
    "coordinates": [[[-2.246, 53.479], [-2.244, 53.479], [-2.244, 53.481], [-2.246, 53.479]]],
}


def epoch_ms() -> int:
    return time.time_ns() // 1_000_000


def bearer(scope: Scope) -> dict[str, str]:
    return {"Authorization": f"Bearer secret-{scope}"}


def begun_hours_ago(hours: int) -> time_of_day:
    """A start of the day, in UTC, such that today began at least so many hours ago."""
    return time_of_day((datetime.now(UTC).hour - hours) % 24)


def hot_spot(hotspot_id: str = "hs-1", name: str = "Market", since: int = 0) -> HotSpot:
    return HotSpot(
        hotspot_id=hotspot_id, name=name, geometry=SQUARE, effective_from=since, changed_by="test"
    )


async def learn(log: EventLog, messages: Iterable[Reference]) -> None:
    """Append to ``reference``."""
    await log.append(
        [NewRecord("reference", key_of(each).encode(), encode(each)) for each in messages]
    )


async def prepare(log: EventLog) -> None:
    """A token of each scope, and one hot spot."""
    await learn(log, [hot_spot()])
    await learn(
        log,
        [
            Token(
                token_id=f"the-{scope}",
                sha256=sha256_of(f"secret-{scope}"),
                scopes=[scope],
                created_at=0,
                changed_by="test",
                source="airwave" if scope == "ingest" else None,
                officer_id=OFFICER if scope == "own" else None,
            )
            for scope in SCOPES
        ],
    )


Derived = Visit | Timesheet | Position | Progress | Signal


async def derive(log: EventLog, messages: Iterable[Derived]) -> None:
    """Append what the engines would have derived: an outage in every partition."""
    records = []
    partitions = await log.partitions()
    for message in messages:
        if isinstance(message, Progress):
            key, topic, partition = str(message.partition), "positions", message.partition
            records.append(NewRecord(topic, key.encode(), encode(message), partition))
        elif isinstance(message, Signal) and message.radio_id is None:
            about, told = (message.source or "").encode(), encode(message)
            records += [NewRecord("signals", about, told, each) for each in range(partitions)]
        else:
            topic = TOPICS.get(type(message), "positions")
            records.append(NewRecord(topic, (message.radio_id or "").encode(), encode(message)))
    await log.append(records)


async def settle(
    log: EventLog, settlement: Settlement, visits: Iterable[Visit], sheets: Iterable[Timesheet]
) -> None:
    """Append a settlement and its final figures, all of one partition."""
    partition = settlement.partition
    for topic, messages in (("visits", visits), ("timesheets", sheets)):
        announced = NewRecord(topic, str(partition).encode(), encode(settlement), partition)
        final = [NewRecord(topic, b"", encode(each), partition) for each in messages]
        await log.append([announced, *final])


@dataclass
class Served:
    """A running service and its log; ``client`` speaks to it over its socket."""

    log: EventLog
    client: httpx.AsyncClient
    view: ReferenceView
    sessions: Sessions
    server: uvicorn.Server

    async def get(
        self, path: str, scope: Scope = "admin", headers: Mapping[str, str] | None = None
    ) -> dict[str, Any]:
        """What a path answers, which is a JSON object, to a token of that scope."""
        response = await self.client.get(path, headers={**bearer(scope), **(headers or {})})
        assert response.status_code == 200, response.text
        body: dict[str, Any] = response.json()
        return body

    async def ready(self) -> dict[str, Any]:
        """What ``/readyz`` says once the service is ready, within twenty seconds."""
        for _ in range(1000):
            if (response := await self.client.get("/readyz")).status_code == HTTPStatus.OK:
                body: dict[str, Any] = response.json()
                return body
            await asyncio.sleep(0.02)
        msg = f"not ready: {response.text}"
        raise AssertionError(msg)


@asynccontextmanager
async def serving(
    log: EventLog, base_map: BaseMap = NO_MAP, *, beside_ingest: bool = False
) -> AsyncIterator[Served]:
    """Serve metrics until the block ends; its day began at least six hours ago.

    With ingest beside it on the same port, as ``stepsix up`` has them.
    """
    view, registry = ReferenceView(log), CollectorRegistry()
    sessions = Sessions("s" * 32, epoch_ms)
    failures: list[BaseException] = []
    services: list[Service] = []
    days = Days(ZoneInfo("UTC"), begun_hours_ago(6))
    if beside_ingest:
        ingest = IngestService(
            log,
            view,
            registry,
            instance="i1",
            days=days,
            sessions=sessions,
            clock=epoch_ms,
            on_failure=failures.append,
        )
        services.append(ingest)
    metrics = MetricsService(
        log=log,
        view=view,
        registry=registry,
        zone=days.zone,
        day_starts=days.starts,
        sessions=sessions,
        below=base_map,
        clock=epoch_ms,
        on_failure=failures.append,
    )
    services.append(metrics)
    app = create_app(services, view=view, registry=registry, on_failure=failures.append)
    config = uvicorn.Config(
        app, log_config=None, lifespan="on", timeout_graceful_shutdown=1, access_log=False
    )
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        running = asyncio.create_task(server.serve(sockets=[listener]))
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
            served = Served(log, client, view, sessions, server)
            await served.ready()
            yield served
        server.should_exit = True
        await running
    assert failures == []


@pytest.fixture
async def served(embedded_log: EventLog) -> AsyncIterator[Served]:
    """A service on an embedded log that holds no more than ``prepare`` puts there."""
    await prepare(embedded_log)
    async with serving(embedded_log) as running:
        yield running


Event = tuple[str, dict[str, Any]]


class Events:
    """The events of one live stream, as they come."""

    def __init__(self, lines: AsyncIterator[str]) -> None:
        self._lines = lines

    async def next(self) -> Event:
        """The next event, but for health, alerts and how the days stand."""
        while (event := await self._any())[0] in ("health", "compliance", "alert"):
            pass
        return event

    async def health(self) -> dict[str, Any]:
        """The next health event."""
        while (event := await self._any())[0] != "health":
            pass
        return event[1]

    async def compliance(self) -> dict[str, Any]:
        """The next hot spot's day."""
        while (event := await self._any())[0] != "compliance":
            pass
        return event[1]

    async def alert(self) -> dict[str, Any]:
        """The next alert."""
        while (event := await self._any())[0] != "alert":
            pass
        return event[1]

    async def _any(self) -> Event:
        async with asyncio.timeout(10):
            name = await anext(self._lines)
            data = await anext(self._lines)
            assert await anext(self._lines) == ""
        return name.removeprefix("event: "), json.loads(data.removeprefix("data: "))


@asynccontextmanager
async def live(served: Served, scope: Scope = "view") -> AsyncIterator[Events]:
    """Watch the live stream."""
    async with served.client.stream("GET", "/v1/live", headers=bearer(scope)) as response:
        assert response.status_code == 200
        assert response.headers["content-type"].startswith("text/event-stream")
        yield Events(response.aiter_lines())
