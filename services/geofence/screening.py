"""Screening: which fixes are not positions, and why."""

from __future__ import annotations

from typing import Literal

from services.contracts.telemetry import Gps
from services.geofence.limits import Limits

Reason = Literal["zero_zero", "ahead", "vague", "duplicate", "late"]

AHEAD_MS = 60_000


def unusable(fix: Gps, accuracy_m: float, limits: Limits) -> Reason | None:
    """Why a fix can't be used, whatever came before it; None where it can.

    - ``zero_zero``: at 0 degrees north, 0 degrees east: what a receiver says that knows nothing;
    - ``ahead``: made over a minute after it was received: its clock is wrong;
    - ``vague``: its 68 % circle is larger than the source's ``usable_accuracy_m``, so it can
      tell neither inside nor outside.
    """
    if fix.lat == 0.0 and fix.lon == 0.0:
        return "zero_zero"
    if fix.fix_time > fix.received_at + AHEAD_MS:
        return "ahead"
    if accuracy_m > limits.usable_accuracy_m:
        return "vague"
    return None


def outdated(fix: Gps, newest: Gps) -> Reason | None:
    """Why a fix says nothing after its unit's newest usable one; None where it does.

    - ``duplicate``: made at the same time, or the same message once more;
    - ``late``: made before it.
    """
    if fix.message_id is not None and fix.message_id == newest.message_id:
        return "duplicate"
    if fix.fix_time > newest.fix_time:
        return None
    return "late" if fix.fix_time < newest.fix_time else "duplicate"
