"""The ingest service: what its routes need, put together, and its heartbeat."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from fastapi import FastAPI
from prometheus_client import CollectorRegistry

from services.contracts.days import Days
from services.edge.access import Gate
from services.edge.background import OnFailure, background
from services.edge.health import Readiness
from services.edge.reference import ReferenceView
from services.edge.sessions import Sessions
from services.eventlog.port import EventLog
from services.ingest import control_places, duties, plans, radios, sources
from services.ingest.admission import Admission
from services.ingest.changes import Changes
from services.ingest.hearing import Hearing
from services.ingest.heartbeat import Heartbeat
from services.ingest.pings import PINGS
from services.ingest.publisher import Publisher
from services.ingest.routes import feedback, kinds, listing, many, posting
from services.ingest.routes import hotspots as maps
from services.ingest.routes.reception import Reception
from services.ingest.routes.versions import Desk
from services.ingest.statuses import statuses


class IngestService:
    """One instance of ingest; ``instance`` must be another's in no process of the deployment.

    ``days`` says what a day is; ``sessions`` reads the cookie of a signed-in page; ``clock`` gives
    milliseconds since 1970; ``on_failure`` hears of a heartbeat that failed for any other reason
    than the log's absence.
    """

    def __init__(  # noqa: PLR0913  # what a process hands in, each by its name
        self,
        log: EventLog,
        view: ReferenceView,
        registry: CollectorRegistry,
        *,
        instance: str,
        days: Days,
        sessions: Sessions,
        clock: Callable[[], int],
        on_failure: OnFailure,
    ) -> None:
        hearing = Hearing()
        self._heartbeat = Heartbeat(log, view, instance=instance, hearing=hearing, clock=clock)
        self._on_failure = on_failure
        gate = Gate(view, sessions.token_id)
        publisher = Publisher(log, registry, hearing, clock)
        reception = Reception(Admission(), registry, clock)
        planned = plans.kind(view.register, days)
        rostered = control_places.roster(view.register, days)
        drawn = control_places.hot_spots(view.register, days)
        desk = Desk(gate, view.register, Changes(log, view, self._heartbeat), clock)
        self._routers = [
            posting.router(gate, reception, PINGS, publisher.publish),
            posting.router(gate, reception, statuses(view.register), publisher.publish),
            feedback.router(gate, reception, publisher),
            maps.router(desk),
            many.router(desk, rostered, duties.RosterDuty),
            many.router(desk, planned, plans.NamedPlan),
            listing.router(desk, planned, "/v1/plans", lambda _plan: True),
            listing.router(desk, drawn, "/v1/blackspots", lambda place: place.type == "blackspot"),
            kinds.router(desk, drawn),
            kinds.router(desk, sources.KIND),
            kinds.router(desk, radios.KIND),
            kinds.router(desk, rostered),
            kinds.router(desk, planned),
        ]

    def install(self, app: FastAPI) -> None:
        """Add the routes."""
        for router in self._routers:
            app.include_router(router)

    def readiness(self) -> Readiness:
        """Ready once a first tick is in the log; later trouble is told, and changes nothing."""
        if not self._heartbeat.started:
            return Readiness(ready=False, reason=self._heartbeat.trouble or "no tick yet")
        return Readiness(ready=True, reason=self._heartbeat.trouble)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Tick each second, and say farewell at the end."""
        async with background(self._heartbeat.run(), self._on_failure):
            yield
        await self._heartbeat.farewell()
