"""Whether a patrol was long enough; plans here want 10 to 16 minutes."""

from __future__ import annotations

import pytest

from tests.support.beat import Beat, kinds

WINDOW = ("19:00", "23:00", 1)


def judged(until: str, bounds: tuple[float, float] | None, *statuses: tuple[str, str, str]) -> str:
    """The verdict on one officer's visit from 20:00 on."""
    beat = Beat()
    beat.plan(WINDOW, each=(10, 16))
    beat.visit("A", "20:00", until, bounds=bounds, statuses=statuses)
    [kind] = kinds(beat.day())
    return kind


@pytest.mark.parametrize(
    ("until", "bounds", "kind"),
    [
        ("20:10", None, "qualifying"),
        ("20:11", (10, 12), "qualifying"),
        ("20:11", (9.99, 12), "uncertain"),
        ("20:09", (8, 10), "uncertain"),
        ("20:09", (8, 9.99), "short"),
        ("20:16", None, "qualifying"),
        ("20:17", (16, 18), "qualifying"),
        ("20:18", (16.01, 19), "long"),
        ("20:30", (5, 40), "uncertain"),
    ],
)
def test_by_its_bounds(until: str, bounds: tuple[float, float] | None, kind: str) -> None:
    assert judged(until, bounds) == kind


@pytest.mark.parametrize("status", ["en_route", "at_scene", "emergency"])
def test_called_away_before_the_low_minutes(status: str) -> None:
    assert judged("20:07", None, ("on_patrol", "20:00", "20:06"), (status, "20:06", "20:07")) == (
        "interrupted"
    )


@pytest.mark.parametrize("status", ["refreshments", "at_station", "committed", "court", "escort"])
def test_who_left_for_anything_else_was_not_called_away(status: str) -> None:
    assert judged("20:07", None, ("on_patrol", "20:00", "20:06"), (status, "20:06", "20:07")) == (
        "short"
    )


def test_who_was_called_in_the_middle_and_stayed_was_not_called_away() -> None:
    at_scene = ("at_scene", "20:02", "20:04")
    assert judged("20:07", None, at_scene, ("on_patrol", "20:04", "20:07")) == "short"


def test_called_away_after_the_low_minutes_qualifies() -> None:
    assert judged("20:20", None, ("at_scene", "20:12", "20:20")) == "qualifying"


def test_called_away_when_the_low_minutes_may_have_passed_is_uncertain() -> None:
    assert judged("20:12", (9, 13), ("en_route", "20:11", "20:12")) == "uncertain"


@pytest.mark.parametrize("status", ["en_route", "at_scene", "refreshments"])
def test_who_passes_through_on_other_work_makes_no_patrol(status: str) -> None:
    assert judged("20:02", (1, 3), (status, "20:00", "20:02")) == "other_work"


def test_an_emergency_counts_and_calls_away() -> None:
    assert judged("20:30", None, ("emergency", "20:00", "20:30")) == "long"
    assert judged("20:05", None, ("emergency", "20:00", "20:05")) == "interrupted"


def test_three_officers_for_four_minutes_each_are_no_patrol_of_twelve() -> None:
    beat = Beat()
    beat.plan(WINDOW, each=(10, 16))
    beat.visit("A", "20:00", "20:04")
    beat.visit("B", "20:03", "20:07")
    beat.visit("C", "20:06", "20:10")
    assert kinds(beat.day()) == ["short"]


def test_one_of_two_who_stays_long_enough_is_enough() -> None:
    beat = Beat()
    beat.plan(WINDOW, each=(10, 16))
    beat.visit("A", "20:00", "20:11")
    beat.visit("B", "20:01", "20:05", statuses=[("en_route", "20:04", "20:05")])
    assert kinds(beat.day()) == ["qualifying"]


def test_without_a_plan_a_patrol_is_ten_to_twenty_minutes() -> None:
    beat = Beat()
    beat.visit("A", "12:00", "12:10")
    beat.visit("A", "13:00", "13:21")
    beat.visit("A", "14:00", "14:09")
    assert kinds(beat.day()) == ["qualifying", "long", "short"]
    assert beat.day().status == "not_planned"
