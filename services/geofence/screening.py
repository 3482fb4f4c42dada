"""Screening: which fixes are not positions, and why. Each is counted and kept, and moves nobody."""

from __future__ import annotations

from math import cos, hypot, radians
from typing import Literal

from services.contracts.telemetry import Gps
from services.geofence.limits import Limits
from services.geofence.unit import Course
from services.geofence.zone import ALWAYS

Reason = Literal["zero_zero", "ahead", "vague", "duplicate", "frozen", "jump", "late"]
"""``duplicate`` and ``late`` are for the trail to say (trail.py)."""
NO_POSITION: frozenset[Reason] = frozenset({"zero_zero", "ahead", "vague", "frozen", "late"})
"""Those for which a radio that goes on like this has no position; all late: its clock is behind."""

AHEAD_MS = 60_000
FASTEST_MPS = 70.0
"""250 km/h: faster than a police car, slower than a fault."""
METRES_A_DEGREE = 111_320.0
_DEGREES_A_MS = FASTEST_MPS / METRES_A_DEGREE / 1000
REPEATS_BELIEVED = 1
"""How often in a row a receiver may say the very same place before it is doubted."""
VARIED = 10
"""After so many different places a receiver is known never to say the same one by itself."""
MOVING_MPS = 0.5


def impossible(fix: Gps) -> Reason | None:
    """Why a fix was no position from the start; None where it may be one.

    - ``zero_zero``: at 0 degrees north, 0 degrees east: what a receiver says that knows nothing;
    - ``ahead``: made over a minute after it was received: its clock is wrong.
    """
    if fix.lat == 0.0 and fix.lon == 0.0:
        return "zero_zero"
    return "ahead" if fix.fix_time > fix.received_at + AHEAD_MS else None


def unusable(fix: Gps, accuracy_m: float, limits: Limits) -> Reason | None:
    """Why a fix can't be used, whatever came before it; None where it can.

    It is ``vague`` where its 68 % circle is larger than the source's ``usable_accuracy_m``, so
    that it can tell neither inside nor outside.
    """
    if reason := impossible(fix):
        return reason
    return "vague" if accuracy_m > limits.usable_accuracy_m else None


def misplaced(course: Course, fix: Gps, reach_m: float) -> Reason | None:
    """Why the next fix of a course is no position after those before it; None where it is one.

    - ``frozen``: the radio repeats its last known place after it lost GPS. A receiver's noise
      never gives the same place to the last digit thrice in a row, unless it holds still on
      purpose; then it says a speed of 0, or has said the same place all along.
    - ``jump``: further from the last place than 70 m/s and both circles explain. If the fix
      after it agrees with it, the unit is there all the same.
    """
    if course.at == ALWAYS:
        return None
    if fix.lat == course.lat and fix.lon == course.lon:
        course.repeats += 1
        if _is_frozen(course, fix):
            return "frozen"
        course.doubted = None
        return None
    course.repeats = 0
    if course.varied < VARIED:
        course.varied += 1
    if is_within_reach(course, fix):  # no need to measure
        course.doubted = None
        return None
    here = (course.at, course.lon, course.lat, course.reach_m)
    if _is_jump(here, fix, reach_m) and (
        course.doubted is None or _is_jump(course.doubted, fix, reach_m)
    ):
        course.doubted = (fix.fix_time, fix.lon, fix.lat, reach_m)
        return "jump"
    course.doubted = None
    return None


def is_within_reach(course: Course, fix: Gps) -> bool:
    """Whether a fix is so near the last one that it certainly is no jump."""
    degrees = abs(fix.lon - course.lon) + abs(fix.lat - course.lat)
    return degrees <= _DEGREES_A_MS * (fix.fix_time - course.at)


def _is_frozen(course: Course, fix: Gps) -> bool:
    if course.repeats <= REPEATS_BELIEVED:
        return False
    return course.varied >= VARIED if fix.speed_mps is None else fix.speed_mps > MOVING_MPS


def _is_jump(place: tuple[int, float, float, float], fix: Gps, reach_m: float) -> bool:
    at, lon, lat, place_reach_m = place
    ms = fix.fix_time - at
    east, north = abs(fix.lon - lon), abs(fix.lat - lat)
    metres = METRES_A_DEGREE * hypot(east * cos(radians(lat)), north)
    return metres - reach_m - place_reach_m > FASTEST_MPS * ms / 1000
