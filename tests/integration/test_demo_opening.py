"""The demo's log brought up to now at any hour, and again after a while."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from services.cli.demo import opening
from services.cli.demo.opening import bring_up_to_now
from services.cli.process import log_of
from services.contracts.days import Days
from services.contracts.derived import Settlement
from services.contracts.reference import Plan
from services.contracts.telemetry import Gps, Presence, Tick
from services.contracts.topics import TELEMETRY, VISITS
from services.edge.reference import read_register
from services.eventlog.port import EventLog
from services.settings import Settings, read
from tests.support.history import messages

HOUR_MS = 3_600_000
DAY_H = 24
RELIEF = 12


@pytest.fixture(autouse=True)
def _short_past(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "SETTLED_DAYS", 1)


def ms(written: str) -> int:
    return round(datetime.fromisoformat(written).timestamp() * 1000)


async def opened(folder: Path, now: int) -> Settings:
    settings = read(data_dir=folder, partitions=2)
    async with log_of(settings) as log:
        return await bring_up_to_now(log, settings, lambda: now)


async def settled(log: EventLog) -> list[str]:
    """The days that were settled, by one partition."""
    found = await messages(log, VISITS.name, 0)
    return [each.day for each in found if isinstance(each, Settlement)]


@pytest.mark.parametrize(
    "at",
    [
        "2026-06-01T14:59:59+01:00",
        "2026-12-01T00:20:00+00:00",
        "2026-03-29T05:30:00+01:00",  # The clocks go forward at one.
        "2026-10-25T06:00:00+00:00",  # And back at two.
    ],
)
async def test_whatever_the_time_a_shift_is_some_hours_old(tmp_path: Path, at: str) -> None:
    now = ms(at)
    settings = await opened(tmp_path, now)
    days = Days(settings.zone, settings.day_starts)
    today = days.day_of(now)
    assert 4 * HOUR_MS <= now - days.start_of(today) < 7 * HOUR_MS
    async with log_of(settings) as log:
        assert await settled(log) == [(today - timedelta(days=1)).isoformat()]
        register = await read_register(log)
        heard = [each for each in await messages(log, TELEMETRY.name) if isinstance(each, Gps)]
    [plan] = [version.message for version in register.versions("plan/fenbridge-market-square")]
    assert isinstance(plan, Plan)
    assert plan.windows[0].since == settings.day_starts.replace(minute=20).isoformat("minutes")
    assert now - 60_000 < max(fix.fix_time for fix in heard) <= now
    on_duty = [duty for duty in register.all_duties() if duty.since <= now < duty.until]
    assert len(on_duty) == RELIEF
    assert settings.basemap is not None
    streets = json.loads(settings.basemap.read_text())
    assert {each["properties"]["kind"] for each in streets["features"]} >= {"street", "park"}


async def test_opened_again_the_town_has_lived_on(tmp_path: Path) -> None:
    first = ms("2026-06-01T10:30:00+01:00")
    again = first + 30 * HOUR_MS
    settings = await opened(tmp_path, first)
    assert await opened(tmp_path, again) == settings
    async with log_of(settings) as log:
        assert await settled(log) == ["2026-05-31", "2026-06-01"]
        said = await messages(log, TELEMETRY.name)
        register = await read_register(log)
    received: dict[str, list[int]] = defaultdict(list)
    for each in said:
        if isinstance(each, Gps | Presence):
            received[each.radio_id].append(each.received_at)
    for times in received.values():
        assert max(times) > again - 10 * 60_000
        # Silent at the handover, and with an empty battery or without coverage for a while.
        assert max(b - a for a, b in pairwise(times)) < 30 * 60_000
    assert len({each.message_id for each in said if isinstance(each, Gps)}) == sum(
        isinstance(each, Gps) for each in said
    )
    starts = sorted({duty.since for duty in register.all_duties()})
    assert {b - a for a, b in pairwise(starts)} == {8 * HOUR_MS}
    assert starts[0] + 2 * DAY_H * HOUR_MS <= again < starts[-1]
    today = Days(settings.zone, settings.day_starts).start_of(datetime(2026, 6, 2).date())  # noqa: DTZ001 - a date
    ticks = sorted({each.at for each in said if isinstance(each, Tick) and each.at > today})
    assert max(b - a for a, b in pairwise(ticks)) <= 10_000


async def test_opened_again_at_the_same_time_nothing_is_added(tmp_path: Path) -> None:
    now = ms("2026-06-01T10:30:00+01:00")
    settings = await opened(tmp_path, now)
    async with log_of(settings) as log:
        before = {topic: await log.bounds(topic) for topic in ("telemetry", "reference", "visits")}
    await opened(tmp_path, now)
    async with log_of(settings) as log:
        assert {topic: await log.bounds(topic) for topic in before} == before
