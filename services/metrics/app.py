"""Metrics as a service: its parts, its routes and its background work."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import time
from zoneinfo import ZoneInfo

from fastapi import Depends, FastAPI
from prometheus_client import CollectorRegistry

from services.contracts.days import Days
from services.edge.access import Gate
from services.edge.background import OnFailure, background
from services.edge.families import counter
from services.edge.health import Readiness
from services.edge.reference import ReferenceView
from services.edge.sessions import Sessions
from services.eventlog.port import EventLog
from services.metrics import (
    alert_list,
    base_map,
    compliance_list,
    duty_list,
    explanation,
    lists,
    next_list,
    proposal_list,
    signal_list,
    signing_in,
    stream,
    timesheet_list,
    track,
    visit_list,
)
from services.metrics.alert_news import AlertNews
from services.metrics.archive import Archive
from services.metrics.base_map import BaseMap
from services.metrics.board import Board, Clock
from services.metrics.broadcast import Broadcast
from services.metrics.compliance.ledger import Ledger
from services.metrics.compliance_news import ComplianceNews
from services.metrics.control_places import ControlPlaces
from services.metrics.entitled import entitling
from services.metrics.follower import Follower
from services.metrics.live import ROUNDS_A_MINUTE, Live
from services.metrics.nearest import Nearest
from services.metrics.older import Older
from services.metrics.page import Page
from services.metrics.projection import Projection
from services.metrics.prometheus import Figures, counting
from services.metrics.prometheus_hotspots import HotSpots
from services.metrics.prometheus_patrols import patrols_closed
from services.metrics.proposal_list import Proposals
from services.metrics.recent import Recent
from services.metrics.standings import Standings
from services.metrics.starting import starting


class MetricsService:
    """The way out. ``zone`` and ``day_starts`` say what a day is; ``clock`` gives epoch ms.

    ``below`` is the map that the page draws below everything.
    """

    def __init__(  # noqa: PLR0913  # what a process hands in, each by its name
        self,
        *,
        log: EventLog,
        view: ReferenceView,
        registry: CollectorRegistry,
        zone: ZoneInfo,
        day_starts: time,
        sessions: Sessions,
        below: BaseMap,
        clock: Clock,
        on_failure: OnFailure,
    ) -> None:
        self._log = log
        self._view = view
        self._sessions = sessions
        self._below = below
        self._on_failure = on_failure
        self._days = days = Days(zone, day_starts)
        self._projection = Projection(days)
        self._clock = clock
        self._projection.turn(clock())
        self._follower = Follower(log, self._projection, self._projection.needs(clock()))
        self._older = Older(log, days, lambda: self._projection.visits.settlements)
        self._board = Board(self._projection, view.register, clock)
        self._control_places = ControlPlaces(view.register, days)
        self._proposals = Proposals(
            log, self._projection.signals.episodes, view.register, days, clock
        )
        self._broadcast = Broadcast(counter(registry, "stepsix_live_dropped_total").inc)
        recent = Recent(self._projection, view.register, days)
        self._nearest = Nearest(self._projection.units, view.register, recent.duties_at)
        ledger = Ledger(view.register, recent, days)
        self._standings = Standings(ledger, days, self._board, self._projection)
        self._archive = Archive(
            self._standings, self._projection, recent, view.register, self._older
        )
        self._alerts = AlertNews(
            self._board, self._standings, self._projection.acknowledgements, self._control_places
        )
        self._live = Live(
            projection=self._projection,
            board=self._board,
            news=ComplianceNews(self._standings, ROUNDS_A_MINUTE, patrols_closed(registry)),
            control_places=self._control_places,
            alerts=self._alerts,
            register=view.register,
            broadcast=self._broadcast,
            clock=clock,
            on_declared=counting(registry),
        )
        registry.register(Figures(self._live, self._board, self._projection, self._broadcast))
        registry.register(HotSpots(self._live, self._board, self._standings))

    def install(self, app: FastAPI) -> None:
        """Add the routes; the page's catches every path that is left."""
        gate = Gate(self._view, self._sessions.token_id)
        register, places = self._view.register, self._control_places
        numbers, people = entitling(register, "figures"), entitling(register, "view")
        app.include_router(
            signing_in.router(
                gate, self._view, self._sessions, self._days, self._board.is_simulated
            )
        )
        app.include_router(base_map.router(gate, self._below))
        for routes in (
            lists.router(gate, self._board, places),
            visit_list.router(gate, self._projection.visits, self._older, numbers, places),
            timesheet_list.router(gate, self._projection, numbers, places),
            alert_list.router(gate, self._alerts),
            signal_list.router(gate, self._projection.signals.episodes, people, places),
            proposal_list.router(gate, self._proposals),
            duty_list.router(gate, register, self._projection, self._clock, places),
            compliance_list.router(gate, self._standings, self._archive, register, places),
            explanation.router(gate, self._archive),
            next_list.router(gate, self._board, self._standings, register, self._nearest),
            track.router(gate, self._log, register, people, places, self._clock),
            stream.router(gate, self._live, self._broadcast),
        ):
            app.include_router(routes, dependencies=[Depends(self._caught_up)])
        app.mount("/", Page(self._below.tile_origin), name="page")

    def readiness(self) -> Readiness:
        """Ready once caught up with the log; a pipeline that lags is told, not a reason to go."""
        if not self._live.has_begun:
            return Readiness(ready=False, reason="reading what was derived of late")
        lag = {
            topic: {str(partition): records for partition, records in behind.items()}
            for topic, behind in self._follower.lag.items()
        }
        return Readiness(ready=True, lag=lag, reason=self._board.pipeline().reason)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Follow the log and tell of it."""
        async with (
            background(self._follower.run(), self._on_failure),
            background(self._follower.measure(), self._on_failure),
            background(self._tell(), self._on_failure),
        ):
            yield

    async def _tell(self) -> None:
        await self._follower.caught_up.wait()
        await self._view.ready()
        await self._live.run()

    async def _caught_up(self) -> None:
        if not self._live.has_begun:
            raise starting()
