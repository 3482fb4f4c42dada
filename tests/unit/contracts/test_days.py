"""A force's day, also on the two nights when the clocks change."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from services.contracts.days import Days

LONDON = ZoneInfo("Europe/London")
HOUR_MS = 3_600_000


def at(text: str) -> int:
    return round(datetime.fromisoformat(text).timestamp() * 1000)


@pytest.mark.parametrize(
    ("starts", "moment", "day"),
    [
        (time(0), "2026-06-01T00:00:00+01:00", "2026-06-01"),
        (time(0), "2026-05-31T23:59:59.999+01:00", "2026-05-31"),
        (time(0), "2026-05-31T23:30:00Z", "2026-06-01"),
        (time(7), "2026-06-01T06:59:59+01:00", "2026-05-31"),
        (time(7), "2026-06-01T07:00:00+01:00", "2026-06-01"),
        (time(7), "2026-03-29T06:59:59+01:00", "2026-03-28"),
        (time(7), "2026-10-25T07:00:00Z", "2026-10-25"),
        # 01:30 is told twice on 25 October: the day starts at the first.
        (time(1, 30), "2026-10-25T00:29:59Z", "2026-10-24"),
        (time(1, 30), "2026-10-25T00:30:00Z", "2026-10-25"),
        (time(1, 30), "2026-10-25T01:15:00Z", "2026-10-25"),
        # 01:30 is skipped on 29 March: the day starts when it would have been.
        (time(1, 30), "2026-03-29T01:29:59Z", "2026-03-28"),
        (time(1, 30), "2026-03-29T01:30:00Z", "2026-03-29"),
    ],
)
def test_a_moment_belongs_to_a_day(starts: time, moment: str, day: str) -> None:
    assert Days(LONDON, starts).day_of(at(moment)) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("day", "hours"), [("2026-06-01", 24), ("2026-03-29", 23), ("2026-10-25", 25)]
)
def test_a_day_is_as_long_as_the_clocks_make_it(day: str, hours: int) -> None:
    span = Days(LONDON, time(0)).span(date.fromisoformat(day))
    assert span.end - span.start == hours * HOUR_MS


def test_a_zone_east_of_utc_is_a_day_ahead() -> None:
    days = Days(ZoneInfo("Pacific/Auckland"), time(0))
    assert days.day_of(at("2026-06-01T12:00:00Z")) == date(2026, 6, 2)
