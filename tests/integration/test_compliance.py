"""The same figures live, after a restart in mid-shift, and from settled replay, on both logs.

Two days of the worked week of docs/compliance.md go through a real geofence process, which is
killed in mid-shift, and are followed by metrics' own reading of the log.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from services.contracts.register import Register
from services.contracts.topics import REFERENCE
from services.eventlog.embedded.log import EmbeddedLog
from services.eventlog.opening import Embedded, Kafka, open_log
from services.eventlog.port import EventLog
from services.geofence.history.settlement import settle
from services.metrics.compliance.day import DayFigures
from services.metrics.compliance.ledger import Ledger
from services.metrics.follower import Follower
from services.metrics.projection import Derived, Projection
from services.metrics.recent import Recent
from services.metrics.timeline import Key
from tests.support.geofence_process import geofence_process
from tests.support.history import Clock, Unwatched
from tests.support.offline import run_offline
from tests.support.one_service import until
from tests.support.shift import MIDDLES, Shifts, Stay

Told = dict[tuple[str, date], Any]


class Metrics:
    """What metrics knows, and its ledger."""

    def __init__(self, shifts: Shifts) -> None:
        self._shifts = shifts
        days = shifts.beat.days
        self.projection, register = Projection(days), Register()
        for offset, message in enumerate(shifts.reference()):
            register.apply(offset, message)
        self.ledger = Ledger(register, Recent(self.projection, register, days), days)

    @asynccontextmanager
    async def following(self, log: EventLog, now: int) -> AsyncIterator[None]:
        """Read the log from where a service that starts now does, and follow it."""
        self.projection.turn(now)
        follower = Follower(log, self.projection, self.projection.needs(now))
        work = asyncio.create_task(follower.run())
        try:
            yield
        finally:
            work.cancel()
            await asyncio.wait({work})

    def told(self, now: int) -> Told:
        """The figures of the two days and of the nights after them, at a time."""
        self.projection.turn(now)
        days = [self._shifts.day(name) for name in ("tue", "wed", "fri", "sat")]
        return {
            (place, day): told(self.ledger.on(place, day, now)) for place in MIDDLES for day in days
        }

    async def comes_to_tell(self, now: int, wanted: Told) -> None:
        """Wait until the figures are these."""

        async def tells() -> bool:
            return self.told(now) == wanted

        with suppress(TimeoutError):
            await until(tells)
        assert self.told(now) == wanted

    async def becomes_final(self) -> None:
        """Wait until every visit is."""

        async def is_final() -> bool:
            visits = list(self.projection.visits.since(Key(0, "")))
            return bool(visits) and all(visit.settled for visit in visits)

        await until(is_final)


def told(day: DayFigures) -> tuple[Any, ...]:
    """All that is told of a day, whoever said it and however often it was said."""
    windows = [
        (each.window.span, each.delivered, each.uncertain, each.outcome) for each in day.windows
    ]
    patrols = [
        (
            each.patrol.patrol_id,
            each.patrol.span,
            [visit.visit_id for visit in each.patrol.visits],
            each.kind,
            each.repeats,
            each.window and each.window.span,
            [(share.officer_id, share.presence.bounds) for share in each.shares],
            (each.patrol_time, each.officer_time, each.allocated_time, each.other_time),
        )
        for each in day.patrols
    ]
    return day.status, windows, patrols


async def uninterrupted(log: EventLog, shifts: Shifts) -> Metrics:
    """What one engine, never stopped, makes of telemetry, all of it told to metrics as it came."""
    metrics = Metrics(shifts)
    for partition in range(await log.partitions()):
        for output in (await run_offline(log, partition)).outputs:
            if isinstance(output.message, Derived):
                metrics.projection.apply(partition, output.message)
    return metrics


class Town:
    """The log, and what the radios send."""

    def __init__(self, log: EventLog, clock: Clock, shifts: Shifts, reference_end: int) -> None:
        self._log = log
        self._clock = clock
        self._shifts = shifts
        self._reference_end = reference_end

    async def sends(self, since: str, end: str) -> int:
        """What is sent in a stretch; its end."""
        stretch = self._shifts.at(since), self._shifts.at(end)
        partitions = await self._log.partitions()
        for at, records in self._shifts.minutes(*stretch, partitions, self._reference_end):
            self._clock.now = at
            await self._log.append(records)
        return stretch[1]


def epoch_ms() -> int:
    return time.time_ns() // 1_000_000


async def next_minute() -> None:
    """Timesheets are told at the first tick of a minute, which Kafka stamps by the clock."""
    await asyncio.sleep(60.1 - time.time() % 60)


async def opened(place: Embedded | Kafka, clock: Clock) -> EventLog:
    """The log; the embedded one stamps by the clock."""
    if isinstance(place, Embedded):
        return await EmbeddedLog.open(place.data_dir, place.partitions, clock)
    return await open_log(place)


@pytest.mark.timeout(300)
async def test_figures_are_the_same_live_after_restarts_and_once_final(
    place: Embedded | Kafka, tmp_path: Path
) -> None:
    shifts = Shifts(tmp_path, datetime.now(UTC).date())
    clock = Clock(shifts.at("tue 09:59"))
    live, later, fresh = Metrics(shifts), Metrics(shifts), Metrics(shifts)
    log = await opened(place, clock)
    try:
        ends = await log.append(shifts.records())
        town = Town(log, clock, shifts, ends[REFERENCE.name, 0])
        async with geofence_process(place) as process, live.following(log, clock.now):
            await town.sends("tue 10:00", "wed 02:15")
            mid_shift = await town.sends("fri 10:00", "fri 21:00")
            so_far = (await uninterrupted(log, shifts)).told(mid_shift)
            await live.comes_to_tell(mid_shift, so_far)
            assert "market" in [visit.hotspot_id for visit in live.projection.visits.open()]
            await town.sends("fri 21:00", "fri 21:30")
            await process.kill()
            async with later.following(log, mid_shift):
                await process.start()
                await town.sends("fri 21:30", "sat 02:15")
                if isinstance(place, Kafka):
                    await next_minute()
                await town.sends("sat 02:15", "sat 02:16")
                now = shifts.at("sun 12:00")
                wanted = (await uninterrupted(log, shifts)).told(now)
                for metrics in (live, later):
                    await metrics.comes_to_tell(now, wanted)
                assert visits(live) == of_the_file(shifts)
                for name in ("tue", "wed", "fri", "sat"):
                    await settle(log, shifts.day(name), shifts.beat.days, epoch_ms, Unwatched())
                async with fresh.following(log, now):
                    for metrics in (live, later, fresh):
                        await metrics.becomes_final()
                        # The sheets of a day become final after its visits.
                        await metrics.comes_to_tell(now, wanted)
    finally:
        await log.close()
    assert wanted != so_far
    assert [wanted[place, shifts.day("fri")][0] for place in ("market", "station")] == ["met"] * 2
    assert wanted["market", shifts.day("tue")][0] == "missed"


def visits(metrics: Metrics) -> list[Stay]:
    """Every visit to a core, in order."""
    return sorted(
        Stay(visit.radio_id, visit.hotspot_id, visit.entered_at, visit.left_at)
        for visit in metrics.projection.visits.since(Key(0, ""))
        if visit.ring == "core" and visit.left_at is not None
    )


def of_the_file(shifts: Shifts) -> list[Stay]:
    """Those of the days that were sent."""
    sent = [("tue 10:00", "wed 02:15"), ("fri 10:00", "sat 02:15")]
    return sorted(
        stay
        for stay in shifts.stays
        for since, end in sent
        if shifts.at(since) <= stay.since < shifts.at(end)
    )
