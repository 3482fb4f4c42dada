"""Which hot spots are control places, day by day."""

from __future__ import annotations

import pytest

from tests.support.beat import Beat


def control(since: str | None = None) -> Beat:
    beat = Beat()
    beat.plan(arm="control", since=since)
    return beat


@pytest.mark.parametrize("day", ["mon", "tue", "2026-05-31"])
def test_a_control_place_is_one_on_days_that_its_plan_does_not_name(day: str) -> None:
    assert control().day(day).is_control


def test_it_is_one_as_long_as_its_plan_is_in_force() -> None:
    beat = control(since="tue 12:00")
    beat.ends("p-1", "thu 12:00")
    found = [beat.day(day).is_control for day in ("mon", "tue", "wed", "thu", "fri")]
    assert found == [False, True, True, True, False]


def test_a_day_s_own_plan_goes_first() -> None:
    beat = control()
    beat.plan(("20:00", "22:00", 1), plan_id="p-2", weekdays=["tue"])
    assert [beat.day(day).is_control for day in ("mon", "tue", "wed")] == [True, False, True]


def test_the_plan_of_another_place_says_nothing() -> None:
    beat = control()
    assert not beat.day("mon", place="hs-2").is_control
