"""Everything that a schedule of faults is played on, put together and taken down again."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from services.eventlog.opening import Kafka, open_log
from services.eventlog.port import EventLog
from services.eventlog.topics import create_topics
from services.ingest import tokens
from tests.chaos.brokers import COUNT, Brokers
from tests.chaos.fleet import Service
from tests.chaos.link import Link
from tests.chaos.recovery import Watch
from tests.chaos.town import Town
from tests.chaos.traffic import ANSWER_S, Traffic

Say = Callable[[str], None]
PARTITIONS = 6
COMMANDS = {
    "ingest-1": "ingest",
    "ingest-2": "ingest",
    "geofence-1": "geofence",
    "geofence-2": "geofence",
    "metrics-1": "metrics",
}
"""By the service's name: what it is."""
BEGUN_BEFORE_MS = 24 * 60 * 60 * 1000
"""How long ago the town's own time begins, which runs faster than the clock: it never gets ahead
of it, and stays within the days that metrics lists."""


@dataclass(slots=True)
class Stage:
    """The parts. ``log`` is a way of the test's own to the brokers, ``http`` may do everything."""

    folder: Path
    brokers: Brokers
    links: dict[str, Link]
    services: dict[str, Service]
    log: EventLog
    traffic: Traffic
    watch: Watch
    http: httpx.AsyncClient
    further: list[Service] = field(default_factory=list)
    """Members of the group that came and went."""

    def further_geofence(self) -> Service:
        """One more member of the geofences' group, not started, without a link of its own."""
        name = f"geofence-{10 + len(self.further)}"
        self.further.append(Service("geofence", name, self.brokers.direct, self.folder))
        return self.further[-1]

    def everybody(self) -> list[Service]:
        """Every service that ever was."""
        return [*self.services.values(), *self.further]

    def check(self) -> None:
        """Raise EndedByItself where a process has ended that nobody told to."""
        for service in self.everybody():
            service.check()
        self.brokers.check()

    async def all_ready(self) -> None:
        """Wait until all services are ready. Raises EndedByItself, and TimeoutError."""
        await asyncio.gather(*(each.ready(self.http) for each in self.services.values()))


@asynccontextmanager
async def stage(folder: Path, seed: int, say: Say) -> AsyncIterator[Stage]:
    """Brokers, topics, services and a map, all there; everything is gone at the end."""
    async with AsyncExitStack() as stack:
        links = {name: Link() for name in COMMANDS}
        for link in links.values():
            stack.push_async_callback(link.close)
        say("starting three brokers")
        brokers = Brokers(folder, links)
        stack.callback(brokers.end)
        await brokers.start()
        where = Kafka(brokers.direct)
        await create_topics(where, PARTITIONS, replication=COUNT)
        log = await open_log(where)
        stack.push_async_callback(log.close)
        token = await tokens.create(log, scopes=["admin"], by="chaos", at=_now())
        bearer = {"Authorization": f"Bearer {token.secret}"}
        http = await stack.enter_async_context(httpx.AsyncClient(headers=bearer, timeout=ANSWER_S))
        set_up = _with_services(folder, brokers, links, log, http, seed)
        stack.callback(_end, set_up)
        say("starting five services")
        for service in set_up.services.values():
            service.start()
        await set_up.all_ready()
        await set_up.traffic.draw_all()
        yield set_up


def _with_services(
    folder: Path,
    brokers: Brokers,
    links: dict[str, Link],
    log: EventLog,
    http: httpx.AsyncClient,
    seed: int,
) -> Stage:
    """The stage with all its parts; the services are not started yet."""
    services = {
        name: Service(command, name, brokers.address_for(name), folder)
        for name, command in COMMANDS.items()
    }
    ways_in = [each.url for name, each in services.items() if COMMANDS[name] == "ingest"]
    town = Town(seed, _now() - BEGUN_BEFORE_MS)
    traffic = Traffic(ways_in, http, town, seed)
    watch = Watch(log, PARTITIONS)
    return Stage(folder, brokers, links, services, log, traffic, watch, http)


def _end(stage: Stage) -> None:
    for service in stage.everybody():
        service.end()


def _now() -> int:
    return time.time_ns() // 1_000_000
