"""A stretch of history accounted for anew, and what other boundaries would have made of it."""

from __future__ import annotations

import csv
import re
from collections.abc import AsyncIterator, Iterable
from pathlib import Path
from typing import NamedTuple, cast

import msgspec
import pytest

from deploy.kafka.broker import free_port
from services.contracts.codec import decode
from services.contracts.derived import Visit
from services.contracts.reference import HotSpot
from services.contracts.topics import REFERENCE, TELEMETRY
from services.eventlog.port import EventLog, NewRecord, Truncated
from services.geofence.history.boundaries import Boundaries
from services.geofence.history.period import Period
from services.geofence.history.replay import Figures, replay
from tests.support.deployment import ROOT
from tests.support.history import (
    DAY_MS,
    START,
    Clock,
    Shown,
    Unwatched,
    begun_to_forget,
    draw,
    live,
    log_at,
    patrol,
    run_engine,
    tick,
)
from tests.support.patrols import hotspot
from tests.support.reader import needs_shell, serving, sh_blocks, shell, workplace

EVENING = Period(START, START + 4 * 3_600_000)
QUARTER = Period(START + 5 * 60_000, START + 15 * 60_000)


class Evening(NamedTuple):
    """A town's evening: the log of it, and what the engine said of it."""

    log: EventLog
    shown: Shown


@pytest.fixture
async def evening(tmp_path: Path) -> AsyncIterator[Evening]:
    """Twenty minutes of patrols, two hours of silence, and twenty more."""
    clock = Clock(START)
    async with log_at(tmp_path / "log", clock) as log:
        end = await draw(log)
        await patrol(log, clock, 1, START, end)
        await patrol(log, clock, 2, START + 2 * 3_600_000, end)
        clock.now = START + 3 * 3_600_000
        await tick(log, clock.now, end)
        await run_engine(log)
        yield Evening(log, await live(log))


async def of(log: EventLog, period: Period, boundaries: Boundaries | None = None) -> Figures:
    return await replay(log, period, boundaries or Boundaries(), Unwatched())


async def test_a_replay_says_what_the_engine_said(evening: Evening) -> None:
    figures = await of(evening.log, EVENING)
    assert figures.units == 8
    assert nameless(figures.visits) == nameless(evening.shown.visits.values())
    assert len({visit.visit_id for visit in figures.visits}) == len(figures.visits) > 20
    assert {(s.radio_id, s.since): s for s in figures.timesheets} == evening.shown.timesheets


async def test_what_began_in_the_period_is_in_it_and_nothing_else(evening: Evening) -> None:
    figures = await of(evening.log, QUARTER)
    within = [v for v in evening.shown.visits.values() if QUARTER.holds(v.entered_at)]
    assert nameless(figures.visits) == nameless(within) != []
    assert figures.visits == sorted(figures.visits, key=lambda visit: visit.entered_at)
    assert figures.timesheets == []  # the hour began before it


async def test_a_wider_catchment_costs_what_it_costs(evening: Evening) -> None:
    before = await of(evening.log, EVENING)
    wider = await of(evening.log, EVENING, Boundaries(catchment_m=250.0))
    assert spent(wider, "core") == spent(before, "core") > 0
    assert spent(wider, "catchment") > spent(before, "catchment") > spent(before, "core")


async def test_other_hot_spots_replace_them_all(evening: Evening) -> None:
    drawn = hotspot(1, START + 10 * DAY_MS, radius_m=60.0)
    smaller = cast("HotSpot", decode(REFERENCE.name, drawn.value))
    figures = await of(evening.log, EVENING, Boundaries(hotspots=[smaller]))
    there = [v for v in evening.shown.visits.values() if v.hotspot_id == "hs-1"]
    assert {visit.hotspot_id for visit in figures.visits} == {"hs-1"}
    assert {visit.hotspot_version for visit in figures.visits} == {0}
    assert 0 < spent(figures, "core") < sum(v.duration_ms for v in there if v.ring == "core")


async def test_a_record_that_is_no_message_is_counted_and_costs_nothing(evening: Evening) -> None:
    before = await of(evening.log, EVENING)
    await evening.log.append([NewRecord(TELEMETRY.name, b"r-1", b"{}", 0)])
    after = await of(evening.log, EVENING)
    assert after.unreadable == 1
    assert (after.visits, after.timesheets) == (before.visits, before.timesheets)


async def test_history_that_is_no_longer_there_is_refused_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.eventlog.embedded.log.FORGET_S", 0.02)
    clock = Clock(START)
    async with log_at(tmp_path, clock) as log:
        end = await draw(log)
        await patrol(log, clock, 1, START, end)
        clock.now = START + 35 * DAY_MS + 600_000
        await tick(log, clock.now, end)
        await begun_to_forget(log)
        with pytest.raises(Truncated, match=r"telemetry/0 is needed from 2025-05-27T20:00:00"):
            await of(log, EVENING)
        later = Period(START + 36 * DAY_MS, START + 37 * DAY_MS)
        assert (await of(log, later)).visits == []


@needs_shell
def test_the_page_on_replay_does_what_it_says(tmp_path: Path) -> None:
    folder, port = workplace(tmp_path), free_port()
    page = (ROOT / "docs" / "replay.md").read_text("utf-8")
    replayed, settled = (block.replace("8600", str(port)) for block in sh_blocks(page))
    with serving(folder, f".venv/bin/stepsix up --data-dir var/pilot --port {port}", port):
        told = shell(folder, replayed)
        assert told.splitlines()[0] == "296 accepted, 0 rejected."
        assert re.search(r"1 radios, \d+ visits, \d+ timesheets, in var/as-drawn\.", told)
        assert re.search(r"2010-08-05: 1 radios, 0 visits, \d+ timesheets", shell(folder, settled))
    drawn, wider = (core_and_catchment(folder / "var" / out) for out in ("as-drawn", "wider"))
    assert wider[0] == drawn[0] > 0
    assert wider[1] > drawn[1] > drawn[0]


def core_and_catchment(folder: Path) -> tuple[float, float]:
    """The seconds spent in the two rings of all hot spots."""
    with (folder / "visits.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    core, catchment = (
        sum(float(row["seconds"]) for row in rows if row["ring"] == ring)
        for ring in ("core", "catchment")
    )
    return core, catchment


def nameless(visits: Iterable[Visit]) -> list[Visit]:
    """Visits without their ids, in the order of time."""
    bare = [msgspec.structs.replace(visit, visit_id="") for visit in visits]
    return sorted(bare, key=lambda visit: (visit.entered_at, visit.radio_id, visit.ring))


def spent(figures: Figures, ring: str) -> int:
    return sum(visit.duration_ms for visit in figures.visits if visit.ring == ring)
