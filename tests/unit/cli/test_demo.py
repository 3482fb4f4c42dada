"""What the log of the demo's town holds, before anybody serves it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time
from itertools import pairwise

import msgspec
import pytest

from services.cli.demo.hearing import Ear
from services.cli.demo.knowledge import beginning, rosters_of, town_of, unknown
from services.contracts.codec import decode
from services.contracts.reference import Deleted, HotSpot, Plan, Reference, Source
from services.contracts.register import Register
from services.contracts.telemetry import Gps, Presence, Status, Tick
from services.eventlog.embedded.past import Moment
from services.geofence.silence.pipeline import GAP_MS
from services.simulator.shifts import shift_of
from services.simulator.world import COARSE_MS, World

BEGAN = 1_780_000_000_000
HOUR_MS = 3_600_000
PARTITIONS = 3


def world() -> World:
    return World(1, 6, BEGAN, BEGAN)


def register_of(messages: Sequence[Reference]) -> Register:
    register = Register()
    for offset, message in enumerate(messages):
        register.apply(offset, message)
    return register


def known() -> list[Reference]:
    return [*town_of(world(), BEGAN, time(5)), *rosters_of([shift_of(0, BEGAN)], 6)]


def told(moments: Sequence[Moment]) -> list[tuple[int, object]]:
    return [
        (moment.at, decode("telemetry", record.value))
        for moment in moments
        for record in moment.records
    ]


@pytest.fixture(scope="module")
def heard() -> list[Moment]:
    """Two hours nobody watched, and one that the engine follows."""
    ear = Ear("i1", PARTITIONS, register_of(known()), 40, BEGAN + 2 * HOUR_MS)
    town = world()
    return [
        *ear.hear(town, BEGAN, BEGAN + 150 * 60_000),
        *ear.hear(town, BEGAN + 150 * 60_000, BEGAN + 3 * HOUR_MS + 4_000),
    ]


def test_all_that_the_town_says_is_taken_when_it_is_said(heard: list[Moment]) -> None:
    town = world()
    coarse = town.advance(BEGAN + 2 * HOUR_MS, COARSE_MS)
    fine = town.advance(BEGAN + 3 * HOUR_MS, 10_000)
    messages = [(at, each) for at, each in told(heard) if not isinstance(each, Tick)]
    assert len(messages) == sum(
        map(len, (coarse.pings, fine.pings, coarse.statuses, fine.statuses))
    )
    for at, each in messages:
        assert isinstance(each, Gps | Presence | Status)
        assert each.received_at == at
        said_at = each.fix_time if isinstance(each, Gps) else None
        assert said_at is None or at - COARSE_MS < said_at <= at


def test_moments_follow_each_other_up_to_the_end(heard: list[Moment]) -> None:
    times = [moment.at for moment in heard]
    assert times == sorted(set(times))
    assert times[-1] == BEGAN + 3 * HOUR_MS + 4_000


def test_ticks_begin_with_the_shift_in_progress_and_leave_no_gap(heard: list[Moment]) -> None:
    ticks = [(at, each) for at, each in told(heard) if isinstance(each, Tick)]
    times = sorted({at for at, _ in ticks})
    assert times[0] == BEGAN + 2 * HOUR_MS + 10_000
    assert all(b - a <= GAP_MS for a, b in pairwise(times))
    assert len(ticks) == PARTITIONS * len(times)
    assert {tick.reference_offset for _, tick in ticks} == {40}
    # What was heard before the first tick counts as heard.
    assert ticks[0][1].radios == {"fenbridge": 6}
    assert all(at - tick.sources["fenbridge"] < 2 * COARSE_MS for at, tick in ticks)


def test_the_town_is_known_with_plans_and_duties_and_as_simulated() -> None:
    messages = known()
    [source] = [each for each in messages if isinstance(each, Source)]
    assert source.simulated
    hotspots = {each.hotspot_id for each in messages if isinstance(each, HotSpot)}
    plans = {each.hotspot_id: each for each in messages if isinstance(each, Plan)}
    assert hotspots == set(plans)
    assert plans["priory-park"].arm == "control"
    assert plans["market-square"].minutes_per_day == 40
    assert plans["market-square"].windows[0].since == "05:20"
    assert {each.effective_from for each in plans.values()} == {BEGAN}
    assert beginning(register_of(messages)) == BEGAN
    assert beginning(Register()) is None


def test_what_somebody_edited_or_removed_is_left_alone() -> None:
    [hotspot, *others] = [each for each in known() if isinstance(each, HotSpot)]
    gone = Deleted(
        type="hotspot", id=others[0].hotspot_id, effective_from=BEGAN + 1, changed_by="a"
    )
    edited = msgspec.structs.replace(hotspot, name="Another", effective_from=BEGAN + 1)
    missing = {each.hotspot_id for each in others[1:]}
    held = register_of([hotspot, edited, others[0], gone])
    found = unknown(held, known())
    assert {each.hotspot_id for each in found if isinstance(each, HotSpot)} == missing
    assert unknown(register_of(known()), known()) == []
