"""Where a hot spot is: its two rings, holes, excluded places, and several at once."""

from __future__ import annotations

import pytest

from services.contracts.derived import Timesheet, Visit
from services.contracts.reference import GeoJSON, HotSpot
from services.contracts.telemetry import Gps
from services.geofence.account import account
from services.geofence.survey import Surveyor
from tests.support.square import SQUARE, Town, at, box, fix, hotspot

HOLLOW: GeoJSON = {
    "type": "Polygon",
    "coordinates": [*SQUARE["coordinates"], *box(-20, -20, 20, 20)["coordinates"]],
}


def with_station(station: GeoJSON, geometry: GeoJSON = SQUARE) -> HotSpot:
    """The square, less a police station."""
    return HotSpot(
        hotspot_id="hs-1",
        name="hs-1",
        geometry=geometry,
        effective_from=0,
        changed_by="a",
        excludes=[station],
    )


INSIDE = with_station(box(-20, -20, 20, 20))
"""A station of 40 m in the middle."""
ACROSS = with_station(box(60, -20, 120, 20))
"""A station across the eastern edge, from 15 m within to 45 m beyond it."""
BEYOND = with_station(box(100, -20, 140, 20))
"""A station in the catchment only."""


def rings(spot: HotSpot, *made: Gps) -> set[str]:
    """The rings that the last fix is in."""
    surveyor = Surveyor()
    surveyor.learn(0, spot)
    return {
        visit.ring for visit in account(surveyor, "r-1", made, at(0)).visits if not visit.left_at
    }


BOTH, CATCHMENT, NEITHER = {"core", "catchment"}, {"catchment"}, set[str]()


@pytest.mark.parametrize(
    ("spot", "east_m", "north_m", "expected"),
    [
        (hotspot(), 74, 0, BOTH),
        (hotspot(), 76, 0, CATCHMENT),
        (hotspot(), 174, 0, CATCHMENT),
        (hotspot(), 176, 0, NEITHER),
        (hotspot(catchment_m=0.0), 74, 0, BOTH),
        (hotspot(catchment_m=0.0), 76, 0, NEITHER),
        (hotspot(geometry=HOLLOW), 0, 0, NEITHER),
        (hotspot(geometry=HOLLOW), 19, 0, NEITHER),
        (hotspot(geometry=HOLLOW), 21, 0, BOTH),
        (INSIDE, 0, 0, NEITHER),
        (INSIDE, 19, 19, NEITHER),
        (INSIDE, 21, 0, BOTH),
        (ACROSS, 59, 0, BOTH),
        (ACROSS, 61, 0, NEITHER),
        (ACROSS, 119, 0, NEITHER),
        (ACROSS, 121, 0, CATCHMENT),
        (ACROSS, 100, 21, CATCHMENT),
        (BEYOND, 99, 0, CATCHMENT),
        (BEYOND, 120, 0, NEITHER),
        (BEYOND, 141, 0, CATCHMENT),
    ],
)
def test_where_a_point_is(spot: HotSpot, east_m: float, north_m: float, expected: set[str]) -> None:
    assert rings(spot, fix(0, east_m, north_m)) == expected


@pytest.mark.parametrize("spot", [hotspot(geometry=HOLLOW), INSIDE])
def test_who_goes_into_the_yard_leaves_both_rings_with_the_whole_circle(spot: HotSpot) -> None:
    """15 m within the yard's wall: a circle of 20 m reaches back out, one of 10 m does not."""
    before = fix(0, 50)
    assert rings(spot, before, fix(60, 5, accuracy_m=20.0)) == BOTH
    assert rings(spot, before, fix(60, 5, accuracy_m=10.0)) == NEITHER


def test_a_hole_filled_by_another_part_is_inside() -> None:
    filled = {
        "type": "MultiPolygon",
        "coordinates": [HOLLOW["coordinates"], box(-15, -15, 15, 15)["coordinates"]],
    }
    spot = hotspot(geometry=filled)
    assert rings(spot, fix(0, 0)) == BOTH
    assert rings(spot, fix(0, 17)) == NEITHER


def one_sheet(*spots: HotSpot, made: list[Gps]) -> Timesheet:
    surveyor = Surveyor()
    for offset, spot in enumerate(spots):
        surveyor.learn(offset, spot)
    [sheet] = account(surveyor, "r-1", made, at(0)).timesheets
    return sheet


def test_time_in_the_yard_is_outside_and_not_even_high() -> None:
    """An hour's quarter in the station canteen: nothing of it is the hot spot's."""
    made = [fix(second, 0, accuracy_m=5.0) for second in range(0, 901, 60)]
    sheet = one_sheet(INSIDE, made=made)
    assert (sheet.inside_ms, sheet.outside_ms, sheet.hotspots) == (0, 900_000, {})


def test_inside_is_the_union_of_overlapping_cores() -> None:
    """Two squares side by side overlap from 0 to 75 m. Each fix holds a minute.

    ====== ======= =========================
    second  place   in
    ====== ======= =========================
        0   -50 m   the first (half: 30 s)
       60    50 m   both
      120   100 m   the second
      180   400 m   neither (half: 30 s)
    ====== ======= =========================

    The first has 30 + 60 = 90 s and the second 60 + 60 = 120 s. Together they are 210 s, but the
    officer was inside for 30 + 60 + 60 = 150 s, and outside for 30 s.
    """
    second = hotspot("hs-2", geometry=box(0, -75, 150, 75), catchment_m=0.0)
    made = [fix(0, -50), fix(60, 50), fix(120, 100), fix(180, 400)]
    sheet = one_sheet(hotspot(catchment_m=0.0), second, made=made)
    assert (sheet.inside_ms, sheet.outside_ms, sheet.unknown_ms) == (150_000, 30_000, 0)
    cores = {name: rings.core.estimate_ms for name, rings in sheet.hotspots.items()}
    assert cores == {"hs-1": 90_000, "hs-2": 120_000}


def test_inside_is_the_core_and_not_the_catchment() -> None:
    made = [fix(second, 120) for second in (0, 60, 120)]
    sheet = one_sheet(hotspot(), made=made)
    assert (sheet.inside_ms, sheet.outside_ms) == (0, 120_000)
    assert sheet.hotspots["hs-1"].catchment.estimate_ms == 120_000


def test_near_the_line_but_in_no_visit_counts_to_the_high_bound_only() -> None:
    """With a circle of 50 m the 95 % circle is 81 m: it touches from 80.5 m beyond, not from 81.5.

    The line is 75 m from the middle.
    """
    near, far = (
        [fix(second, east, accuracy_m=50.0) for second in (0, 60)] for east in (155.5, 156.5)
    )
    touching = one_sheet(hotspot(catchment_m=0.0), made=near)
    core = touching.hotspots["hs-1"].core
    assert (core.low_ms, core.estimate_ms, core.high_ms) == (0, 0, 60_000)
    assert one_sheet(hotspot(catchment_m=0.0), made=far).hotspots == {}


def test_every_hot_spot_and_ring_has_a_visit_of_its_own() -> None:
    town = Town(hotspot(), hotspot("hs-2", geometry=box(0, -75, 150, 75)))
    told = [output.message for output in town.step(fix(0, 50))]
    visits = [message for message in told if isinstance(message, Visit)]
    assert [(visit.hotspot_id, visit.ring) for visit in visits] == [
        ("hs-1", "core"),
        ("hs-1", "catchment"),
        ("hs-2", "core"),
        ("hs-2", "catchment"),
    ]
    assert len({visit.visit_id for visit in visits}) == 4


def test_one_is_left_while_the_other_goes_on() -> None:
    town = Town(hotspot(), hotspot("hs-2", geometry=box(0, -75, 150, 75)))
    town.step(fix(0, 50))
    assert [(visit.hotspot_id, visit.state) for visit in town.visits(fix(60, 130))] == [
        ("hs-1", "closed")
    ]
