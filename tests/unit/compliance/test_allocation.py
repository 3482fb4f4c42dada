"""Where the time of allocated officers went: tables, and sums that are exact."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.contracts.derived import RingTimes, Timesheet
from services.metrics.compliance.allocation import NO_TIME, Allocation, allocation
from services.metrics.timesheets import Timesheets
from tests.support.derived import HOUR_MS, MINUTE_MS, NOON, a_timesheet, minutes
from tests.support.planned import a_duty

DUTY = a_duty("T-1", since=NOON, until=NOON + 2 * HOUR_MS, hotspot_ids=["hs-1", "hs-2"])
END = NOON + 2 * HOUR_MS


def sheet(hour: int, inside: int, **cores: int) -> Timesheet:
    """An hour of the duty with so many minutes inside, and in each core."""
    return a_timesheet(
        since=NOON + hour * HOUR_MS,
        inside_ms=inside * MINUTE_MS,
        outside_ms=(60 - inside) * MINUTE_MS,
        unknown_ms=0,
        unknown=[],
        hotspots={
            name.replace("_", "-"): RingTimes(
                core=minutes(0, spent, 60), catchment=minutes(9, 9, 9)
            )
            for name, spent in cores.items()
        },
    )


def allocated(*sheets: Timesheet, now: int = END) -> list[float]:
    known = Timesheets()
    for each in sheets:
        known.apply(0, each)
    return [ms / MINUTE_MS for ms in allocation(DUTY, known, now)]


@pytest.mark.parametrize(
    ("sheets", "own", "others", "outside", "unknown"),
    [
        ([], 0, 0, 0, 120),
        ([sheet(0, 30, hs_1=10, hs_2=5, hs_3=15)], 15, 15, 30, 60),
        ([sheet(0, 20, hs_1=20), sheet(1, 10, hs_3=10)], 20, 10, 90, 0),
        # 10 of its 20 min in hs-1 are in hs-3 as well: cores that overlap.
        ([sheet(0, 30, hs_1=20, hs_3=20), sheet(1, 0)], 20, 10, 90, 0),
        # hs-1 and hs-2 overlap wholly; what is too much in one hour is not taken from another.
        ([sheet(0, 20, hs_1=20, hs_2=20), sheet(1, 30, hs_3=30)], 20, 30, 70, 0),
    ],
)
def test_where_a_duty_went(
    sheets: list[Timesheet], own: int, others: int, outside: int, unknown: int
) -> None:
    assert allocated(*sheets) == [own, others, outside, unknown]


def test_a_duty_that_goes_on_is_accounted_for_so_far() -> None:
    assert allocated(sheet(0, 10, hs_1=10), now=NOON + 90 * MINUTE_MS) == [10, 0, 50, 30]
    assert allocated(now=NOON - 1) == [0, 0, 0, 0]


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60), st.integers(0, 60)), max_size=2))
def test_the_parts_are_exactly_the_duty(hours: list[tuple[int, int, int]]) -> None:
    sheets = [
        sheet(hour, inside, hs_1=min(own, inside), hs_3=min(other, inside))
        for hour, (inside, own, other) in enumerate(hours)
    ]
    known = Timesheets()
    for each in sheets:
        known.apply(0, each)
    found = allocation(DUTY, known, END)
    assert found.own_ms + found.others_ms == sum(each.inside_ms for each in sheets)
    assert found.outside_ms == sum(each.outside_ms for each in sheets)
    assert found.duty_ms == 2 * HOUR_MS
    assert min(found) >= 0
    assert NO_TIME.plus(found).plus(found) == Allocation(*(2 * each for each in found))
