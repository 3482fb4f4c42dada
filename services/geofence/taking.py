"""Taking fixes: how a unit goes on with the next fix of its trail.

Every now and then it leaves a milestone, a copy of its course, from which it can be stepped again
when a late fix turns up or ``reference`` changes under it (rewind.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from services.contracts.telemetry import Gps
from services.geofence import statuses
from services.geofence.evidence import Evidence
from services.geofence.limits import Limits
from services.geofence.membership import advance
from services.geofence.screening import VARIED, Reason, is_within_reach, misplaced
from services.geofence.trail import KEPT_MS, REPEATED_MS, Trail
from services.geofence.unit import Course, Milestone, Past, Stay, Unit

APART_MS = 300_000
"""Between two milestones: what a late fix costs at most is stepping so much of a trail again."""


MILESTONES = KEPT_MS // APART_MS + 1
"""As many as a unit needs; with more, there may be something to forget."""


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
    _set_aside(course, reason, evidence.cause)
    return Taken((), reason)


def _set_aside(course: Course, reason: Reason, cause: int) -> None:
    """Count a fix that was not used, in the timesheet under way or the first one to come."""
    counts = course.aside
    if course.sheet is not None:
        counts, course.sheet.changed = course.sheet.set_aside, cause
    counts[reason] = counts.get(reason, 0) + 1


def go_on(unit: Unit, at: int, evidence: Evidence) -> Taken:
    """Take a unit to the fix at a place of its trail."""
    taken = take(unit.course, unit.past, unit.trail, at, evidence)
    _mark(unit, evidence.fix.fix_time)
    return taken


def pass_by(unit: Unit, at: int, fix: Gps, limits: Limits, cause: int) -> bool:
    """Take a unit past no hot spot at all, as ``go_on`` would; False where that has to do it.

    Nearly every fix of nearly every unit is of this kind.
    """
    course, fix_time = unit.course, fix.fix_time
    sheet = course.sheet
    if (
        course.touched
        or course.aside
        or sheet is None
        or fix_time >= sheet.ends
        or fix_time - course.at > course.unknown_after_ms
        or (fix.lat == course.lat and fix.lon == course.lon)
        or not is_within_reach(course, fix)
        or unit.trail.repeats(at)
    ):
        return False
    sheet.until, sheet.changed = fix_time, cause
    sheet.fixes += 1
    course.at, course.lon, course.lat = fix_time, fix.lon, fix.lat
    course.reach_m = limits.reach_m(limits.accuracy_m(fix))
    course.unknown_after_ms, course.holds = limits.unknown_after_ms, limits.hold_m > 0
    course.doubted, course.repeats = None, 0
    course.varied += course.varied < VARIED
    _mark(unit, fix_time)
    return True


def forget(unit: Unit, told: int) -> None:
    """Drop what no late fix can change any more; timesheets once they were told, up to ``told``."""
    milestones, oldest = unit.milestones, unit.trail.newest - KEPT_MS
    if len(milestones) == 1 or milestones[1].at >= oldest:
        return
    while len(milestones) > 1 and milestones[1].at < oldest:
        del milestones[0]
    settled = milestones[0].at
    unit.trail.forget(settled - REPEATED_MS - 1)
    course = milestones[0].course
    entered = (stay.entered_at for stay in course.stays.values())
    statuses.forget(unit.statuses, min(entered, default=course.at))
    past = unit.past
    past.stays = [stay for stay in past.stays if (stay.closed_by or 0) > settled]
    past.sheets = [
        sheet for sheet in past.sheets if (sheet.closed_by or 0) > settled or sheet.changed > told
    ]
    began = past.sheets[0].since if past.sheets else unit.course.sheet and unit.course.sheet.since
    if unit.aside and began:
        unit.aside = {minute: counts for minute, counts in unit.aside.items() if minute >= began}


def _mark(unit: Unit, fix_time: int) -> None:
    """Leave a milestone where the last one is far enough behind, or was left at the same time."""
    last = unit.milestones[-1]
    if fix_time - last.at >= APART_MS:
        unit.milestones.append(Milestone(fix_time, unit.course.copy()))
    elif fix_time == last.at:
        last.course = unit.course.copy()
