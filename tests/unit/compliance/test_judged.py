"""Patrols too near to one another count once; plans here want 30 minutes between them."""

from __future__ import annotations

import pytest

from tests.support.beat import Beat, kinds, outcomes, windows
from tests.support.derived import minutes as bounds

Length = tuple[int, tuple[float, float]]
"""In minutes, with its bounds."""
SURE, UNSURE, SHORT = (12, (12, 12)), (12, (9, 15)), (4, (3, 5))


def patrolled(*patrols: tuple[str, Length]) -> Beat:
    """Two patrols due, those that were made, and the radio's time accounted for."""
    beat = Beat()
    beat.plan(("18:00", "23:00", 2))
    beat.duty("A", "18:00", "23:00")
    beat.accounted("A", "17:00", "tue 00:00")
    for since, (length, its_bounds) in patrols:
        hour, minute = since.split(":")
        beat.visit("A", since, f"{hour}:{int(minute) + length:02}", bounds=its_bounds)
    return beat


@pytest.mark.parametrize(
    ("patrols", "expected", "outcome"),
    [
        ([("20:00", SURE), ("20:42", SURE)], ["qualifying", "qualifying"], "delivered"),
        ([("20:00", SURE), ("20:41", SURE)], ["qualifying", "qualifying*"], "missed"),
        (
            [("20:00", SURE), ("20:20", SURE), ("20:42", SURE)],
            ["qualifying", "qualifying*", "qualifying"],
            "delivered",
        ),
        ([("20:00", SURE), ("20:20", UNSURE)], ["qualifying", "uncertain*"], "missed"),
        ([("20:00", UNSURE), ("20:20", SURE)], ["uncertain*", "qualifying"], "missed"),
        ([("20:00", UNSURE), ("20:20", UNSURE)], ["uncertain", "uncertain*"], "missed"),
        ([("20:00", UNSURE), ("20:42", UNSURE)], ["uncertain", "uncertain"], "not_known"),
        ([("20:00", UNSURE), ("20:42", SURE)], ["uncertain", "qualifying"], "not_known"),
        ([("20:00", SHORT), ("20:20", SURE)], ["short*", "qualifying"], "missed"),
    ],
)
def test_two_that_are_too_near_count_once(
    patrols: list[tuple[str, Length]], expected: list[str], outcome: str
) -> None:
    day = patrolled(*patrols).day()
    assert (kinds(day), outcomes(day)) == (expected, [outcome])


def test_the_minutes_of_both_count() -> None:
    day = patrolled(("20:00", SURE), ("20:20", SURE)).day()
    assert (day.qualifying, day.patrol_time) == (1, bounds(24, 24, 24))


def test_also_where_midnight_lies_between_them() -> None:
    beat = Beat()
    beat.plan(("20:00", "00:00", 1), ("00:00", "04:00", 1), weekdays=["mon", "tue"])
    beat.visit("A", "23:40", "23:55")
    beat.visit("A", "tue 00:15", "tue 00:30")
    assert windows(beat.day("mon")) == [(1, 0), (1, 1)]
    assert kinds(beat.day("tue")) == ["qualifying*"]
    assert windows(beat.day("tue")) == [(1, 0), (1, 0)]


def test_a_plan_says_how_near() -> None:
    beat = Beat()
    beat.plan(("18:00", "23:00", 2), min_gap_minutes=0)
    beat.visit("A", "20:00", "20:15")
    beat.visit("B", "20:15", "20:30")
    assert kinds(beat.day()) == ["qualifying", "qualifying"]


def test_other_work_comes_near_to_nothing() -> None:
    beat = patrolled(("20:00", SURE))
    beat.visit("B", "20:20", "20:30", statuses=[("at_scene", "20:20", "20:30")])
    assert kinds(beat.day()) == ["qualifying", "other_work"]
