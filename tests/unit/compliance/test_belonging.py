"""Which window and day a patrol belongs to."""

from __future__ import annotations

import pytest

from services.metrics.compliance.day import DayFigures
from tests.support.beat import Beat, kinds, windows


def delivered(day: DayFigures) -> list[int]:
    """How many patrols count in each window."""
    return [each for _, each in windows(day)]


def on_monday(*due: tuple[str, str, int], **given: object) -> Beat:
    """A plan for Mondays."""
    beat = Beat()
    beat.plan(*due, **given)  # type: ignore[arg-type]  # whatever a plan has
    return beat


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        ("20:00", "20:15", [1, 0]),
        ("21:50", "22:05", [1, 0]),
        ("21:56", "22:11", [0, 1]),
        ("21:45", "22:15", [1, 0]),
        ("19:35", "19:46", [0, 0]),
        ("19:40", "19:55", [1, 0]),
        ("19:50", "20:05", [1, 0]),
        ("00:05", "00:20", [0, 0]),
        ("tue 00:05", "tue 00:20", [0, 1]),
        ("tue 00:10", "tue 00:25", [0, 0]),
    ],
)
def test_a_patrol_belongs_to_the_window_that_holds_most_of_it(
    since: str, until: str, expected: list[int]
) -> None:
    beat = on_monday(("20:00", "22:00", 1), ("22:00", "00:00", 1))
    beat.visit("A", since, until)
    assert delivered(beat.day()) == expected


def test_where_slack_makes_them_equal_the_window_itself_decides() -> None:
    beat = on_monday(("20:00", "21:00", 1), ("21:00", "22:00", 1), slack_minutes=30)
    beat.visit("A", "20:55", "21:10")
    assert delivered(beat.day()) == [0, 1]


def test_what_counts_decides_and_not_how_long_somebody_was_there() -> None:
    beat = on_monday(("18:00", "20:00", 1), ("20:30", "22:00", 1))
    beat.visit("A", "18:00", "20:50", statuses=[("at_station", "18:01", "20:35")])
    assert delivered(beat.day()) == [0, 1]


def test_a_window_past_midnight_is_of_the_day_on_which_it_starts() -> None:
    beat = on_monday(("22:00", "02:00", 2))
    beat.visit("A", "22:10", "22:25")
    beat.visit("A", "tue 01:00", "tue 01:15")
    assert kinds(beat.day("mon")) == ["qualifying", "qualifying"]
    assert beat.day("mon").status == "met"
    assert kinds(beat.day("tue")) == []


@pytest.mark.parametrize(
    ("starts", "since", "until", "day"),
    [
        ("00:00", "23:50", "tue 00:30", "mon"),
        ("00:00", "tue 00:00", "tue 00:30", "tue"),
        ("06:00", "tue 05:59", "tue 06:20", "mon"),
        ("06:00", "tue 06:00", "tue 06:20", "tue"),
    ],
)
def test_outside_all_windows_a_patrol_is_of_the_day_in_which_it_began(
    starts: str, since: str, until: str, day: str
) -> None:
    beat = Beat(starts=starts)
    beat.visit("A", since, until)
    days = [each for each in ("sun", "mon", "tue", "wed") if beat.day(each).patrols]
    assert days == [day]


def test_a_patrol_outside_the_windows_counts_in_the_day_and_in_no_window() -> None:
    beat = on_monday(("20:00", "22:00", 1))
    beat.accounted("A", "00:00", "tue 00:00")
    beat.visit("A", "12:00", "12:15")
    day = beat.day()
    assert (day.qualifying, delivered(day), day.status) == (1, [0], "missed")


def test_one_that_has_just_begun_belongs_to_the_window() -> None:
    beat = on_monday(("20:00", "22:00", 1))
    beat.stays("A", "20:00", "20:00")
    [patrol] = beat.day(now="20:00").patrols
    assert patrol.window is not None
