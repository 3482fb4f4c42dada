"""How far back each kind of figure is known, and what of it is news."""

from __future__ import annotations

import asyncio
from datetime import time
from zoneinfo import ZoneInfo

from services.contracts.days import Days
from services.eventlog.port import EventLog
from services.metrics.follower import Follower
from services.metrics.projection import Projection
from services.metrics.timeline import Key
from services.metrics.timesheets import Key as SheetKey
from tests.support.derived import (
    DAY_MS,
    HOUR_MS,
    NOON,
    a_position,
    a_signal,
    a_timesheet,
    a_visit,
)
from tests.support.metrics import derive, epoch_ms

LONDON = Days(ZoneInfo("Europe/London"), time(0))
MIDNIGHT = NOON - 12 * HOUR_MS


def test_visits_are_known_for_five_weeks_and_timesheets_for_one() -> None:
    projection = Projection(LONDON)
    projection.turn(NOON)
    assert projection.needs(NOON) == {
        "visits": MIDNIGHT - 35 * DAY_MS,
        "timesheets": MIDNIGHT - 7 * DAY_MS,
        "signals": MIDNIGHT - 7 * DAY_MS,
        "feedback": MIDNIGHT - 7 * DAY_MS,
        "positions": NOON - HOUR_MS,
    }
    projection.apply(0, a_timesheet(since=MIDNIGHT - 7 * DAY_MS))
    projection.apply(0, a_timesheet("T-2", since=MIDNIGHT))
    projection.turn(NOON + DAY_MS)
    assert [each.radio_id for each in projection.timesheets.since(SheetKey(0, ""))] == ["T-2"]


async def test_what_the_log_holds_at_the_start_is_no_news(embedded_log: EventLog) -> None:
    projection = Projection(LONDON)
    projection.turn(epoch_ms())
    await derive(embedded_log, [a_visit("history", entered_at=epoch_ms())])
    follower = Follower(embedded_log, projection, projection.needs(epoch_ms()))
    following = asyncio.create_task(follower.run())
    async with asyncio.timeout(10):
        await follower.caught_up.wait()
        assert projection.take_changes().visits == set()
        await derive(embedded_log, [a_visit("new", entered_at=epoch_ms())])
        while projection.visits.get("new") is None:  # noqa: ASYNC110 - it tells nobody
            await asyncio.sleep(0.01)
    following.cancel()
    assert projection.take_changes().visits == {"new"}
    assert {visit.visit_id for visit in projection.visits.since(Key(0, ""))} == {"history", "new"}


def test_the_source_of_a_radio_is_the_one_it_was_last_heard_through() -> None:
    projection = Projection(LONDON)
    assert projection.source_of("T-1") == ""
    projection.apply(0, a_signal(source="airwave"))
    assert projection.source_of("T-1") == "airwave"
    projection.apply(0, a_position(source="phones"))
    assert projection.source_of("T-1") == "phones"
