from collections.abc import Iterable
from itertools import pairwise

import numpy as np
import pytest
import shapely

from services.simulator.officer import CAR, FOOT, Mode, Officer, mode_of
from services.simulator.tasking import Task
from services.simulator.town import Town, build

HOUR_S = 3600
MODES = pytest.mark.parametrize("mode", [FOOT, CAR], ids=lambda mode: mode.name)
SEEDS = pytest.mark.parametrize("seed", range(6))
PLACES = ("market-square", "high-street", "station-road", "priory-park", "bus-station")
TASKS = [
    Task(HOUR_S * each, 600.0 + 120 * each, place) for each, place in enumerate(PLACES, start=1)
]


def on_duty(seed: int, mode: Mode = FOOT, tasks: Iterable[Task] = ()) -> tuple[Town, Officer]:
    town = build(seed)
    return town, Officer(town, mode, tasks, np.random.default_rng([seed, 1]))


def said(officer: Officer) -> list[tuple[str, int]]:
    return [(each.status, round(each.at_s)) for each in officer.take_said()]


@MODES
@SEEDS
def test_an_officer_stays_on_the_streets_and_keeps_to_their_speed(seed: int, mode: Mode) -> None:
    town, officer = on_duty(seed, mode, TASKS)
    stretches = {frozenset(stretch) for stretch in town.streets.stretches}
    streets = shapely.MultiLineString(
        [[town.streets.corners[corner] for corner in stretch] for stretch in stretches]
    )
    places = []
    for _ in range(2 * HOUR_S):
        officer.step(1)
        places.append(shapely.Point(officer.place))
        assert officer.stretch in stretches
    assert max(shapely.distance(streets, places)) < 1e-6
    strides = [a.distance(b) for a, b in pairwise(places)]
    assert max(strides) <= mode.speed_mps + 1e-6
    assert sum(strides) > 1200


@MODES
@SEEDS
def test_an_officer_is_where_the_sheet_says_and_for_how_long(seed: int, mode: Mode) -> None:
    town, officer = on_duty(seed, mode, TASKS)
    outlines = {hotspot.hotspot_id: hotspot.outline for hotspot in town.hotspots}
    patrols: dict[str, list[int]] = {}
    for second in range(1, 6 * HOUR_S):
        officer.step(1)
        if place := officer.patrolling:
            patrols.setdefault(place, []).append(second)
            assert outlines[place].covers(shapely.Point(officer.place))
    assert list(patrols) == list(PLACES)
    for task, seconds in zip(TASKS, patrols.values(), strict=True):
        # The way is estimated, and left for and ended at a corner, after a stand there at most.
        assert abs(seconds[0] - task.at_s) < 420
        assert 0 <= len(seconds) - task.lasts_s < mode.stand_s[1] + 120


@SEEDS
def test_between_tasks_an_officer_keeps_away_from_hot_spots(seed: int) -> None:
    town, officer = on_duty(seed)
    near = shapely.unary_union([hotspot.outline for hotspot in town.hotspots])
    for _ in range(3 * HOUR_S):
        officer.step(1)
        assert officer.patrolling is None
        assert not near.covers(shapely.Point(officer.place))


def test_the_way_walked_is_the_same_in_steps_of_any_length() -> None:
    _, once = on_duty(2, FOOT, TASKS)
    _, often = on_duty(2, FOOT, TASKS)
    for _ in range(5 * 60):
        once.step(60)
        for _ in range(60):
            often.step(1)
        assert once.place == pytest.approx(often.place)
    assert said(once) == said(often)


def test_statuses_say_what_the_officer_does() -> None:
    tasks = [
        Task(1800.0, 600.0, None, status="refreshments"),
        Task(5400.0, 300.0, "market-square", called_away=True),
    ]
    _, officer = on_duty(1, FOOT, tasks)
    assert said(officer) == [("on_duty", 0)]
    officer.step(2000)
    [(status, since)] = said(officer)
    assert status == "refreshments"
    assert abs(since - 1800) < 120
    assert officer.speed_mps == 0
    officer.step(1000)
    assert said(officer) == [("on_patrol", since + 600)]
    officer.step(2 * HOUR_S)
    told = said(officer)
    assert [status for status, _ in told] == ["on_patrol", "en_route", "at_scene", "on_patrol"]
    patrol, called, scene, back = (at for _, at in told)
    assert 300 <= called - patrol < 480
    assert called < scene < called + 300
    assert back == pytest.approx(scene + 900, abs=1)
    officer.book_off()
    assert [status for status, _ in said(officer)] == ["off_duty"]


def test_who_books_off_says_nothing_more() -> None:
    _, officer = on_duty(1, FOOT, [Task(1800.0, 3600.0, None, status="refreshments")])
    officer.step(2000)
    officer.book_off()
    assert [status for status, _ in said(officer)] == ["on_duty", "refreshments", "off_duty"]
    officer.step(4000)
    assert said(officer) == []


def test_a_lone_officer_walks_and_the_last_of_several_drives() -> None:
    assert [mode_of(number, 3).name for number in range(3)] == ["foot", "foot", "vehicle"]
    assert mode_of(0, 1).name == "foot"


def test_heading_and_speed_are_those_of_the_walk() -> None:
    _, officer = on_duty(3)
    for _ in range(HOUR_S):
        before, leg = officer.place, officer.stretch
        officer.step(0.5)
        if officer.speed_mps and officer.stretch == leg and officer.place != before:
            east, north = officer.place.x - before.x, officer.place.y - before.y
            assert np.hypot(east, north) == pytest.approx(0.65)
            assert np.degrees(np.arctan2(east, north)) % 360 == pytest.approx(officer.heading_deg)
            break
    else:
        pytest.fail("the officer never walked")
    while officer.speed_mps:
        officer.step(1)
    standing_at = officer.place
    officer.step(1)
    assert officer.place == standing_at
