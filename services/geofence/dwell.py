"""Dwell: how gaps between fixes become minutes with bounds (DESIGN: In or out).

Each gap between two usable fixes is halved between them, because between two fixes people
wander: straight lines would lose up to a fifth at slow refresh. A gap longer than the source's
``unknown_after_s`` is nobody's: it is unknown.

- estimate: halves next to fixes that belong to the visit;
- low: halves next to fixes whose point lies inside the ring;
- both are widened on emission by w = 1.645 sqrt(sum g^2 / 12) over the gaps g in which the ring
  was entered and left: the moment of crossing is uniform in its gap, and 1.645 standard
  deviations hold 90 %.
"""

from __future__ import annotations

from math import ceil, floor, sqrt
from typing import NamedTuple

from services.geofence.unit import Stay

Z90 = 1.645


class Minutes(NamedTuple):
    """A duration with its bounds, in whole milliseconds; the bounds are rounded outwards."""

    low_ms: int
    estimate_ms: int
    high_ms: int


def enter(stay: Stay, gap_ms: int | None) -> None:
    """Begin with the first fix, after a known gap to a fix outside; None where there is none."""
    if gap_ms is not None:
        stay.entered_at -= gap_ms // 2
        stay.twice_ms += gap_ms
        stay.twice_low_ms += gap_ms
        stay.crossing_ms2 += gap_ms * gap_ms


def remain(stay: Stay, gap_ms: int, *, known: bool, inside: bool) -> None:
    """Go on with a further fix after a gap."""
    if known:
        stay.twice_ms += 2 * gap_ms
        stay.twice_low_ms += (stay.inside + inside) * gap_ms
    else:
        stay.unknown_ms += gap_ms
    stay.inside = inside
    stay.last_fix_time += gap_ms
    stay.fixes += 1
    stay.left_at = None


def leave(stay: Stay, gap_ms: int | None) -> None:
    """End after the last fix, before a known gap to a fix outside; None where there is none."""
    stay.left_at = stay.last_fix_time
    if gap_ms is not None:
        stay.left_at += gap_ms // 2
        stay.twice_ms += gap_ms
        stay.twice_low_ms += stay.inside * gap_ms
        stay.crossing_ms2 += gap_ms * gap_ms


def minutes(stay: Stay) -> Minutes:
    """The stay's duration so far."""
    width = Z90 * sqrt(stay.crossing_ms2 / 12)
    return Minutes(
        low_ms=max(0, floor(stay.twice_low_ms / 2 - width)),
        estimate_ms=stay.twice_ms // 2,
        high_ms=ceil(stay.twice_ms / 2 + width),
    )
