from itertools import combinations, pairwise

import pytest

from services.simulator.tasking import (
    CONTROL,
    NEGLECTED,
    PATROLLED,
    Task,
    allocated,
    is_short_handed,
    tasks_of,
)
from services.simulator.town import build

PAIRS = 6
SHIFTS = range(24)


def of_shift(number: int) -> list[Task]:
    return [task for sheet in tasks_of(1, number, PAIRS) for task in sheet]


def calls(hotspot_id: str, number: int) -> list[Task]:
    found = [task for task in of_shift(number) if task.hotspot_id == hotspot_id]
    return sorted(found, key=lambda task: task.at_s)


def test_all_hot_spots_of_the_town_are_patrolled_but_one() -> None:
    assert {*PATROLLED, CONTROL} == {hotspot.hotspot_id for hotspot in build(1).hotspots}


@pytest.mark.parametrize("number", SHIFTS)
def test_a_pair_can_do_all_that_is_on_its_sheet(number: int) -> None:
    for sheet in tasks_of(1, number, PAIRS):
        for task, after in pairwise(sheet):
            assert after.at_s >= task.at_s + task.lasts_s + 600
        assert sheet[-1].at_s + sheet[-1].lasts_s < 7.75 * 3600
        assert sum(task.status == "refreshments" for task in sheet) == 1


@pytest.mark.parametrize("number", SHIFTS)
def test_a_pair_is_sent_to_its_own_hot_spots(number: int) -> None:
    for pair, sheet in enumerate(tasks_of(1, number, PAIRS)):
        visited = {task.hotspot_id for task in sheet} - {None, CONTROL}
        assert visited <= set(allocated(number, pair))


def test_market_square_is_called_at_dependably() -> None:
    for number in SHIFTS:
        found = calls("market-square", number)
        assert len(found) >= 7
        assert all(600 < task.lasts_s < 1200 and not task.called_away for task in found)
        for task, after in pairwise(found):
            assert after.at_s > task.at_s + task.lasts_s + 1200


def test_nobody_can_be_spared_for_the_bus_station_on_every_seventh_shift() -> None:
    # The shift in progress when a demo is first opened is number 21.
    assert [number for number in SHIFTS if is_short_handed(number)] == [0, 7, 14, 21]
    for number in SHIFTS:
        assert (not calls(NEGLECTED, number)) == is_short_handed(number)


def test_the_control_place_is_patrolled_by_mistake_alone() -> None:
    assert [number for number in SHIFTS if calls(CONTROL, number)] == [4, 15]


def test_calls_are_of_every_kind() -> None:
    found = [task for number in SHIFTS for task in of_shift(number) if task.hotspot_id]
    assert any(task.called_away for task in found)
    assert any(task.lasts_s < 600 and not task.called_away for task in found)
    assert any(task.lasts_s > 1200 for task in found)
    usual = [task for task in found if 600 < task.lasts_s < 1200]
    assert 0.75 < len(usual) / len(found) < 0.95


def test_another_shift_and_another_seed_have_sheets_of_their_own() -> None:
    assert tasks_of(1, 3, PAIRS) == tasks_of(1, 3, PAIRS)
    others = [tasks_of(1, 3, PAIRS), tasks_of(1, 4, PAIRS), tasks_of(2, 3, PAIRS)]
    assert all(a != b for a, b in combinations(others, 2))


def test_a_town_may_have_one_pair() -> None:
    [sheet] = tasks_of(1, 1, 1)
    assert len(sheet) > 3
