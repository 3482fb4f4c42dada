"""Which fixes are no positions: what the next fix of a trail is set aside for, by table."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from services.contracts.derived import Timesheet
from services.contracts.telemetry import Gps
from services.geofence.account import account
from services.geofence.screening import FASTEST_MPS, impossible, unusable
from services.geofence.survey import Surveyor
from tests.support.square import NOON, Details, Town, at, fix, hotspot, tick

ELSEWHERE = [fix(second, 300 + second) for second in range(10)]
"""Ten different places, none of them the middle."""


class Taken(NamedTuple):
    """How many fixes a trail used, and how many it set aside for what."""

    fixes: int
    set_aside: dict[str, int]


def taken(*made: Gps) -> Taken:
    """What the engine made of fixes of one hour."""
    town = Town(hotspot())
    told = [output.message for output in town.step(*made, tick(0))]
    sheet, *_ = [message for message in told if isinstance(message, Timesheet)]
    return Taken(sheet.fixes, dict(town.engine.set_aside))


def null_island(lat: float, lon: float) -> Gps:
    return Gps(radio_id="r-1", source="s", lat=lat, lon=lon, fix_time=NOON, received_at=NOON)


@pytest.mark.parametrize(
    ("reason", "given"),
    [
        ("zero_zero", null_island(0.0, 0.0)),
        ("zero_zero", null_island(-0.0, 0.0)),
        (None, null_island(0.0, 1e-7)),
        (None, null_island(51.48, 0.0)),
        ("ahead", fix(60.001, 0, received_at=at(0))),
        (None, fix(60, 0, received_at=at(0))),
    ],
)
def test_what_was_no_position_from_the_start(reason: str | None, given: Gps) -> None:
    assert impossible(given) == reason


@pytest.mark.parametrize(
    ("reason", "given"),
    [
        (None, {"accuracy_m": 100.0}),
        ("vague", {"accuracy_m": 100.1}),
        (None, {"accuracy_m": None, "hdop": 20.0}),
        ("vague", {"accuracy_m": None, "hdop": 20.1}),
        (None, {"accuracy_m": None}),
    ],
)
def test_a_circle_too_large_is_vague(reason: str | None, given: Details) -> None:
    surveyor = Surveyor()
    survey = surveyor.survey([fix(0, 0, **given)])
    assert survey.unusable.get(0) == reason
    assert (survey.limits[0] is None) == (reason is not None)


def test_what_is_impossible_is_not_called_vague() -> None:
    [limits] = Surveyor().survey([fix(0, 0)]).limits
    assert limits is not None
    assert unusable(fix(61, 0, received_at=at(0)), 500.0, limits) == "ahead"


@pytest.mark.parametrize(
    ("again", "expected"),
    [
        (fix(0, 0, message_id="m-1"), Taken(1, {"duplicate": 1})),
        (fix(0, 50), Taken(1, {"duplicate": 1})),
        (fix(1, 50, message_id="m-1"), Taken(1, {"duplicate": 1})),
        (fix(300, 50, message_id="m-1"), Taken(1, {"duplicate": 1})),
        (fix(300.001, 50, message_id="m-1"), Taken(2, {})),
        (fix(1, 50, message_id="m-2"), Taken(2, {})),
        (fix(1, 50), Taken(2, {})),
    ],
    ids=[
        "the very same",
        "another place at the same time",
        "the same message with another time",
        "five minutes later",
        "more than five minutes later",
        "another message",
        "no message",
    ],
)
def test_a_repetition_is_a_duplicate(again: Gps, expected: Taken) -> None:
    assert taken(fix(0, 0, message_id="m-1"), again) == expected


def test_of_fixes_of_one_time_the_most_accurate_counts() -> None:
    """300 m away by the better one, so nobody was inside, whichever came first."""
    made = [fix(0, 0, accuracy_m=20.0), fix(0, 300, accuracy_m=5.0)]
    surveyor = Surveyor()
    surveyor.learn(0, hotspot(catchment_m=0.0))
    for order in (made, made[::-1]):
        assert account(surveyor, "r-1", order, at(0)).visits == []


def still(count: int, speed_mps: float | None) -> list[Gps]:
    """The middle, time after time, a minute apart."""
    said: Details = {} if speed_mps is None else {"speed_mps": speed_mps}
    return [fix(60 * minute, 0, **said) for minute in range(1, count + 1)]


@pytest.mark.parametrize(
    ("before", "count", "speed_mps", "frozen"),
    [
        ([], 5, None, 0),
        (ELSEWHERE[:9], 5, None, 0),
        (ELSEWHERE, 5, None, 3),
        (ELSEWHERE, 2, None, 0),
        (ELSEWHERE, 5, 0.0, 0),
        (ELSEWHERE, 5, 0.5, 0),
        (ELSEWHERE, 5, 0.6, 3),
        ([], 5, 2.0, 3),
        ([], 3, 2.0, 1),
        ([], 2, 2.0, 0),
    ],
    ids=[
        "it never said anything else",
        "it said nine other places",
        "it said ten other places",
        "twice may be chance",
        "it says that it stands",
        "it says that it hardly moves",
        "it says that it moves",
        "it says that it moves, and never said anything else",
        "the third time",
        "the second time",
    ],
)
def test_a_radio_that_repeats_its_last_place_is_frozen(
    before: list[Gps], count: int, speed_mps: float | None, frozen: int
) -> None:
    made = [*before, *still(count, speed_mps)]
    assert taken(*made) == Taken(len(made) - frozen, {"frozen": frozen} if frozen else {})


def test_it_thaws_at_the_first_other_place() -> None:
    made = [*still(5, 2.0), fix(360, 1, speed_mps=2.0), *still(8, 2.0)[6:]]
    assert taken(*made) == Taken(5, {"frozen": 3})


def jumped(second: float, metres: float, accuracy_m: float = 0.0) -> Taken:
    """After a fix in the middle, one ``metres`` away."""
    return taken(fix(0, 0, accuracy_m=accuracy_m), fix(second, metres, accuracy_m=accuracy_m))


@pytest.mark.parametrize("second", [1, 10, 60, 600])
def test_faster_than_any_car_is_a_jump(second: int) -> None:
    assert jumped(second, 0.99 * FASTEST_MPS * second) == Taken(2, {})
    assert jumped(second, 1.01 * FASTEST_MPS * second) == Taken(1, {"jump": 1})


def test_noise_within_both_circles_is_no_jump() -> None:
    """In a second 70 m are a car's, and 1.62 x 20 m of each fix may be noise: 134.8 m in all."""
    assert jumped(1, 134.4, accuracy_m=20.0) == Taken(2, {})
    assert jumped(1, 135.6, accuracy_m=20.0) == Taken(1, {"jump": 1})


def test_a_jump_that_is_contradicted_is_set_aside() -> None:
    assert taken(fix(0, 0), fix(10, 40_000), fix(20, 1)) == Taken(2, {"jump": 1})


def test_a_jump_that_the_next_fix_agrees_with_is_believed() -> None:
    """The first of the two stays set aside: only the second is more than one witness."""
    assert taken(fix(0, 0), fix(10, 40_000), fix(20, 40_050)) == Taken(2, {"jump": 1})


def test_jumps_that_do_not_agree_are_all_set_aside() -> None:
    made = [fix(0, 0), fix(10, 40_000), fix(20, -40_000), fix(30, 40_000), fix(40, 2)]
    assert taken(*made) == Taken(2, {"jump": 3})


def test_a_doubt_is_over_once_the_next_fix_is_near_again() -> None:
    """Twice to the same wrong place, but not twice in a row."""
    made = [fix(0, 0), fix(10, 40_000), fix(20, 1), fix(30, 40_000), fix(40, 2)]
    assert taken(*made) == Taken(3, {"jump": 2})


def test_after_hours_a_unit_may_be_anywhere() -> None:
    assert jumped(3_599, 100_000) == Taken(2, {})


def test_the_first_fix_of_all_is_never_misplaced() -> None:
    assert taken(fix(0, 40_000)) == Taken(1, {})
