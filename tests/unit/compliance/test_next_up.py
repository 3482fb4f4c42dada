"""What to do now: the hot spot with the least time to spare comes first."""

from __future__ import annotations

from typing import Any

import pytest

from services.metrics.compliance.next_up import Task, tasks
from tests.support.beat import Beat, minutes


def due(beat: Beat, now: str, *places: str) -> list[Task]:
    """The tasks at a time of Monday."""
    days = [beat.day(now=now, place=place) for place in places or ("hs-1",)]
    return tasks(days, beat.at(now))


def told(task: Task) -> tuple[str, int, float, float]:
    """Why, the patrols due, and the minutes left and to spare."""
    return task.why, task.patrols_due, minutes(task.left_ms), minutes(task.spare_ms)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("16:00", []),  # it begins in four hours
        ("18:30", [("soon", 2, 90, 90)]),
        ("20:00", [("patrols", 2, 130, 110)]),  # to 22:10, less two of 10 minutes
        ("21:55", [("patrols", 2, 15, -5)]),  # not both any more
        ("22:20", []),  # over: there is nothing to be done
    ],
)
def test_a_window_short_of_patrols(now: str, expected: list[Any]) -> None:
    beat = Beat()
    beat.plan(("20:00", "22:00", 2))
    assert [told(task) for task in due(beat, now)] == expected


def test_a_patrol_that_goes_on_is_not_due_any_more() -> None:
    beat = Beat()
    beat.plan(("20:00", "22:00", 1))
    beat.stays("T-1", "20:00", "20:04")
    assert due(beat, "20:05") == []


def test_a_day_judged_by_minutes_that_is_short_of_them() -> None:
    beat = Beat()
    beat.plan(("20:00", "22:00", 1), minutes=30, judge_by="both")
    beat.visit("T-1", "20:00", "20:12")
    [task] = due(beat, "21:00")
    assert told(task) == ("minutes", 0, 70, 52)
    assert minutes(task.missing_ms) == 18


def test_who_has_least_to_spare_comes_first_and_each_is_named_once() -> None:
    beat = Beat()
    beat.plan(("20:00", "22:00", 1), ("23:00", "23:30", 1))
    beat.plan(("20:00", "21:00", 1), plan_id="p-2", hotspot_id="hs-2")
    beat.plan(("21:30", "22:00", 1), plan_id="p-3", hotspot_id="hs-3")
    found = due(beat, "20:30", "hs-1", "hs-2", "hs-3")
    assert [(task.figures.hotspot_id, task.why) for task in found] == [
        ("hs-2", "patrols"),
        ("hs-1", "patrols"),
        ("hs-3", "soon"),
    ]


def test_a_control_place_is_never_named() -> None:
    beat = Beat()
    beat.plan(("20:00", "22:00", 1), arm="control")
    assert due(beat, "20:30") == []
