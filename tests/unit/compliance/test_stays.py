"""One radio's stay, and what of it counts."""

from __future__ import annotations

import pytest

from tests.support.beat import Beat, kinds, minutes
from tests.support.derived import minutes as bounds


@pytest.mark.parametrize(
    ("interval_s", "back_at", "stays"),
    [
        (60, "20:13", 1),
        (60, "20:14", 2),
        (30, "20:13", 1),
        (120, "20:14", 1),
        (120, "20:15", 2),
        (300, "20:20", 1),
        (300, "20:21", 2),
    ],
)
def test_a_radio_that_returns_soon_had_not_gone(
    interval_s: float, back_at: str, stays: int
) -> None:
    beat = Beat()
    beat.visit("A", "20:00", "20:10", source=beat.source(interval_s))
    beat.visit("A", back_at, "20:30")
    patrols = beat.day().patrols
    assert len(patrols) == stays


def test_how_often_it_was_heard_is_for_the_source_of_that_visit() -> None:
    beat = Beat()
    slow, quick = beat.source(300), beat.source(30)
    beat.visit("A", "20:00", "20:10", source=slow)
    beat.visit("A", "20:20", "20:30", source=quick)
    beat.visit("A", "20:40", "20:50", source=slow)
    assert len(beat.day().patrols) == 2


def test_another_radio_that_comes_soon_makes_a_patrol_of_its_own() -> None:
    beat = Beat()
    beat.visit("A", "20:00", "20:10")
    beat.visit("B", "20:11", "20:21")
    assert kinds(beat.day()) == ["qualifying", "qualifying*"]


def test_the_time_between_two_visits_does_not_count() -> None:
    beat = Beat()
    beat.visit("A", "20:00", "20:06")
    beat.visit("A", "20:08", "20:14")
    [patrol] = beat.day().patrols
    assert (patrol.kind, patrol.patrol_time) == ("qualifying", bounds(12, 12, 12))


def test_bounds_of_visits_that_are_one_stay_are_united() -> None:
    beat = Beat()
    beat.visit("A", "20:00", "20:06", bounds=(4, 8))
    beat.visit("A", "20:07", "20:13", bounds=(4, 8))
    # At most from 19:59 to 20:07 and from 20:06 to 20:14: fifteen minutes, not sixteen.
    [patrol] = beat.day().patrols
    assert patrol.patrol_time == bounds(8, 12, 15)


STATUSES = [
    "en_route", "at_scene", "committed", "escort", "court", "at_station", "refreshments",
]  # fmt: skip


@pytest.mark.parametrize("status", STATUSES)
def test_other_work_is_shown_and_does_not_count(status: str) -> None:
    beat = Beat()
    beat.visit("A", "20:00", "20:30", statuses=[(status, "20:12", "20:30")])
    day = beat.day()
    assert kinds(day) == ["qualifying"]
    assert (day.patrol_time, day.other_time) == (bounds(12, 12, 12), bounds(18, 18, 18))


def test_other_work_of_two_patrols_at_once_is_told_once() -> None:
    beat = Beat()
    beat.visit("A", "20:00", "21:00", statuses=[("at_scene", "20:12", "21:00")])
    beat.visit("B", "20:30", "21:00", statuses=[("at_scene", "20:42", "21:00")])
    day = beat.day()
    assert [patrol.other_time for patrol in day.patrols] == [bounds(48, 48, 48), bounds(18, 18, 18)]
    assert day.other_time == bounds(48, 48, 48)


@pytest.mark.parametrize("status", ["on_patrol", "on_duty", "emergency", "off_duty"])
def test_any_other_status_counts(status: str) -> None:
    beat = Beat()
    beat.visit("A", "20:00", "20:30", statuses=[(status, "20:00", "20:30")])
    day = beat.day()
    assert (day.patrol_time, day.other_time) == (bounds(30, 30, 30), bounds(0, 0, 0))


@pytest.mark.parametrize(
    ("since", "until", "counted", "other"),
    [
        ("20:00", "20:10", bounds(19, 20, 21), bounds(9, 10, 11)),
        ("20:10", "20:20", bounds(18, 20, 22), bounds(10, 10, 10)),
        ("20:20", "20:30", bounds(19, 20, 21), bounds(9, 10, 11)),
        ("20:00", "20:30", bounds(0, 0, 0), bounds(28, 30, 32)),
    ],
)
def test_what_is_uncertain_is_of_what_was_done_at_that_end(
    since: str, until: str, counted: object, other: object
) -> None:
    beat = Beat()
    beat.visit("A", "20:00", "20:30", bounds=(28, 32), statuses=[("at_scene", since, until)])
    day = beat.day()
    assert (day.patrol_time, day.other_time) == (counted, other)


def test_patrol_before_and_after_other_work_is_one_stay() -> None:
    beat = Beat()
    beat.visit("A", "20:00", "20:22", statuses=[("at_scene", "20:06", "20:16")])
    [patrol] = beat.day().patrols
    assert (patrol.kind, minutes(patrol.patrol_time.low_ms)) == ("qualifying", 12)


def test_unknown_time_is_neither_patrol_nor_other_work() -> None:
    beat = Beat()
    beat.accounted("A", "20:00", "21:00", ("20:05", "20:15"))
    beat.visit(
        "A", "20:00", "20:30", unknown=10,
        statuses=[("at_scene", "20:00", "20:10"), ("on_patrol", "20:10", "20:30")],
    )  # fmt: skip
    day = beat.day()
    assert (day.patrol_time, day.other_time) == (bounds(15, 15, 15), bounds(5, 5, 5))


def test_a_patrol_lasts_from_the_first_to_the_last_of_what_counts() -> None:
    beat = Beat()
    beat.visit("A", "20:00", "23:00", statuses=[("committed", "20:12", "23:00")])
    beat.visit("B", "20:50", "21:02")
    day = beat.day()
    # It ended at 20:12, so the next is 38 minutes later and not in the middle of it.
    assert kinds(day) == ["qualifying", "qualifying"]
    assert day.patrols[0].patrol.span == (beat.at("20:00"), beat.at("20:12"))
