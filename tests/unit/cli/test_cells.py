"""What the cells of a roster or a plan mean, and what to write for those that mean nothing."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from services.cli import cells
from services.cli.cells import Meaning
from services.contracts.days import Days

DAYS = Days(ZoneInfo("Europe/London"), time(6))


@pytest.mark.parametrize(
    ("meaning", "cell", "value"),
    [
        (cells.text, "E21", "E21"),
        (cells.word, "PCSO", "pcso"),
        (cells.names, "P1", ["P1"]),
        (cells.names, "P1 P2", ["P1", "P2"]),
        (cells.names, "P1, P2;P3 ;", ["P1", "P2", "P3"]),
        (cells.number, "10", 10.0),
        (cells.number, "-2.5", -2.5),
        (cells.whole_number, "2", 2),
        (cells.clock, "09:00", "09:00"),
        (cells.clock, "9:05", "09:05"),
        (cells.clock, "22:00:00", "22:00"),
        (cells.clock, "22.00", "22.00"),
        (cells.dates, "2026-06-01 2026-06-02", ["2026-06-01", "2026-06-02"]),
        (cells.weekdays, "mon", ["mon"]),
        (cells.weekdays, "Mon Tuesday,wed", ["mon", "tue", "wed"]),
        (cells.weekdays, "mon-wed sun", ["mon", "tue", "wed", "sun"]),
        (cells.weekdays, "fri - mon", ["fri", "sat", "sun", "mon"]),
        (cells.weekdays, "sat\N{EN DASH}sun", ["sat", "sun"]),
        (cells.weekdays, "mon-mon", ["mon"]),
    ],
)
def test_what_a_cell_means(meaning: Meaning, cell: str, value: object) -> None:
    assert meaning(cell, DAYS) == value


@pytest.mark.parametrize(
    ("meaning", "cell", "said"),
    [
        (cells.number, "2,5", "2,5 is no number; write one such as 10 or 2.5"),
        (cells.number, "nan", "nan is no number"),
        (cells.number, "1e400", "1e400 is no number"),
        (cells.whole_number, "2.0", "2.0 is no whole number; write one such as 2"),
        (cells.dates, "01/06/2026", "01/06/2026 is no date; write it as 2026-06-01 (in a spread"),
        (cells.dates, "2026-06-31", "2026-06-31 is no date"),
        (cells.weekdays, "mon fry", "fry is no weekday; write mon tue wed thu fri sat sun, or mon"),
        (cells.weekdays, "mon-", "mon- is no weekday"),
        (cells.weekdays, "-mon", "-mon is no weekday"),
        (cells.moment, "01/06/2026 22:00", "is no time; write it as 2026-06-01 22:00 (in a"),
        (cells.moment, "22:00", "22:00 is no time"),
    ],
)
def test_a_cell_that_means_nothing(meaning: Meaning, cell: str, said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        meaning(cell, DAYS)


@pytest.mark.parametrize(
    ("cell", "utc"),
    [
        ("2026-06-01 22:00", "2026-06-01T21:00"),
        ("2026-06-01T22:00:30", "2026-06-01T21:00:30"),
        ("2026-12-01 22:00", "2026-12-01T22:00"),
        ("2026-06-01 22:00Z", "2026-06-01T22:00"),
        ("2026-06-01 22:00-05:00", "2026-06-02T03:00"),
        ("2026-06-01", "2026-06-01T05:00"),  # the force's day starts at 06:00 of the summer
        # The clocks go forward at 01:00 on 29 March and back at 02:00 on 25 October.
        ("2026-03-29 00:59", "2026-03-29T00:59"),
        ("2026-03-29 02:00", "2026-03-29T01:00"),
        ("2026-10-25 00:59", "2026-10-24T23:59"),
        ("2026-10-25 02:00", "2026-10-25T02:00"),
        ("2026-10-25 01:30+01:00", "2026-10-25T00:30"),
        ("2026-10-25 01:30+00:00", "2026-10-25T01:30"),
    ],
)
def test_a_time_by_the_clock_on_the_wall(cell: str, utc: str) -> None:
    expected = datetime.fromisoformat(utc).replace(tzinfo=UTC)
    assert cells.moment(cell, DAYS) == expected.timestamp() * 1000


@pytest.mark.parametrize("minute", ["01:00", "01:30", "01:59"])
def test_a_time_that_the_clocks_skip(minute: str) -> None:
    said = f"the clocks skip 2026-03-29 {minute} in Europe/London; write the time that was meant"
    with pytest.raises(ValueError, match=said):
        cells.moment(f"2026-03-29 {minute}", DAYS)


@pytest.mark.parametrize("minute", ["01:00", "01:30", "01:59"])
def test_a_time_that_comes_twice(minute: str) -> None:
    with pytest.raises(ValueError, match="comes twice in Europe/London; write") as error:
        cells.moment(f"2026-10-25 {minute}", DAYS)
    first, second = re.findall(r"2026-10-25 \S+[+-]\d\d:\d\d", str(error.value))
    assert cells.moment(second, DAYS) - cells.moment(first, DAYS) == 3_600_000
