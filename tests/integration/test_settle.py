"""A day settled, on a real log, beside what the engine had shown of it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import msgspec
import pytest

from services.contracts.derived import Visit
from services.contracts.topics import REFERENCE
from services.eventlog.opening import Embedded, Kafka, open_log
from services.eventlog.port import Truncated
from services.geofence.history.final import Settled
from services.geofence.history.settlement import NotOver, Overtaken, TooOld, settle
from tests.support.history import (
    DAY,
    DAY_MS,
    DAYS,
    START,
    Clock,
    Shown,
    Unwatched,
    becomes_final,
    begun_to_forget,
    draw,
    duty,
    final,
    live,
    log_at,
    patrol,
    run_engine,
    settlements,
    tick,
)
from tests.support.patrols import hotspot

NEXT_NOON = DAYS.start_of(DAY) + DAY_MS + DAY_MS // 2


async def test_of_a_day_in_order_final_figures_are_the_live_ones(tmp_path: Path) -> None:
    clock = Clock(START)
    async with log_at(tmp_path, clock) as log:
        end = await draw(log, duty("r-01", START - 3_600_000, START + 7_200_000))
        await patrol(log, clock, 1, START, end)
        await patrol(log, clock, 2, START + 2 * 3_600_000, end)
        clock.now = NEXT_NOON
        await tick(log, clock.now, end)
        await tick(log, clock.now + 60_000, end)
        await run_engine(log)
        shown = await live(log)
        settled = await settle(log, DAY, DAYS, clock, Unwatched())
        now_final = await final(log)
    assert len(shown.visits) > 20
    assert len(shown.timesheets) > 10
    assert now_final.visits == shown.visits
    assert now_final.timesheets == shown.timesheets
    assert (settled.changed, settled.new, settled.gone) == (0, 0, 0)
    assert settled.as_before == settled.visits == len(shown.visits)


async def test_late_fixes_and_a_back_dated_edit_come_in_at_settlement(tmp_path: Path) -> None:
    clock = Clock(START)
    async with log_at(tmp_path / "late", clock) as log:
        end = await draw(log)
        missing = await patrol(log, clock, 1, START, end, withheld="r-03")
        await tick(log, START + 3_600_000, end)
        await run_engine(log)
        shown = await live(log)
        clock.now = NEXT_NOON
        await log.append(missing)
        redrawn = await log.append([hotspot(2, START, radius_m=60.0)])
        await tick(log, clock.now, redrawn[REFERENCE.name, 0])
        settled = await settle(log, DAY, DAYS, clock, Unwatched())
        late = await final(log)
    async with log_at(tmp_path / "in_order", clock) as log:
        clock.now = START
        await draw(log)
        ends = await log.append([hotspot(2, START, radius_m=60.0)])
        await patrol(log, clock, 1, START, ends[REFERENCE.name, 0])
        clock.now = NEXT_NOON
        await tick(log, clock.now, ends[REFERENCE.name, 0])
        await settle(log, DAY, DAYS, clock, Unwatched())
        in_order = await final(log)
    assert nameless(late) == nameless(in_order)
    assert late.timesheets == in_order.timesheets
    assert {visit.radio_id for visit in shown.visits.values()} < {
        visit.radio_id for visit in late.visits.values()
    }
    kept = late.visits.keys() & shown.visits.keys()
    assert settled.changed > 0
    assert settled.as_before + settled.changed == len(kept) > 0
    assert settled.new == len(late.visits.keys() - shown.visits.keys()) > 0
    assert settled.gone == len(shown.visits.keys() - late.visits.keys()) > 0


async def test_a_day_settled_again_says_the_same_of_the_same_log(tmp_path: Path) -> None:
    clock = Clock(START)
    async with log_at(tmp_path, clock) as log:
        end = await draw(log)
        await patrol(log, clock, 1, START, end)
        clock.now = NEXT_NOON
        await tick(log, clock.now, end)
        first = await settle(log, DAY, DAYS, clock, Unwatched())
        figures = await final(log)
        await run_engine(log)  # what the engine says now is too late
        clock.now -= 3_600_000  # as after a change of machine
        again = await settle(log, DAY, DAYS, clock, Unwatched())
        assert await final(log) == figures
        earlier, later = await settlements(log, 0)
    assert first.new == first.visits > 0
    assert (again.as_before, again.visits, again.new) == (first.visits, first.visits, 0)
    assert later.run > earlier.run
    assert later.end_offset == earlier.end_offset


async def test_whoever_begins_to_settle_later_has_the_last_word(tmp_path: Path) -> None:
    clock = Clock(START)
    others: list[asyncio.Task[Settled]] = []
    async with log_at(tmp_path, clock) as log:

        class Meanwhile(Unwatched):
            def unit_accounted(self) -> None:
                if not others:
                    other = settle(log, DAY, DAYS, clock, Unwatched())
                    others.append(asyncio.create_task(other))

        end = await draw(log)
        await patrol(log, clock, 1, START, end)
        clock.now = NEXT_NOON
        with pytest.raises(Overtaken, match="settled anew by somebody else"):
            await settle(log, DAY, DAYS, clock, Meanwhile())
        assert (await others[0]).visits == len((await final(log)).visits) > 0
        assert [len(await settlements(log, partition)) for partition in range(2)] == [1, 1]


async def test_a_day_that_is_not_over_is_not_settled(tmp_path: Path) -> None:
    clock = Clock(DAYS.span(DAY).end - 1)
    async with log_at(tmp_path, clock) as log:
        await draw(log)
        with pytest.raises(NotOver, match=r"2025-05-28 is over at 2025-05-29T00:00:00\+00:00"):
            await settle(log, DAY, DAYS, clock, Unwatched())
        assert not await settlements(log, 0)


async def test_a_day_before_telemetry_is_not_settled(tmp_path: Path) -> None:
    clock = Clock(START + DAY_MS)
    async with log_at(tmp_path, clock) as log:
        end = await draw(log)
        with pytest.raises(TooOld, match="telemetry holds nothing yet"):
            await settle(log, DAY, DAYS, clock, Unwatched())
        await patrol(log, clock, 1, START + 3 * DAY_MS, end)
        with pytest.raises(TooOld, match="telemetry begins at 2025-05-31T20:00:05"):
            await settle(log, DAY, DAYS, clock, Unwatched())
        assert not await settlements(log, 0)


async def test_a_day_that_retention_has_begun_to_remove_names_what_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.eventlog.embedded.log.FORGET_S", 0.02)
    clock = Clock(START)
    async with log_at(tmp_path, clock) as log:
        end = await draw(log)
        await patrol(log, clock, 1, START, end)
        clock.now = START + 34 * DAY_MS
        await tick(log, clock.now, end)
        await settle(log, DAY, DAYS, clock, Unwatched())
        clock.now = START + 35 * DAY_MS + 600_000
        await begun_to_forget(log)
        with pytest.raises(Truncated, match=r"2025-05-27T00:00:00.* begins at 2025-05-29T20:"):
            await settle(log, DAY, DAYS, clock, Unwatched())


async def test_on_either_log_the_figures_and_their_ids_survive(place: Embedded | Kafka) -> None:
    log = await open_log(place)
    try:
        end = await draw(log)
        await patrol(log, Clock(START), 1, START, end)
        await run_engine(log)
        shown = await live(log)
        clock = Clock(NEXT_NOON)
        await settle(log, DAY, DAYS, clock, Unwatched())
        once = await becomes_final(log, 1)
        again = await settle(log, DAY, DAYS, clock, Unwatched())
        twice = await becomes_final(log, 2)
    finally:
        await log.close()
    assert shown.visits.keys() == once.visits.keys()
    over = [visit for visit in shown.visits.values() if visit.state == "closed"]
    assert over == [once.visits[visit.visit_id] for visit in over] != []
    assert once == twice
    assert again.as_before == again.visits == len(shown.visits) > 0
    assert once.timesheets


def nameless(shown: Shown) -> list[Visit]:
    """Visits without who they are and by which version of the hot spot."""
    bare = [
        msgspec.structs.replace(visit, visit_id="", hotspot_version=0)
        for visit in shown.visits.values()
    ]
    return sorted(bare, key=lambda visit: (visit.entered_at, visit.radio_id, visit.ring))
