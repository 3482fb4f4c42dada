"""Dwell: how gaps between fixes become minutes with bounds (DESIGN: In or out).

Each gap between two usable fixes is halved between them, because between two fixes people
wander: straight lines would lose up to a fifth at slow refresh. A gap longer than the source's
``unknown_after_s`` is nobody's: it is unknown.

- estimate: halves next to fixes that belong to the visit;
- low: halves next to fixes whose point lies inside the ring;
- both are widened on emission by w = 1.645 sqrt(sum g^2 / 12) over the gaps g in which the ring
  was entered and left: the moment of crossing is uniform in its gap, and 1.645 standard
  deviations hold 90 %.

A source that reports by distance would have said so had the radio gone further than ``distance_m``:
there the whole gap belongs to the fix before it, and none of it to the low bound (limits.py).
"""

from __future__ import annotations

from math import ceil, floor, sqrt
from typing import NamedTuple

from services.contracts.derived import Bounds
from services.geofence.sheet import INSIDE, Times
from services.geofence.unit import Stay

Z90 = 1.645


class Gap(NamedTuple):
    """The time between two used fixes; up to ``split`` it belongs to the first of them."""

    since: int
    split: int
    until: int
    known: bool

    @property
    def ms(self) -> int:
        """How long it is."""
        return self.until - self.since


def remain(stay: Stay, gap: Gap, before: int, now: int) -> None:
    """Go on with a further fix after a gap; ``before`` and ``now`` are how surely it is inside."""
    if gap.known:
        stay.estimate_ms += gap.ms
        if before == INSIDE:
            stay.low_ms += gap.split - gap.since
        if now == INSIDE:
            stay.low_ms += gap.until - gap.split
    else:
        stay.unknown_ms += gap.ms
    stay.last_fix_time = gap.until
    stay.fixes += 1
    stay.left_at = None


def enter(stay: Stay, gap: Gap, now: int) -> None:
    """Begin with the first fix, after a gap to a fix outside."""
    if gap.known:
        stay.entered_at = gap.split
        stay.estimate_ms += gap.until - gap.split
        if now == INSIDE:
            stay.low_ms += gap.until - gap.split
        stay.crossing_ms2 += gap.ms**2


def leave(stay: Stay, gap: Gap, before: int) -> None:
    """End after the last fix, before a gap to a fix outside."""
    stay.left_at = stay.last_fix_time
    if gap.known:
        stay.left_at = gap.split
        stay.estimate_ms += gap.split - gap.since
        if before == INSIDE:
            stay.low_ms += gap.split - gap.since
        stay.crossing_ms2 += gap.ms**2


def visit_bounds(stay: Stay) -> Bounds:
    """A visit's duration so far; the bounds are rounded outwards."""
    return _bounds(stay.low_ms, stay.estimate_ms, stay.estimate_ms, stay.crossing_ms2)


def ring_bounds(times: Times) -> Bounds:
    """The time in a ring so far; high counts what the 95 % circle touches without any visit."""
    return _bounds(times.low_ms, times.estimate_ms, times.high_ms, times.crossing_ms2)


def _bounds(low_ms: int, estimate_ms: int, high_ms: int, crossing_ms2: int) -> Bounds:
    width = Z90 * sqrt(crossing_ms2 / 12)
    return Bounds(
        low_ms=max(0, floor(low_ms - width)),
        estimate_ms=estimate_ms,
        high_ms=ceil(high_ms + width),
    )
