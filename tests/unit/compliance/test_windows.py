"""What became of a window, and when a day is behind; one from 20:00 to 22:00, slack ten minutes."""

from __future__ import annotations

import pytest

from tests.support.beat import Beat, outcomes


def planned(patrols: int) -> Beat:
    """Patrols due, and a radio on duty that is accounted for."""
    beat = Beat()
    beat.plan(("20:00", "22:00", patrols))
    beat.duty("A", "18:00", "23:59")
    beat.accounted("A", "18:00", "23:59")
    return beat


@pytest.mark.parametrize(
    ("now", "outcome"),
    [
        ("19:49", "ahead"),
        ("19:50", "open"),
        ("22:09", "open"),
        ("22:10", "missed"),
    ],
)
def test_as_time_passes_and_nobody_comes(now: str, outcome: str) -> None:
    assert outcomes(planned(1).day(now=now)) == [outcome]


def test_it_is_delivered_as_soon_as_enough_count() -> None:
    beat = planned(1)
    beat.visit("A", "20:00", "20:09")
    assert outcomes(beat.day(now="20:09")) == ["open"]
    beat.visit("A", "20:30", "20:40")
    assert outcomes(beat.day(now="20:41")) == ["delivered"]
    assert outcomes(beat.day()) == ["delivered"]


def test_a_patrol_that_goes_on_delivers_once_it_is_long_enough() -> None:
    beat = planned(1)
    beat.stays("A", "20:00", "20:10")
    assert outcomes(beat.day(now="20:10")) == ["delivered"]


def test_a_window_whose_patrol_goes_on_at_its_end_is_open() -> None:
    beat = planned(1)
    beat.stays("A", "22:08", "22:12")
    day = beat.day(now="22:13")
    assert (outcomes(day), day.status) == (["open"], "on_track")


def test_one_that_begins_in_the_slack_counts_whole() -> None:
    beat = planned(1)
    beat.visit("A", "22:09", "22:19")
    # A minute of it lies in the window, slack included, and none anywhere else.
    assert outcomes(beat.day()) == ["delivered"]


@pytest.mark.parametrize(
    ("patrols", "now", "status"),
    [
        (1, "19:00", "on_track"),
        (1, "22:00", "on_track"),
        (1, "22:01", "behind"),
        # Of two an hour each, the second has to begin in the second.
        (2, "21:09", "on_track"),
        (2, "21:10", "behind"),
        (4, "20:39", "on_track"),
        (4, "20:40", "behind"),
    ],
)
def test_behind_at_the_planned_pace(patrols: int, now: str, status: str) -> None:
    assert planned(patrols).day(now=now).status == status


def test_what_is_delivered_early_gives_time() -> None:
    beat = planned(2)
    beat.visit("A", "20:00", "20:15")
    assert beat.day(now="21:10").status == "on_track"
    assert beat.day(now="22:01").status == "behind"


def test_a_patrol_that_goes_on_may_yet_count() -> None:
    beat = planned(1)
    beat.stays("A", "22:00", "22:05")
    assert beat.day(now="22:06").status == "on_track"


def test_one_that_goes_on_too_near_to_another_may_not() -> None:
    beat = planned(2)
    beat.visit("B", "21:30", "21:45")
    beat.stays("A", "22:00", "22:05")
    assert beat.day(now="22:06").status == "behind"


def test_a_day_with_one_window_missed_is_behind_until_the_others_are_over() -> None:
    beat = Beat()
    beat.plan(("10:00", "11:00", 1), ("20:00", "22:00", 1))
    assert beat.day(now="11:09").status == "behind"
    assert beat.day(now="11:10").status == "behind"
    beat.visit("A", "20:00", "20:15")
    assert (outcomes(beat.day()), beat.day().status) == (["missed", "delivered"], "missed")
