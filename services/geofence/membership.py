"""Membership: which rings a unit is in, fix by fix.

A unit **enters** a ring when a fix lies inside. It **leaves** only when the 80 % circle of a fix
lies wholly outside, since a point just beyond the line is no evidence that anybody crossed it.
Fixes are taken in the order in which they were made, whatever the order in which they came.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from services.contracts.telemetry import Gps
from services.geofence import dwell
from services.geofence.dwell import Gap
from services.geofence.evidence import Evidence
from services.geofence.limits import LEAVING_CIRCLE, Limits
from services.geofence.nearness import Near
from services.geofence.rota import Rota
from services.geofence.sheet import HANDED_ON_MS, INSIDE, MEMBER, TOUCHED, Pages
from services.geofence.unit import Course, Past, Stay
from services.geofence.zone import ALWAYS, Ring, Zone

_NOTHING: dict[str, int] = {}


def advance(
    course: Course, past: Past, evidence: Evidence, limits: Limits, accuracy_m: float
) -> list[Stay]:
    """Take a course to its next fix: the stays to tell of, those reopened, then left, then entered.

    A ring of a zone that is not near the fix is left. What closes goes to ``past``.
    """
    fix, _, near, rota, cause = evidence
    reach_m = limits.reach_m(accuracy_m)
    gap = _gap(course, fix.fix_time)
    told: list[Stay] = []
    touched = _NOTHING
    if near or course.stays:
        handed_on = not gap.known and gap.ms > HANDED_ON_MS
        touched, entering = _touch(course, near, accuracy_m, limits, handed_on=handed_on)
        told = _remain(course, gap, touched, cause)
        told += _leave(course, past, gap, cause)
        told += _enter(course, fix, gap, touched, entering, cause)
    _account(course, past, gap, touched, rota, cause)
    course.at = fix.fix_time
    course.lon, course.lat = fix.lon, fix.lat
    course.reach_m = reach_m
    course.unknown_after_ms = limits.unknown_after_ms
    course.holds = limits.hold_m > 0
    course.touched = touched
    return told


def _gap(course: Course, until: int) -> Gap:
    """The gap before a fix; of the first one it is as long as time, and unknown."""
    since = course.at
    if since == ALWAYS:
        return Gap(since, since, until, known=False)
    split = until if course.holds else since + (until - since) // 2
    return Gap(since, split, until, known=until - since <= course.unknown_after_ms)


def _touch(
    course: Course, near: Sequence[Near], accuracy_m: float, limits: Limits, *, handed_on: bool
) -> tuple[dict[str, int], list[tuple[Zone, Ring]]]:
    """How surely a fix is in each ring it touches, and the rings that it enters."""
    touched: dict[str, int] = {}
    entering: list[tuple[Zone, Ring]] = []
    reach_m = limits.reach_m(accuracy_m)
    leaving_m = LEAVING_CIRCLE * accuracy_m
    for zone, *beyond in near:
        for ring, outside_m in zip(zone.rings, beyond, strict=True):
            place = ring.place
            if outside_m <= 0:
                touched[place] = MEMBER if limits.hold_m else INSIDE
                if handed_on or place not in course.stays:
                    entering.append((zone, ring))
            elif outside_m <= leaving_m and place in course.stays and not handed_on:
                touched[place] = MEMBER
            elif outside_m <= reach_m:
                touched[place] = TOUCHED
    return touched, entering


def _remain(course: Course, gap: Gap, touched: dict[str, int], cause: int) -> list[Stay]:
    """Go on with the stays that the fix belongs to: those that had been closed by a tick."""
    if not gap.known and gap.ms > HANDED_ON_MS:
        return []
    told = []
    for place, stay in course.stays.items():
        now = touched.get(place, 0)
        if now >= MEMBER:
            if stay.left_at is not None:
                stay.told = cause
                told.append(stay)
            dwell.remain(stay, gap, course.touched.get(place, 0), now)
            stay.changed = cause
    return told


def _leave(course: Course, past: Past, gap: Gap, cause: int) -> list[Stay]:
    """End the stays that the fix does not belong to: those whose end was not known yet."""
    told = []
    for place, stay in list(course.stays.items()):
        if stay.last_fix_time != gap.until:
            del course.stays[place]
            provisional = stay.left_at
            dwell.leave(stay, gap, course.touched.get(place, 0))
            stay.closed_by = gap.until
            past.stays.append(stay)
            if stay.left_at != provisional:
                stay.changed = stay.told = cause
                told.append(stay)
    return told


def _enter(
    course: Course,
    fix: Gps,
    gap: Gap,
    touched: dict[str, int],
    entering: Sequence[tuple[Zone, Ring]],
    cause: int,
) -> list[Stay]:
    told = []
    for zone, ring in entering:
        birth = f"{fix.radio_id}/{ring.place}/{cause}/{fix.fix_time}"
        stay = Stay(
            visit_id=sha256(birth.encode()).hexdigest()[:16],
            source=fix.source,
            hotspot_id=zone.hotspot_id,
            hotspot_version=zone.version,
            ring=ring.name,
            entered_at=fix.fix_time,
            last_fix_time=fix.fix_time,
            changed=cause,
            told=cause,
        )
        dwell.enter(stay, gap, touched[ring.place])
        course.stays[ring.place] = stay
        told.append(stay)
    return told


def _account(
    course: Course, past: Past, gap: Gap, touched: dict[str, int], rota: Rota, cause: int
) -> None:
    """Book the gap and the fix in the unit's timesheets."""
    sheet = course.sheet
    if gap.known and sheet is not None and gap.until < sheet.ends:
        if touched != course.touched:
            sheet.spend(gap.split, course.touched)
            sheet.cross(course.touched, touched, gap.ms)
        sheet.spend(gap.until, touched)
    else:
        pages = Pages(sheet, rota)
        if gap.known:
            pages.spend(gap.split, course.touched)
            pages.cross(course.touched, touched, gap.ms)
            pages.spend(gap.until, touched)
        else:
            every = gap.since != ALWAYS and gap.ms <= HANDED_ON_MS
            pages.lose(gap.until, every=every)
        sheet = course.sheet = pages.open(gap.until)
        for closed in pages.closed:
            closed.closed_by = gap.until
            closed.changed = cause
        past.sheets += pages.closed
    sheet.fixes += 1
    sheet.changed = cause
    if course.aside:
        for reason, count in course.aside.items():
            sheet.set_aside[reason] = sheet.set_aside.get(reason, 0) + count
        course.aside = {}
