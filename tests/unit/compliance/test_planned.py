"""Which windows are due on a day of the force."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from services.metrics.compliance.ledger import planning
from services.metrics.compliance.planned import Planned
from tests.support.beat import Beat

SPRING, AUTUMN = "2026-03-29", "2026-10-25"
EVERY_DAY = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def due(beat: Beat, day: str = "mon", place: str = "hs-1") -> Planned | None:
    """What is due at a hot spot on a day."""
    return planning(beat.register, place, beat.days)(beat.date(day))


def clocks(planned: Planned | None) -> list[str]:
    """Its windows in UTC."""
    assert planned is not None
    return [
        "-".join(f"{datetime.fromtimestamp(at / 1000, UTC):%d %H:%M}" for at in window.span)
        for window in planned.windows
    ]


def test_a_window_is_local_time_and_may_end_on_the_next_day() -> None:
    beat = Beat()
    beat.plan(("22:00", "02:00", 2), ("10:00", "12:00", 1))
    assert clocks(due(beat)) == ["01 09:00-01 11:00", "01 21:00-02 01:00"]
    assert due(beat, "tue") is None
    assert due(beat, place="hs-2") is None


def test_a_window_until_midnight_ends_with_the_day() -> None:
    beat = Beat()
    beat.plan(("20:00", "00:00", 1))
    assert clocks(due(beat)) == ["01 19:00-01 23:00"]


@pytest.mark.parametrize(
    ("window", "utc"),
    [
        (("06:00", "07:00", 1), "01 05:00-01 06:00"),
        (("05:00", "05:30", 1), "02 04:00-02 04:30"),
        (("02:00", "04:00", 1), "02 01:00-02 03:00"),
        (("23:00", "03:00", 1), "01 22:00-02 02:00"),
        (("04:00", "08:00", 1), "02 03:00-02 07:00"),
    ],
)
def test_where_days_start_at_six_what_starts_before_that_belongs_to_the_day_before(
    window: tuple[str, str, int], utc: str
) -> None:
    beat = Beat(starts="06:00")
    beat.plan(window)
    assert clocks(due(beat, "mon")) == [utc]


@pytest.mark.parametrize(
    ("window", "utc"),
    [
        (("22:00", "23:00", 1), ["29 21:00-29 22:00"]),
        (("00:00", "03:00", 1), ["29 00:00-29 02:00"]),
        (("00:30", "01:30", 1), ["29 00:30-29 01:30"]),
        (("01:30", "03:00", 1), ["29 01:30-29 02:00"]),
        (("01:15", "01:45", 1), []),
        (("01:00", "02:00", 1), []),
        (("01:30", "02:00", 1), []),
    ],
)
def test_the_night_in_which_the_clocks_go_forward(
    window: tuple[str, str, int], utc: list[str]
) -> None:
    beat = Beat()
    beat.plan(window, dates=[SPRING])
    assert clocks(due(beat, SPRING)) == utc


@pytest.mark.parametrize(
    ("window", "utc"),
    [
        (("22:00", "23:00", 1), "25 22:00-25 23:00"),
        (("00:00", "03:00", 1), "24 23:00-25 03:00"),
        (("00:00", "01:30", 1), "24 23:00-25 00:30"),
        (("01:30", "02:00", 1), "25 00:30-25 02:00"),
        (("01:00", "01:30", 1), "25 00:00-25 00:30"),
    ],
)
def test_the_night_in_which_the_clocks_go_back(window: tuple[str, str, int], utc: str) -> None:
    beat = Beat()
    beat.plan(window, dates=[AUTUMN])
    assert clocks(due(beat, AUTUMN)) == [utc]


def test_a_night_whose_clocks_change_where_days_start_at_six() -> None:
    beat = Beat(starts="06:00")
    beat.plan(("22:00", "04:00", 1), dates=["2026-03-28", "2026-10-24"])
    assert clocks(due(beat, "2026-03-28")) == ["28 22:00-29 03:00"]
    assert clocks(due(beat, "2026-10-24")) == ["24 21:00-25 04:00"]


def test_a_plan_for_a_date_holds_over_one_for_a_weekday() -> None:
    beat = Beat()
    beat.plan(("20:00", "22:00", 2), plan_id="a", weekdays=EVERY_DAY)
    beat.plan(("10:00", "12:00", 1), plan_id="b", dates=["2026-06-01"])
    assert clocks(due(beat, "mon")) == ["01 09:00-01 11:00"]
    assert clocks(due(beat, "tue")) == ["02 19:00-02 21:00"]


def test_a_window_is_due_by_the_version_in_force_when_it_starts() -> None:
    beat = Beat()
    beat.plan(("10:00", "12:00", 1), ("20:00", "22:00", 1), minutes=20)
    beat.plan(("11:00", "13:00", 3), ("21:00", "23:00", 2), since="12:00", minutes=60)
    planned = due(beat)
    assert clocks(planned) == ["01 09:00-01 11:00", "01 20:00-01 22:00"]
    assert planned is not None
    assert (planned.patrols, planned.plan.minutes_per_day) == (3, 20)


def test_a_version_that_comes_later_for_earlier_wins() -> None:
    beat = Beat()
    beat.plan(("10:00", "12:00", 1), since="12:00")
    beat.plan(("20:00", "22:00", 2), since="08:00")
    assert clocks(due(beat)) == ["01 19:00-01 21:00"]


FIRST, SECOND = "01 09:00-01 10:00", "01 19:00-01 21:00"


@pytest.mark.parametrize(
    ("when", "utc"),
    [
        ("10:00", []),
        ("10:01", [FIRST]),
        ("20:00", [FIRST]),
        ("20:01", [FIRST, SECOND]),
        ("tue 00:00", [FIRST, SECOND]),
    ],
)
def test_what_has_begun_when_a_plan_ends_stays_due(when: str, utc: list[str]) -> None:
    deleted, ended = Beat(), Beat()
    windows = (("10:00", "11:00", 1), ("20:00", "22:00", 1))
    deleted.plan(*windows)
    deleted.ends("p-1", when)
    ended.plan(*windows, effective_to=ended.at(when))
    assert clocks(due(deleted)) == clocks(due(ended)) == utc


def test_after_it_has_ended_nothing_is_due() -> None:
    beat = Beat()
    beat.plan(("10:00", "11:00", 1))
    beat.ends("p-1", "00:00")
    assert due(beat) is None


@pytest.mark.parametrize(
    ("when", "utc"),
    [("09:00", [FIRST, SECOND]), ("10:00", [FIRST, SECOND]), ("10:01", [SECOND])],
)
def test_of_a_plan_that_begins_in_the_day_only_what_starts_afterwards_is_due(
    when: str, utc: list[str]
) -> None:
    beat = Beat()
    beat.plan(("10:00", "11:00", 1), ("20:00", "22:00", 1), since=when, minutes=30)
    planned = due(beat)
    assert clocks(planned) == utc
    assert planned is not None
    assert planned.plan.minutes_per_day == 30


def test_a_version_that_names_the_day_anew_is_due_from_then_on() -> None:
    beat = Beat()
    beat.plan(("20:00", "22:00", 1), weekdays=["tue"])
    beat.plan(("10:00", "11:00", 1), ("20:00", "22:00", 1), weekdays=["mon"], since="12:00")
    assert clocks(due(beat, "mon")) == [SECOND]
    assert due(beat, "tue") is None


def test_a_plan_that_moves_to_another_hot_spot_takes_what_has_not_begun_along() -> None:
    beat = Beat()
    windows = (("10:00", "11:00", 1), ("20:00", "22:00", 1))
    beat.plan(*windows)
    beat.plan(*windows, hotspot_id="hs-2", since="12:00")
    assert clocks(due(beat, place="hs-1")) == [FIRST]
    assert clocks(due(beat, place="hs-2")) == [SECOND]


def test_a_plan_without_windows_has_its_minutes_a_day() -> None:
    beat = Beat()
    beat.plan(minutes=30, judge_by="minutes")
    planned = due(beat)
    assert planned is not None
    assert (planned.windows, planned.patrols, planned.day_ms) == ((), 0, 30 * 60_000)


def test_slack_widens_a_window_on_either_side() -> None:
    beat = Beat()
    beat.plan(("20:00", "22:00", 1), slack_minutes=15)
    planned = due(beat)
    assert planned is not None
    [window] = planned.windows
    assert window.wide == (beat.at("19:45"), beat.at("22:15"))
