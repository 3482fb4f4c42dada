"""Before metrics has caught up, and while the log cannot be read."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import time
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx
import pytest
from prometheus_client import CollectorRegistry

from services.contracts.days import Days
from services.edge.app import create_app
from services.edge.reference import ReferenceView
from services.edge.sessions import Sessions
from services.eventlog.port import EventLog
from services.metrics.app import MetricsService
from services.metrics.base_map import BaseMap
from services.metrics.follower import Follower
from services.metrics.projection import Projection
from tests.support.derived import NOON, a_visit
from tests.support.metrics import derive, epoch_ms

ALL = {"visits": 0, "positions": 0}


@contextmanager
def unreadable(folder: Path) -> Iterator[None]:
    """Take the log's tables away, as a disk that fails would."""
    [file] = folder.rglob("*.sqlite3")
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("ALTER TABLE slot RENAME TO lost")
    try:
        yield
    finally:
        other.execute("ALTER TABLE lost RENAME TO slot")
        other.close()


def unexpected(error: BaseException) -> None:
    pytest.fail(str(error))


def empty() -> Projection:
    projection = Projection(Days(ZoneInfo("Europe/London"), time(0)))
    projection.visits.turn(NOON)
    return projection


async def test_until_it_has_caught_up_nothing_is_shown(embedded_log: EventLog) -> None:
    view, registry = ReferenceView(embedded_log), CollectorRegistry()
    service = MetricsService(
        log=embedded_log,
        view=view,
        registry=registry,
        zone=ZoneInfo("Europe/London"),
        day_starts=time(0),
        sessions=Sessions(None, epoch_ms),
        below=BaseMap(),
        clock=epoch_ms,
        on_failure=unexpected,
    )
    app = create_app([service], view=view, registry=registry, on_failure=unexpected)
    exposed = {family.name for family in registry.collect()}
    assert exposed == {
        "stepsix_live_clients",
        "stepsix_live_dropped",
        "stepsix_patrols_closed",
        "stepsix_signal_episodes_declared",
    }
    assert not service.readiness().ready
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://stepsix") as client:
        for path in ("/v1/units", "/v1/hotspots", "/v1/visits", "/v1/signals", "/v1/live"):
            answer = await client.get(path)
            assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
        assert (await client.post("/v1/session", json={"token": "x"})).status_code == 503


async def test_a_log_that_cannot_be_read_is_waited_for(
    embedded_log: EventLog, tmp_path: Path
) -> None:
    await derive(embedded_log, [a_visit()])
    projection = empty()
    follower = Follower(embedded_log, projection, ALL)
    with unreadable(tmp_path):
        following = asyncio.create_task(follower.run())
        await asyncio.sleep(0.3)
        assert not following.done()
        assert not follower.caught_up.is_set()
    await asyncio.wait_for(follower.caught_up.wait(), 10)
    assert projection.visits.get("v-1") is not None
    following.cancel()


async def test_a_log_that_cannot_be_measured_is_measured_later(
    embedded_log: EventLog, tmp_path: Path
) -> None:
    follower = Follower(embedded_log, empty(), ALL)
    following = asyncio.create_task(follower.run())
    await asyncio.wait_for(follower.caught_up.wait(), 10)
    with unreadable(tmp_path):
        measuring = asyncio.create_task(follower.measure())
        await asyncio.sleep(0.3)
        assert not measuring.done()
        assert follower.lag == {}
    following.cancel()
    measuring.cancel()
