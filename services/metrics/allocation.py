"""Where officers on duty were: in their own hot spots, in others, outside, or not known. Pure.

Own and other time are the time inside by the duty's sheets, so that with outside and unknown time
they are exactly the duty so far. Time in two overlapping hot spots at once is own where one is.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from services.contracts.reference import Duty
from services.metrics.duties import duty_time
from services.metrics.timesheets import Timesheets


class Allocation(NamedTuple):
    """Time of duties in milliseconds, by estimate; all four are the duties so far."""

    own_ms: int = 0
    others_ms: int = 0
    outside_ms: int = 0
    unknown_ms: int = 0

    def plus(self, other: Allocation) -> Allocation:
        """Both together."""
        return Allocation(*(a + b for a, b in zip(self, other, strict=True)))


def allocation(duty: Duty, partition: int, timesheets: Timesheets, now: int) -> Allocation:
    """Where a duty's time went by ``now``; its radio is in that partition."""
    time = duty_time(duty, partition, timesheets, now)
    sheets = timesheets.within(duty.radio_id, duty.since, duty.until)
    own = sum(
        min(
            sheet.inside_ms,
            sum(
                times.core.estimate_ms
                for hotspot_id, times in sheet.hotspots.items()
                if hotspot_id in duty.hotspot_ids
            ),
        )
        for sheet in sheets
    )
    return Allocation(own, time.inside_ms - own, time.outside_ms, time.unknown_ms)


def added(several: Iterable[Allocation]) -> Allocation:
    """The sum of several."""
    total = Allocation()
    for each in several:
        total = total.plus(each)
    return total
