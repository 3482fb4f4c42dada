"""Where the time of a duty went, from the sheets of its radio. Pure."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from services.contracts.derived import Timesheet
from services.contracts.reference import Duty
from services.metrics.timesheets import Timesheets

Shown = Callable[[Timesheet], Timesheet]
"""What of a sheet is shown to who asks."""


def in_full(sheet: Timesheet) -> Timesheet:
    """A sheet as it is."""
    return sheet


class DutyTime(NamedTuple):
    """The time of a duty so far, in milliseconds: inside, outside and unknown are ``elapsed_ms``.

    ``settled`` says that all of the duty is final.
    """

    elapsed_ms: int
    inside_ms: int
    outside_ms: int
    unknown_ms: int
    settled: bool


def duty_time(
    duty: Duty, partition: int, timesheets: Timesheets, now: int, shown: Shown = in_full
) -> DutyTime:
    """What a duty of a radio in that partition comes to by ``now``.

    Sheets are cut where duties begin and end, so those that lie within add up. What none of them
    accounts for is unknown: of a radio that was never heard all of it, and of a duty entered late
    what its sheets had not been cut for yet. An engine whose clock leads ours may have accounted
    for more than has passed here: then its time counts as now.
    """
    sheets = [shown(each) for each in timesheets.within(duty.radio_id, duty.since, duty.until)]
    reached = max([now, *(sheet.until for sheet in sheets)])
    elapsed = max(0, min(duty.until, reached) - duty.since)
    inside = sum(sheet.inside_ms for sheet in sheets)
    outside = sum(sheet.outside_ms for sheet in sheets)
    settled = timesheets.is_settled(partition, duty.since, duty.until)
    return DutyTime(elapsed, inside, outside, elapsed - inside - outside, settled)
