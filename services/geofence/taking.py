"""Taking fixes: how a unit goes on with the next fix of its trail.

Every now and then it leaves a milestone, a copy of its course, from which it can be stepped again
when a late fix turns up or ``reference`` changes under it (rewind.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from services.geofence.evidence import Evidence
from services.geofence.membership import advance
from services.geofence.screening import Reason, misplaced
from services.geofence.trail import KEPT_MS, REPEATED_MS, Trail
from services.geofence.unit import Course, Milestone, Past, Stay, Unit

APART_MS = 300_000
"""Between two milestones: what a late fix costs at most is stepping so much of a trail again."""


class Taken(NamedTuple):
    """The stays to tell of, or why the fix was set aside."""

    stays: Sequence[Stay]
    reason: Reason | None


def take(course: Course, past: Past, trail: Trail, at: int, evidence: Evidence) -> Taken:
    """Take a course to the fix at a place of its trail."""
    fix, limits = evidence.fix, evidence.limits
    reason: Reason | None
    if trail.repeats(at):
        reason = "duplicate"
    elif limits is None:
        reason = "vague"
    else:
        accuracy_m = limits.accuracy_m(fix)
        reason = misplaced(course, fix, limits.reach_m(accuracy_m))
        if reason is None:
            return Taken(advance(course, past, evidence, limits, accuracy_m), None)
    course.aside[reason] = course.aside.get(reason, 0) + 1
    return Taken((), reason)


def go_on(unit: Unit, at: int, evidence: Evidence) -> Taken:
    """Take a unit to the fix at a place of its trail."""
    course = unit.course
    taken = take(course, unit.past, unit.trail, at, evidence)
    fix_time = evidence.fix.fix_time
    if fix_time - unit.milestones[-1].at >= APART_MS:
        unit.milestones.append(Milestone(fix_time, course.copy()))
    return taken


def forget(unit: Unit, told: int) -> None:
    """Drop what no late fix can change any more; timesheets once they were told, up to ``told``."""
    milestones, oldest = unit.milestones, unit.trail.newest - KEPT_MS
    if len(milestones) == 1 or milestones[1].at >= oldest:
        return
    while len(milestones) > 1 and milestones[1].at < oldest:
        del milestones[0]
    settled = milestones[0].at
    unit.trail.forget(settled - REPEATED_MS - 1)
    past = unit.past
    past.stays = [stay for stay in past.stays if (stay.closed_by or 0) > settled]
    past.sheets = [
        sheet for sheet in past.sheets if (sheet.closed_by or 0) > settled or sheet.changed > told
    ]
    began = past.sheets[0].since if past.sheets else unit.course.sheet and unit.course.sheet.since
    if unit.aside and began:
        unit.aside = {minute: counts for minute, counts in unit.aside.items() if minute >= began}
