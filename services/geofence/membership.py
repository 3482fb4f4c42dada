"""Membership: which rings a unit is in, fix by fix.

A unit **enters** a ring when a fix lies inside. It **leaves** only when the 68 % circle of a fix
lies wholly outside, since a point just beyond the line is no evidence that anybody crossed it.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from services.contracts.telemetry import Gps
from services.geofence import dwell
from services.geofence.limits import Limits
from services.geofence.nearness import Near
from services.geofence.unit import Stay, Unit
from services.geofence.zone import FOREVER, Ring, Zone

NEVER_MS = FOREVER
"""The gap before a unit's first fix."""
HANDED_ON_MS = 3_600_000
"""After a longer silence a unit inside begins a new visit: the radio may have changed hands."""


def advance(unit: Unit, fix: Gps, offset: int, limits: Limits, near: Sequence[Near]) -> list[Stay]:
    """Take a unit to a newer fix: the stays to tell of, those reopened, then left, then entered.

    ``near`` are the zones within the fix's 95 % circle, so a ring not among them is left.
    """
    accuracy_m = limits.accuracy_m(fix)
    unknown_after = limits.unknown_after_ms
    gap = fix.fix_time - unit.fix.fix_time if unit.fix else NEVER_MS
    known = gap <= unknown_after
    handed_on = not known and gap > HANDED_ON_MS
    stays = unit.stays
    told: list[Stay] = []
    entering: list[tuple[Zone, Ring]] = []
    prolonged = 0
    for zone, core_m in near:
        for ring in zone.rings:
            place, _, reach_m = ring
            outside_m = core_m - reach_m
            stay = stays.get(place)
            if stay is not None and outside_m <= accuracy_m and not handed_on:
                if stay.left_at is not None:
                    stay.told = offset
                    told.append(stay)
                dwell.remain(stay, gap, known=known, inside=outside_m <= 0)
                stay.changed = offset
                prolonged += 1
            elif outside_m <= 0:
                entering.append((zone, ring))
    if prolonged < len(stays):
        told += _leave(unit, offset, gap if known else None)
    for entered in entering:
        told.append(_enter(unit, fix, offset, *entered, gap if known else None))
    unit.fix = fix
    unit.expires = fix.received_at + unknown_after
    return told


def _leave(unit: Unit, offset: int, known_ms: int | None) -> list[Stay]:
    """End the stays that the fix at ``offset`` did not prolong: those that it says more of."""
    ended = [(place, stay) for place, stay in unit.stays.items() if stay.changed != offset]
    told: list[Stay] = []
    for place, stay in ended:
        del unit.stays[place]
        if known_ms is not None or stay.left_at is None:
            told.append(stay)
        dwell.leave(stay, known_ms)
    return told


def _enter(unit: Unit, fix: Gps, offset: int, zone: Zone, ring: Ring, known_ms: int | None) -> Stay:
    birth = f"{unit.radio_id}/{ring.place}/{offset}"
    stay = Stay(
        visit_id=sha256(birth.encode()).hexdigest()[:16],
        hotspot_id=zone.hotspot_id,
        hotspot_version=zone.version,
        ring=ring.name,
        entered_at=fix.fix_time,
        last_fix_time=fix.fix_time,
        changed=offset,
        told=offset,
    )
    dwell.enter(stay, known_ms)
    unit.stays[ring.place] = stay
    return stay
