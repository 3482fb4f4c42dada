"""An ingest service over a real embedded log, spoken to over ASGI."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import httpx
from fastapi import FastAPI
from prometheus_client import CollectorRegistry

from services.contracts.codec import decode_all
from services.contracts.days import Days
from services.contracts.reference import Scope
from services.contracts.telemetry import Tick
from services.edge.app import create_app
from services.edge.reference import ReferenceView
from services.edge.sessions import Sessions
from services.eventlog.opening import Embedded, open_log
from services.eventlog.port import EventLog
from services.ingest import tokens
from services.ingest.app import IngestService

NOW = 1_780_000_000_000
"""2026-05-28T20:26:40Z, which the tests' clock stands at."""
DAYS = Days(ZoneInfo("Europe/London"), time(0))
SCOPES: tuple[Scope, ...] = ("admin", "supervise", "view", "ingest", "scrape")


@dataclass
class Ingest:
    """A running service and its log; ``secrets`` has a token of each scope."""

    app: FastAPI
    client: httpx.AsyncClient
    log: EventLog
    secrets: dict[Scope, str]
    view: ReferenceView
    registry: CollectorRegistry
    sessions: Sessions

    def bearer(self, scope: Scope) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.secrets[scope]}"}

    async def until_ready(self) -> None:
        async def ready() -> bool:
            return (await self.client.get("/readyz")).is_success

        await until(ready)

    async def ends(self) -> dict[int, int]:
        """Where each partition of telemetry ends."""
        return {p: extent.end for p, extent in (await self.log.bounds("telemetry")).items()}

    async def held(self, topic: str, since: Mapping[int, int] | None = None) -> list[Any]:
        """Every message of a topic, partition after partition."""
        found: list[Any] = []
        for partition, extent in (await self.log.bounds(topic)).items():
            start = extent.start if since is None else since[partition]
            async for records in self.log.read(topic, partition, start):
                found += decode_all(topic, [record.value for record in records])
        return found

    async def telemetry(self, since: Mapping[int, int] | None = None) -> list[Any]:
        """What radios said, without the ticks."""
        held = await self.held("telemetry", since)
        return [each for each in held if not isinstance(each, Tick)]

    async def ticks(self, since: Mapping[int, int] | None = None) -> list[Tick]:
        held = await self.held("telemetry", since)
        return [each for each in held if isinstance(each, Tick)]


async def until(condition: Callable[[], Awaitable[object]]) -> None:
    """Wait until the condition holds; TimeoutError after 20 s."""
    async with asyncio.timeout(20):
        while True:
            if await condition():
                return
            await asyncio.sleep(0.01)


def fail(error: BaseException) -> None:
    """Background work of a test has no reason to fail."""
    raise error


@asynccontextmanager
async def running_on(
    log: EventLog, secrets: dict[Scope, str], clock: Callable[[], int] = lambda: NOW
) -> AsyncIterator[Ingest]:
    """Ingest over a log, ready to be asked."""
    view = ReferenceView(log)
    registry = CollectorRegistry()
    sessions = Sessions("s" * 32, clock)
    service = IngestService(
        log,
        view,
        registry,
        instance="i1",
        days=DAYS,
        sessions=sessions,
        clock=clock,
        on_failure=fail,
    )
    app = create_app([service], view=view, registry=registry, on_failure=fail)
    client = httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://ingest")
    async with app.router.lifespan_context(app), client:
        await view.ready()
        yield Ingest(app, client, log, secrets, view, registry, sessions)


@asynccontextmanager
async def ingest_in(folder: Path, clock: Callable[[], int] = lambda: NOW) -> AsyncIterator[Ingest]:
    """Ingest over a new embedded log of three partitions."""
    log = await open_log(Embedded(folder, partitions=3))
    try:
        async with running_on(log, await make_tokens(log), clock) as ingest:
            yield ingest
    finally:
        await log.close()


async def make_tokens(log: EventLog) -> dict[Scope, str]:
    """A token of each scope; that of the scope ingest posts as the source ``acme``."""
    secrets: dict[Scope, str] = {}
    for scope in SCOPES:
        source = "acme" if scope == "ingest" else None
        created = await tokens.create(log, scopes=[scope], by="test", at=NOW, source=source)
        secrets[scope] = created.secret
    return secrets
