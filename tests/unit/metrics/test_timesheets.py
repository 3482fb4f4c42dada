"""Timesheets folded from their revisions."""

from __future__ import annotations

from typing import Any

import pytest

from services.contracts.derived import Timesheet
from services.metrics.timesheets import Key, Timesheets
from tests.support.derived import HOUR_MS, NOON, a_settlement, a_timesheet

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
