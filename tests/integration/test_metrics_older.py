"""What began longer ago than metrics keeps in memory, read from the log when asked for."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from datetime import time as time_of_day
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from services.contracts.days import Days
from services.contracts.topics import VISITS
from services.eventlog.embedded import log as embedded
from services.eventlog.embedded.log import EmbeddedLog
from services.metrics import older as older_module
from services.metrics.older import NotKept, Older
from services.metrics.timeline import Key
from services.metrics.visits import Visits
from tests.support.derived import (
    DAY_MS,
    HOUR_MS,
    MINUTE_MS,
    a_settlement,
    a_timesheet,
    a_visit,
    an_open_visit,
)
from tests.support.metrics import bearer, derive, epoch_ms, prepare, serving, settle

UTC_DAYS = Days(ZoneInfo("UTC"), time_of_day(0))
LONG_AGO = (epoch_ms() // DAY_MS - 60) * DAY_MS
"""The beginning of a day two months ago."""
STRETCH = (LONG_AGO, LONG_AGO + DAY_MS)
RETENTION_MS = (VISITS.retention or timedelta()) // timedelta(milliseconds=1)


class Told:
    """A log of one partition that was told things at times of old."""

    def __init__(self) -> None:
        self.now = LONG_AGO
        self.log: EmbeddedLog

    def clock(self) -> int:
        return self.now


@pytest.fixture
async def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Told]:
    monkeypatch.setattr(embedded, "FORGET_S", 0.02)
    told = Told()
    told.log = await EmbeddedLog.open(tmp_path, 1, told.clock)
    yield told
    await told.log.close()


def older_of(told: Told) -> Older:
    return Older(told.log, UTC_DAYS, settlements=lambda: 0)


def written(at: int) -> str:
    return datetime.fromtimestamp(at / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def asked(since: int, until: int | None = None) -> str:
    return f"/v1/visits?from={written(since)}" + (f"&to={written(until)}" if until else "")


def ids(visits: Visits) -> list[str]:
    return [visit.visit_id for visit in visits.since(Key(LONG_AGO, ""))]


async def test_live_figures_of_a_stretch_are_folded_as_ever(told: Told) -> None:
    await derive(
        told.log,
        [
            a_visit("long", entered_at=LONG_AGO - HOUR_MS, minutes=90),
            an_open_visit("a", entered_at=LONG_AGO + 1),
            an_open_visit("gone", entered_at=LONG_AGO + 2),
            a_timesheet(since=LONG_AGO),
        ],
    )
    told.now += DAY_MS
    await derive(
        told.log,
        [
            a_visit("a", entered_at=LONG_AGO + 1, minutes=20, revision=2),
            a_visit("gone", entered_at=LONG_AGO + 2, state="retracted", revision=2),
        ],
    )
    older = older_of(told)
    visits = await older.visits(*STRETCH)
    assert ids(visits) == ["a"]
    found = visits.overlapping("hs-1", *STRETCH)
    assert [(each.visit_id, each.duration_ms) for each in found] == [
        ("long", 90 * MINUTE_MS),
        ("a", 20 * MINUTE_MS),
    ]
    sheets = await older.timesheets(*STRETCH)
    assert sheets.accounted("T-1", *STRETCH) == [(LONG_AGO, LONG_AGO + HOUR_MS)]


async def test_a_settlement_counts_however_late_it_came(told: Told) -> None:
    await derive(told.log, [a_visit("a", entered_at=LONG_AGO), a_timesheet(since=LONG_AGO)])
    told.now += 40 * DAY_MS
    await derive(told.log, [a_visit("later", entered_at=told.now), a_timesheet(since=told.now)])
    final = a_visit("b", entered_at=LONG_AGO, settled=True)
    sheet = a_timesheet("T-2", since=LONG_AGO, settled=True)
    await settle(told.log, a_settlement(since=LONG_AGO), [final], [sheet])
    older = older_of(told)
    assert ids(await older.visits(*STRETCH)) == ["b"]
    sheets = await older.timesheets(*STRETCH)
    assert (sheets.newest("T-1"), sheets.newest("T-2")) == (None, sheet)


async def test_what_retention_has_removed_is_not_passed_over(told: Told) -> None:
    await derive(told.log, [a_visit("a", entered_at=LONG_AGO)])
    told.now += 2 * DAY_MS
    begins = told.now
    await derive(told.log, [a_visit("b", entered_at=begins)])
    told.now += HOUR_MS
    await derive(told.log, [a_visit("c", entered_at=told.now)])
    older = older_of(told)
    assert ids(await older.visits(*STRETCH)) == ["a"]
    told.now += RETENTION_MS - 2 * HOUR_MS
    async with asyncio.timeout(10):
        while (await told.log.bounds(VISITS.name))[0].start == 0:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    with pytest.raises(NotKept) as lost:
        await older_of(told).visits(*STRETCH)
    assert lost.value.begins == begins
    assert ids(await older.visits(begins, begins + DAY_MS)) == ["b", "c"]
    await prepare(told.log)
    async with serving(told.log) as served:
        answer = await served.client.get(asked(*STRETCH), headers=bearer("view"))
    assert (answer.status_code, answer.json()["type"]) == (422, "urn:stepsix:problem:too_early")
    assert f"listed from {written(begins)} on" in answer.json()["detail"]


async def test_the_last_reading_serves_until_a_settlement_or_for_a_while(
    told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    settlements = 0
    older = Older(told.log, UTC_DAYS, lambda: settlements)
    monkeypatch.setattr(older_module, "KEPT_S", 0.2)
    first = await older.visits(*STRETCH)
    assert await older.visits(*STRETCH) is first
    settlements = 1
    monkeypatch.setattr(older_module, "KEPT_S", 0.5)
    second = await older.visits(*STRETCH)
    assert second is not first
    await asyncio.sleep(0.3)
    assert await older.visits(*STRETCH) is second
    await asyncio.sleep(0.3)
    assert await older.visits(*STRETCH) is not second


async def test_the_list_of_visits_reaches_back_as_far_as_the_log(told: Told) -> None:
    await derive(
        told.log, [a_visit(f"v-{n:03}", entered_at=LONG_AGO + n * MINUTE_MS) for n in range(600)]
    )
    told.now = epoch_ms()
    await prepare(told.log)
    async with serving(told.log) as served:
        first = await served.get(asked(*STRETCH))
        second = await served.get(f"{asked(*STRETCH)}&cursor={first['next']}")
        found = [item["visit_id"] for item in first["items"] + second["items"]]
        assert found == [f"v-{n:03}" for n in range(600)]
        assert second["next"] is None
        csv = await served.client.get(f"{asked(*STRETCH)}&format=csv", headers=bearer("view"))
        assert len(csv.text.splitlines()) == 601
        for refused in (asked(LONG_AGO), asked(LONG_AGO, LONG_AGO + 32 * DAY_MS)):
            answer = await served.client.get(refused, headers=bearer("view"))
            assert answer.json()["type"] == "urn:stepsix:problem:too_long"
