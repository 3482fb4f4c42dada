"""An account of history: what a unit's fixes come to, all taken in the order they were made.

This is what the engine arrives at however late they reach it, for replay, settlement and whoever
wants to check a figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from services.contracts.derived import Timesheet, Visit
from services.contracts.telemetry import Gps
from services.geofence import emission
from services.geofence.evidence import Evidence
from services.geofence.screening import impossible
from services.geofence.sheet import silent
from services.geofence.statuses import Given
from services.geofence.survey import Surveyor
from services.geofence.taking import take
from services.geofence.trail import Trail
from services.geofence.unit import Course, Past

MOST_FIXES = 5_000
"""Surveyed at once."""


class Account(NamedTuple):
    """Visits in the order in which they began, and timesheets; of revision 0, and not settled."""

    visits: list[Visit]
    timesheets: list[Timesheet]


def account(
    surveyor: Surveyor, radio_id: str, fixes: Sequence[Gps], until: int, given: Sequence[Given] = ()
) -> Account:
    """What a unit's fixes come to, in any order and any number of times, and what its officer gave.

    ``until``, in epoch milliseconds, is up to when silence after the last of them is told of.
    """
    trail, aside = Trail(), dict[int, dict[str, int]]()
    for fix in sorted(fixes, key=lambda fix: fix.fix_time):
        reason = impossible(fix) or ("duplicate" if trail.put(fix) is None else None)
        if reason:
            emission.set_aside(aside, fix.received_at, reason)
    course, past = Course(), Past()
    _step(course, past, trail, radio_id, surveyor)
    lapsed = until > course.at + course.unknown_after_ms
    if lapsed:
        for stay in course.stays.values():
            stay.left_at = stay.last_fix_time
    stays = sorted(
        [*past.stays, *course.stays.values()], key=lambda stay: (stay.entered_at, stay.place)
    )
    sheets = past.sheets
    if course.sheet is not None:
        known_until = until if lapsed else course.sheet.until
        sheets += silent(course.sheet, surveyor.rota(radio_id), known_until)
    return Account(
        [emission.visit(radio_id, stay, given, revision=0) for stay in stays],
        [emission.timesheet(radio_id, sheet, aside, revision=0) for sheet in sheets],
    )


def _step(course: Course, past: Past, trail: Trail, radio_id: str, surveyor: Surveyor) -> None:
    rota = surveyor.rota(radio_id)
    fixes = trail.fixes(radio_id, 0)
    for start in range(0, len(fixes), MOST_FIXES):
        some = fixes[start : start + MOST_FIXES]
        survey = surveyor.survey(some)
        for index, fix in enumerate(some):
            near, limits = survey.near.get(index, ()), survey.limits[index]
            take(
                course, past, trail, start + index, Evidence(fix, limits, near, rota, start + index)
            )
