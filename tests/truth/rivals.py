"""What others would say of the same day, in seconds: counting pings, straight lines, a wider fence.

None of them knows about accuracy, so a fix that claims 1 km is a fix like any other.
"""

from __future__ import annotations

import numpy as np

from tests.truth.gps import Track
from tests.truth.shapes import Shape

WIDER_M = 200.0


def counted(shape: Shape, track: Track, refresh_s: int) -> float:
    """Each fix inside counts for as long as it takes until the next is due."""
    return float(shape.holds(track.east_m, track.north_m).sum() * refresh_s)


def fenced(shape: Shape, track: Track, refresh_s: int) -> float:
    """The same with the fence moved out by 200 m."""
    return float(shape.within(WIDER_M, track.east_m, track.north_m).sum() * refresh_s)


def straight(shape: Shape, track: Track) -> float:
    """How long the straight lines from fix to fix run inside, to the second."""
    at_s = np.arange(track.at_s[0], track.at_s[-1])
    east_m = np.interp(at_s, track.at_s, track.east_m)
    north_m = np.interp(at_s, track.at_s, track.north_m)
    return float(shape.holds(east_m, north_m).sum())
