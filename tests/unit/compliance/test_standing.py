"""Where a day stands by patrols, by minutes and by both."""

from __future__ import annotations

import pytest

from tests.support.beat import Beat

EVENING = ("20:00", "22:00", 2)


def planned(judge_by: str, *windows: tuple[str, str, int], minutes: float = 30) -> Beat:
    """Thirty minutes a day; a radio on duty that is accounted for."""
    beat = Beat()
    beat.plan(*windows, minutes=minutes, judge_by=judge_by)
    beat.duty("A", "18:00", "23:59")
    beat.accounted("A", "00:00", "tue 02:00")
    return beat


@pytest.mark.parametrize(
    ("visits", "by_patrols", "by_minutes", "by_both"),
    [
        ([("20:00", "20:15"), ("21:00", "21:15")], "met", "met", "met"),
        ([("20:00", "20:30")], "missed", "met", "missed"),
        ([("20:00", "20:10"), ("21:00", "21:10")], "met", "missed", "missed"),
        ([("20:00", "20:29")], "missed", "missed", "missed"),
        ([("20:00", "20:10"), ("21:00", "21:10"), ("12:00", "12:10")], "met", "met", "met"),
        ([("20:00", "20:15"), ("20:20", "20:35")], "missed", "met", "missed"),
    ],
)
def test_a_day_that_is_over(
    visits: list[tuple[str, str]], by_patrols: str, by_minutes: str, by_both: str
) -> None:
    standing = []
    for judge_by in ("patrols", "minutes", "both"):
        beat = planned(judge_by, EVENING)
        for since, until in visits:
            beat.visit("A", since, until)
        standing.append(beat.day().status)
    assert standing == [by_patrols, by_minutes, by_both]


@pytest.mark.parametrize(
    ("until", "bounds", "status"),
    [
        ("20:32", (30, 34), "met"),
        ("20:32", (29.99, 34), "not_known"),
        ("20:25", (20, 30), "not_known"),
        ("20:25", (20, 29.99), "missed"),
    ],
)
def test_the_low_bound_has_to_reach_the_minutes(
    until: str, bounds: tuple[float, float], status: str
) -> None:
    beat = planned("minutes", EVENING)
    beat.visit("A", "20:00", until, bounds=bounds)
    assert beat.day().status == status


@pytest.mark.parametrize(
    ("unknown", "status"),
    [
        ([("20:30", "20:45")], "not_known"),
        ([("20:30", "20:44")], "missed"),
        ([("20:30", "20:36"), ("21:00", "21:09")], "not_known"),
        # Patrols at any time of the day have minutes, so unknown time has, too.
        ([("18:30", "18:45")], "not_known"),
    ],
)
def test_unknown_time_could_have_been_police_time(
    unknown: list[tuple[str, str]], status: str
) -> None:
    beat = Beat()
    beat.plan(EVENING, minutes=30, judge_by="minutes")
    beat.duty("A", "18:00", "23:59")
    beat.accounted("A", "18:00", "23:59", *unknown)
    beat.visit("B", "20:00", "20:15")
    assert beat.day().status == status


def test_minutes_of_a_plan_without_windows_are_spread_over_the_day() -> None:
    beat = planned("minutes", minutes=48)
    # Two minutes an hour, and ten minutes of slack make a third of a minute more.
    assert beat.day(now="00:00").status == "on_track"
    assert beat.day(now="00:10").status == "on_track"
    assert beat.day(now="00:11").status == "behind"
    beat.visit("A", "00:30", "01:20")
    assert beat.day(now="01:20").status == "met"
    assert beat.day().status == "met"


def test_at_the_planned_pace_minutes_are_spread_over_the_windows() -> None:
    beat = planned("minutes", ("10:00", "11:00", 1), ("20:00", "21:00", 1), minutes=24)
    assert beat.day(now="10:00").status == "on_track"
    # Between the windows only the second is left, 12 of its minutes and two of slack.
    assert beat.day(now="12:00").status == "behind"
    beat.visit("A", "10:00", "10:10")
    # Twelve minutes an hour: by 10:59 there were ten, and ten minutes of slack give two more.
    assert beat.day(now="11:00").status == "on_track"
    # Before the second window twelve minutes of it and two of slack are left: 24.
    assert beat.day(now="20:00").status == "on_track"
    assert beat.day(now="20:01").status == "behind"


@pytest.mark.parametrize(
    ("now", "status"), [("23:59", "behind"), ("tue 00:05", "behind"), ("tue 00:10", "missed")]
)
def test_a_day_by_minutes_is_over_when_the_slack_of_its_last_window_is(
    now: str, status: str
) -> None:
    beat = planned("minutes", ("22:00", "00:00", 2))
    beat.visit("A", "22:00", "22:15")
    assert beat.day(now=now).status == status


def test_a_day_by_minutes_is_not_over_while_a_patrol_of_it_goes_on() -> None:
    beat = planned("minutes", ("22:00", "00:00", 2))
    beat.stays("A", "23:45", "tue 00:11")
    assert beat.day(now="tue 00:11").status == "behind"
    assert beat.day(now="tue 00:11").patrols[0].patrol.goes_on


def test_without_windows_and_minutes_nothing_is_due() -> None:
    beat = Beat()
    beat.plan()
    assert beat.day().status == "not_planned"


@pytest.mark.parametrize(
    ("until", "bounds", "status"),
    [
        ("12:15", None, "contaminated"),
        ("12:15", (9, 16), "not_planned"),
        ("12:05", None, "not_planned"),
    ],
)
def test_a_control_place_should_have_no_patrol(
    until: str, bounds: tuple[float, float] | None, status: str
) -> None:
    beat = Beat()
    beat.plan(arm="control")
    beat.visit("A", "12:00", until, bounds=bounds)
    day = beat.day()
    assert (day.status, day.is_control) == (status, True)


def test_other_work_at_a_control_place_is_no_patrol() -> None:
    beat = Beat()
    beat.plan(arm="control")
    beat.visit("A", "12:00", "14:00", statuses=[("at_scene", "12:00", "14:00")])
    assert beat.day().status == "not_planned"


def test_a_plan_says_which_ring_counts() -> None:
    beat = Beat()
    beat.plan(EVENING, ring="catchment")
    beat.visit("A", "20:00", "20:15")
    beat.visit("A", "21:00", "21:15", ring="catchment")
    assert len(beat.day().patrols) == 1
    assert beat.day().patrols[0].patrol.visits[0].ring == "catchment"
