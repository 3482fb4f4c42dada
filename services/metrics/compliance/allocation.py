"""Where the time of allocated officers went: in own hot spots, in others, outside, unknown. Pure.

1. Time in the core of a hot spot that the duty is allocated to is **own**, all other time inside is
   in **others**; where cores overlap, what lies in one of its own is own.
2. Own and others are the duty's time inside, and with outside and unknown all of its time so far.
3. A duty belongs to the stretch of time in which it begins. That of two officers counts once.
"""

from __future__ import annotations

from typing import NamedTuple

from services.contracts.derived import Timesheet
from services.contracts.reference import Duty
from services.metrics.duties import Shown, duty_time, in_full
from services.metrics.timesheets import Timesheets


class Allocation(NamedTuple):
    """Time of duties so far, in milliseconds."""

    own_ms: int = 0
    others_ms: int = 0
    outside_ms: int = 0
    unknown_ms: int = 0

    @property
    def duty_ms(self) -> int:
        """All of it."""
        return sum(self)

    def plus(self, other: Allocation) -> Allocation:
        """The time of both."""
        return Allocation(*(one + two for one, two in zip(self, other, strict=True)))


NO_TIME = Allocation()


def allocation(duty: Duty, timesheets: Timesheets, now: int, shown: Shown = in_full) -> Allocation:
    """What became of a duty's time by ``now``."""
    time = duty_time(duty, 0, timesheets, now, shown)
    sheets = [shown(each) for each in timesheets.within(duty.radio_id, duty.since, duty.until)]
    own_ms = sum(min(sheet.inside_ms, _own_ms(sheet, duty)) for sheet in sheets)
    return Allocation(own_ms, time.inside_ms - own_ms, time.outside_ms, time.unknown_ms)


def _own_ms(sheet: Timesheet, duty: Duty) -> int:
    times = sheet.hotspots.items()
    return sum(each.core.estimate_ms for own, each in times if own in duty.hotspot_ids)
