"""The rewind: a unit stepped again from where a late fix belongs, or where ``reference`` changed.

It goes back to the last milestone before that time and takes the kept fixes from there once more.
What comes out is compared with what had been told: visits are paired by overlap (pairing.py),
those that changed are told, and those with no counterpart are retracted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from services.contracts.telemetry import Gps
from services.geofence.evidence import Evidence
from services.geofence.pairing import Span, pair
from services.geofence.rota import Rota
from services.geofence.sheet import Sheet
from services.geofence.survey import Surveyor
from services.geofence.taking import Taken, go_on
from services.geofence.unit import Past, Stay, Unit
from services.geofence.zone import ALWAYS


class Rewound(NamedTuple):
    """The stays that are no more, those that are new or changed, and each fix taken, by place."""

    retracted: list[Stay]
    told: list[Stay]
    taken: dict[int, Taken]


def rewind(unit: Unit, since: int, surveyor: Surveyor, cause: int) -> Rewound:
    """Step a unit again from just before ``since``, or from as far back as it is kept."""
    milestones = unit.milestones
    while len(milestones) > 1 and milestones[-1].at >= since:
        milestones.pop()
    base = milestones[-1]
    before = _cut(unit, base.at)
    unit.course = base.course.copy()
    unit.accounted = 0
    taken = _step_again(unit, base.at, surveyor, cause)
    after = _of(unit, base.at)
    _withdraw(unit, before.sheets, after.sheets, cause)
    retracted, told = _identify(unit, before.stays, after.stays, cause)
    return Rewound(retracted, told, taken)


def cut_anew(unit: Unit, rota: Rota, cause: int) -> None:
    """Let the sheets under way end where a changed rota says, then ``rewind``."""
    for course in (unit.course, *(milestone.course for milestone in unit.milestones)):
        if sheet := course.sheet:
            ends = rota.page(max(sheet.since, sheet.until - 1))[1]
            if ends != sheet.ends:
                sheet.ends, sheet.changed = ends, cause
    unit.withdrawn += unit.silent
    unit.silent, unit.accounted = [], 0


def _cut(unit: Unit, at: int) -> Past:
    """What there was after a time, which is dropped."""
    cut = _of(unit, at)
    past = unit.past
    past.stays = [stay for stay in past.stays if (stay.closed_by or 0) <= at]
    past.sheets = [sheet for sheet in past.sheets if (sheet.closed_by or 0) <= at]
    return cut


def _of(unit: Unit, at: int) -> Past:
    """What closed after a time or goes on."""
    stays = [stay for stay in unit.past.stays if (stay.closed_by or 0) > at]
    sheets = [sheet for sheet in unit.past.sheets if (sheet.closed_by or 0) > at]
    course = unit.course
    return Past(
        [*stays, *course.stays.values()], [*sheets, *([course.sheet] if course.sheet else [])]
    )


def _step_again(unit: Unit, at: int, surveyor: Surveyor, cause: int) -> dict[int, Taken]:
    start = unit.trail.after(at)
    fixes = unit.trail.fixes(unit.radio_id, start)
    survey = surveyor.survey(fixes)
    rota = surveyor.rota(unit.radio_id)
    taken = {}
    used: Gps | None = None
    for index, fix in enumerate(fixes):
        evidence = Evidence(fix, survey.limits[index], survey.near.get(index, ()), rota, cause)
        taken[start + index] = go_on(unit, start + index, evidence)
        if taken[start + index].reason is None:
            used = fix
    _renew(unit, used)
    for stay in unit.course.stays.values():
        if unit.lapsed or stay.hotspot_id in unit.ended:
            stay.left_at = stay.last_fix_time
    return taken


def _renew(unit: Unit, used: Gps | None) -> None:
    """Let the unit be where its course now is, if that is not where it was."""
    course = unit.course
    if unit.fix is not None and unit.fix.fix_time == course.at:
        return
    if used is not None or course.at == ALWAYS:
        unit.fix = used
        unit.lapsed = unit.lapsed and course.at + course.unknown_after_ms <= unit.expires
        unit.expires = max(unit.expires, course.at + course.unknown_after_ms)


def _withdraw(unit: Unit, before: Sequence[Sheet], after: Sequence[Sheet], cause: int) -> None:
    """Sheets that say the same need not be told again; those that are no more are taken back."""
    old = {sheet.since: sheet for sheet in before}
    for sheet in after:
        known = old.pop(sheet.since, None)
        same = known is not None and known.figures() == sheet.figures()
        sheet.changed = known.changed if known is not None and same else cause
    unit.withdrawn += sorted(old)


def _identify(
    unit: Unit, before: Sequence[Stay], after: Sequence[Stay], cause: int
) -> tuple[list[Stay], list[Stay]]:
    """Give what is the same visit the same id; the stays retracted, and those new or changed."""
    was = _counterparts(before, after)
    ids = {stay.visit_id: old.visit_id for stay, old in was}
    for stay in _everywhere(unit):
        stay.visit_id = ids.get(stay.visit_id, stay.visit_id)
    told = []
    known = {old.visit_id: old for _, old in was}
    for stay in after:
        old = known.pop(stay.visit_id, None)
        if old is not None and old.figures() == stay.figures():
            stay.changed, stay.told = old.changed, old.told
        else:
            stay.changed = stay.told = cause
            told.append(stay)
    kept = {old.visit_id for _, old in was}
    retracted = [stay for stay in before if stay.visit_id not in kept]
    return sorted(retracted, key=_order), sorted(told, key=_order)


def _counterparts(before: Sequence[Stay], after: Sequence[Stay]) -> list[tuple[Stay, Stay]]:
    """Each stay as it is now with what it was; those that had begun before are the same."""
    old = {stay.visit_id: stay for stay in before}
    pairs = [(stay, old.pop(stay.visit_id)) for stay in after if stay.visit_id in old]
    same = {stay.visit_id for stay, _ in pairs}
    at: dict[str, tuple[list[Stay], list[Stay]]] = defaultdict(lambda: ([], []))
    for stay in after:
        if stay.visit_id not in same:
            at[stay.place][1].append(stay)
    for stay in old.values():
        at[stay.place][0].append(stay)
    for olds, news in at.values():
        found = pair(_spans(olds), _spans(news))
        pairs += [(news[new], olds[index]) for new, index in found.items()]
    return pairs


def _spans(stays: Iterable[Stay]) -> list[Span]:
    return [Span(stay.entered_at, stay.ends) for stay in stays]


def _everywhere(unit: Unit) -> list[Stay]:
    """Every copy of every stay of a unit."""
    courses = [unit.course, *(milestone.course for milestone in unit.milestones)]
    return [*unit.past.stays, *(stay for course in courses for stay in course.stays.values())]


def _order(stay: Stay) -> tuple[int, str]:
    return stay.entered_at, stay.place
