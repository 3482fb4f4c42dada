"""Timesheets folded from their revisions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from services.contracts.days import Span
from services.contracts.derived import Timesheet, UnknownSpan
from services.metrics.timesheets import Key, Timesheets
from tests.support.derived import (
    DAY_MS,
    HOUR_MS,
    MINUTE_MS,
    NOON,
    a_settlement,
    a_timesheet,
)

TAKEN_BACK: dict[str, Any] = {"until": NOON, "inside_ms": 0, "outside_ms": 0, "unknown_ms": 0}


def listed(timesheets: Timesheets) -> list[tuple[str, int]]:
    return [(sheet.radio_id, sheet.revision) for sheet in timesheets.since(Key(0, ""))]


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ([], []),
        ([a_timesheet(revision=1), a_timesheet(revision=2, fixes=61)], [("T-1", 2)]),
        ([a_timesheet(revision=2), a_timesheet(revision=1, fixes=61)], [("T-1", 2)]),
        ([a_timesheet(), a_timesheet(revision=2, **TAKEN_BACK)], []),
        ([a_timesheet(revision=2, **TAKEN_BACK), a_timesheet()], []),
        ([a_timesheet(revision=2, **TAKEN_BACK), a_timesheet(revision=3)], [("T-1", 3)]),
        ([a_timesheet("T-2"), a_timesheet("T-1")], [("T-1", 1), ("T-2", 1)]),
        (
            [a_timesheet("T-1", since=NOON + HOUR_MS), a_timesheet("T-2")],
            [("T-2", 1), ("T-1", 1)],
        ),
    ],
)
def test_the_highest_revision_holds(told: list[Timesheet], found: list[tuple[str, int]]) -> None:
    timesheets = Timesheets()
    for sheet in told:
        timesheets.apply(0, sheet)
    assert listed(timesheets) == found


def test_only_what_is_new_counts_as_a_change() -> None:
    timesheets = Timesheets()
    assert timesheets.apply(0, a_timesheet(revision=2))
    assert not timesheets.apply(0, a_timesheet(revision=2))
    assert not timesheets.apply(0, a_timesheet(revision=1))


def test_the_newest_is_the_last_that_was_not_taken_back() -> None:
    timesheets = Timesheets()
    assert timesheets.newest("T-1") is None
    later = a_timesheet(since=NOON + HOUR_MS)
    timesheets.apply(0, later)
    timesheets.apply(0, a_timesheet())
    assert timesheets.newest("T-1") == later
    timesheets.apply(0, a_timesheet(since=NOON + HOUR_MS, until=NOON + HOUR_MS, revision=2))
    assert timesheets.newest("T-1") == a_timesheet()


def test_old_ones_are_forgotten() -> None:
    timesheets = Timesheets()
    for hours in (0, 1):
        timesheets.apply(0, a_timesheet("T-1", since=NOON + hours * HOUR_MS, revision=hours))
    timesheets.apply(0, a_timesheet("T-2"))
    timesheets.forget(NOON + 1)
    assert listed(timesheets) == [("T-1", 1)]
    assert timesheets.newest("T-2") is None
    assert timesheets.within("T-1", 0, 2 * NOON) == [a_timesheet(since=NOON + HOUR_MS)]


def test_another_partitions_settlement_replaces_nothing() -> None:
    timesheets = Timesheets()
    timesheets.apply(0, a_timesheet("T-1"))
    timesheets.apply(1, a_timesheet("T-2"))
    timesheets.settle(1, a_settlement(1, since=NOON))
    assert listed(timesheets) == [("T-1", 1)]
    timesheets.apply(1, a_timesheet("T-2", settled=True, revision=0))
    assert listed(timesheets) == [("T-1", 1), ("T-2", 0)]


def unknown(*minutes: tuple[int, int]) -> list[UnknownSpan]:
    return [
        UnknownSpan(since=NOON + since * MINUTE_MS, until=NOON + until * MINUTE_MS)
        for since, until in minutes
    ]


def after_noon(spans: list[Span]) -> list[tuple[float, float]]:
    return [((span.start - NOON) / MINUTE_MS, (span.end - NOON) / MINUTE_MS) for span in spans]


@pytest.fixture
def afternoon() -> Timesheets:
    """Sheets from 12:00 to 13:00, to 13:30, and from 15:00 to 15:20; some of it unknown."""
    timesheets = Timesheets()
    for since, until, spans in (
        (0, 60, unknown((0, 5), (50, 60))),
        (60, 90, unknown((60, 70), (80, 81))),
        (180, 200, unknown((180, 200))),
    ):
        timesheets.apply(
            0,
            a_timesheet(
                since=NOON + since * MINUTE_MS, until=NOON + until * MINUTE_MS, unknown=spans
            ),
        )
    return timesheets


@pytest.mark.parametrize(
    ("since", "until", "not_known", "accounted"),
    [
        (0, 600, [(0, 5), (50, 70), (80, 81), (180, 200)], [(0, 90), (180, 200)]),
        (55, 190, [(55, 70), (80, 81), (180, 190)], [(55, 90), (180, 190)]),
        (5, 50, [], [(5, 50)]),
        (90, 180, [], []),
    ],
)
def test_what_is_unknown_and_what_is_accounted_for(
    afternoon: Timesheets,
    since: int,
    until: int,
    not_known: list[tuple[int, int]],
    accounted: list[tuple[int, int]],
) -> None:
    stretch = (NOON + since * MINUTE_MS, NOON + until * MINUTE_MS)
    assert after_noon(afternoon.unknown("T-1", *stretch)) == not_known
    assert after_noon(afternoon.accounted("T-1", *stretch)) == accounted
    assert afternoon.unknown("T-2", *stretch) == afternoon.accounted("T-2", *stretch) == []


def test_nothing_is_known_of_a_sheet_that_a_settlement_left_out(afternoon: Timesheets) -> None:
    afternoon.settle(0, a_settlement(since=NOON))
    assert afternoon.unknown("T-1", 0, 2 * NOON) == afternoon.accounted("T-1", 0, 2 * NOON) == []


def test_each_change_of_a_stretch_is_a_new_edition() -> None:
    timesheets = Timesheets()
    midnight = NOON - NOON % DAY_MS

    def rises(change: Callable[[], object], since: int, until: int) -> bool:
        before = timesheets.edition(since, until)
        change()
        return timesheets.edition(since, until) > before

    first, second = a_timesheet(since=midnight), a_timesheet(since=midnight, revision=2)
    day = (midnight, midnight + DAY_MS)
    assert rises(lambda: timesheets.apply(0, first), *day)
    assert not rises(lambda: timesheets.apply(0, first), *day)
    assert rises(lambda: timesheets.apply(0, second), *day)
    assert not rises(lambda: timesheets.apply(0, a_timesheet(since=midnight + DAY_MS)), *day)
    into = a_timesheet(since=midnight - 1, until=midnight + HOUR_MS - 1)
    assert rises(lambda: timesheets.apply(0, into), *day)
    assert rises(lambda: timesheets.settle(0, a_settlement(since=midnight)), *day)
    assert timesheets.edition(0, DAY_MS) == 0
