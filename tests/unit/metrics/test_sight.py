"""What each audience is shown of what names a control place."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace as but

from services.contracts.derived import Inside, RingTimes, Timesheet
from services.metrics.audience import AUDIENCES, Audience
from services.metrics.episodes import Episode
from services.metrics.sight import Sight
from tests.support.derived import (
    HOUR_MS,
    MINUTE_MS,
    NOON,
    a_position,
    a_signal,
    a_timesheet,
    a_visit,
    an_open_visit,
    minutes,
)
from tests.support.planned import a_duty, a_plan
from tests.unit.metrics.test_control_places import MIDNIGHT, TOMORROW, known

_, TODAY = known(a_plan("hs-2", arm="control"))
_, FROM_TOMORROW = known(TOMORROW)


def sight(audience: Audience = "view") -> Sight:
    """Of a world in which hs-2 is a control place."""
    return Sight(audience, TODAY)


@pytest.mark.parametrize(
    ("hotspot_id", "state", "seen_by"),
    [
        ("hs-1", "open", ["supervise", "view"]),
        ("hs-1", "closed", ["supervise", "view", "figures"]),
        ("hs-2", "open", ["supervise"]),
        ("hs-2", "closed", ["supervise"]),
        ("hs-2", "retracted", ["supervise"]),
    ],
)
def test_who_sees_a_visit(hotspot_id: str, state: str, seen_by: list[Audience]) -> None:
    visit = a_visit(hotspot_id=hotspot_id, state=state)
    assert [each for each in AUDIENCES if sight(each).sees(visit)] == seen_by


@pytest.mark.parametrize(
    ("entered_at", "length", "now", "sees"),
    [
        (NOON, 10, None, True),
        (NOON, 10, NOON, True),
        (NOON, 10, MIDNIGHT, False),
        (MIDNIGHT, 10, None, False),
        (MIDNIGHT - 10 * MINUTE_MS, 9, None, True),
        (MIDNIGHT - 10 * MINUTE_MS, 11, None, False),
    ],
)
def test_a_visit_is_judged_by_its_days_and_by_today(
    entered_at: int, length: int, now: int | None, *, sees: bool
) -> None:
    visit = an_open_visit(entered_at=entered_at, minutes=length)
    assert Sight("view", FROM_TOMORROW, now).sees(visit) == sees


def test_a_ring_of_a_control_place_is_not_shown() -> None:
    rings = [Inside(hotspot_id=each, ring="core") for each in ("hs-1", "hs-2", "hs-3")]
    position = a_position(hotspots=rings)
    assert sight("view").position(position) == but(position, hotspots=[rings[0], rings[2]])
    assert sight("supervise").position(position) is position


def test_a_duty_is_not_allocated_to_one() -> None:
    duty = a_duty(since=NOON, hotspot_ids=["hs-2", "hs-1"])
    assert sight("view").duty(duty).hotspot_ids == ["hs-1"]
    assert sight("supervise").duty(duty) is duty
    ends_with_the_day = a_duty(since=MIDNIGHT - HOUR_MS, until=MIDNIGHT)
    night = a_duty(since=MIDNIGHT - HOUR_MS, until=MIDNIGHT + 1)
    tomorrow = Sight("view", FROM_TOMORROW)
    assert tomorrow.duty(ends_with_the_day) is ends_with_the_day
    assert tomorrow.duty(night).hotspot_ids == []


def test_where_a_radio_was_lost_is_not_told_but_that_it_was() -> None:
    lost = Episode(a_signal(hotspot_id="hs-2"))
    assert sight("view").episode(lost) == replace(lost, signal=but(lost.signal, hotspot_id=None))
    assert sight("supervise").episode(lost) is lost
    elsewhere = Episode(a_signal(hotspot_id="hs-1"))
    assert sight("view").episode(elsewhere) is elsewhere


def hour(inside: int, outside: int, **cores: int) -> Timesheet:
    """A sheet by its minutes inside and outside, and in the core of each hot spot."""
    return a_timesheet(
        until=NOON + (inside + outside + 5) * MINUTE_MS,
        inside_ms=inside * MINUTE_MS,
        outside_ms=outside * MINUTE_MS,
        hotspots={
            name.replace("_", "-"): RingTimes(
                core=minutes(0, spent, 60), catchment=minutes(0, spent, 60)
            )
            for name, spent in cores.items()
        },
    )


@pytest.mark.parametrize(
    ("sheet", "inside", "outside", "told"),
    [
        pytest.param(hour(20, 35, hs_1=20), 20, 35, ["hs-1"], id="none is one"),
        pytest.param(hour(20, 35, hs_2=20), 0, 55, [], id="all of it"),
        pytest.param(hour(20, 35, hs_1=15, hs_2=5), 15, 40, ["hs-1"], id="some of it"),
        pytest.param(hour(20, 35, hs_1=20, hs_2=20), 20, 35, ["hs-1"], id="cores that overlap"),
        pytest.param(hour(0, 55, hs_2=0), 0, 55, [], id="near by"),
        pytest.param(hour(20, 35, hs_1=15, hs_3=10, hs_2=5), 20, 35, ["hs-1", "hs-3"], id="most"),
    ],
)
def test_time_in_a_control_place_is_told_as_outside(
    sheet: Timesheet, inside: int, outside: int, told: list[str]
) -> None:
    shown = sight("view").timesheet(sheet)
    assert (shown.inside_ms, shown.outside_ms) == (inside * MINUTE_MS, outside * MINUTE_MS)
    assert list(shown.hotspots) == told
    assert sight("supervise").timesheet(sheet) is sheet


@given(st.integers(0, 60), st.lists(st.integers(0, 60), min_size=3, max_size=3))
def test_a_sheet_is_all_of_its_time_whoever_looks(inside: int, cores: list[int]) -> None:
    one, two, three = (min(each, inside) for each in cores)
    sheet = hour(inside, 60 - inside, hs_1=one, hs_2=two, hs_3=three)
    shown = sight("view").timesheet(sheet)
    length = shown.inside_ms + shown.outside_ms + shown.unknown_ms
    assert length == sheet.inside_ms + sheet.outside_ms + sheet.unknown_ms
    assert 0 <= shown.inside_ms <= sheet.inside_ms
