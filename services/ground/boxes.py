"""Boxes in degrees, always a little too large: what the index is asked with, never what decides.

Decisions are made in metres on a plane (planes.py); a box only has to hold everything that could
matter, so each conversion from metres rounds up.
"""

from __future__ import annotations

from math import cos, radians
from typing import NamedTuple

MARGIN = 1.01
"""Over the scale error of the planes, which stays under 0.2 %."""
DEGREES_LAT = MARGIN / 110_574
"""Of a metre, at most: at the equator (WGS 84)."""
DEGREES_LON = MARGIN / 111_319
"""Of a metre at the equator; over the cosine of the latitude elsewhere, at most."""
POLAR = 89.0
"""Nearer to a pole than this, degrees of longitude are not widened further."""


class Box(NamedTuple):
    """A box in degrees of longitude and latitude."""

    west: float
    south: float
    east: float
    north: float

    def grown(self, metres: float) -> Box:
        """The box with at least ``metres`` more on every side."""
        up = metres * DEGREES_LAT
        highest = max(abs(self.south), abs(self.north)) + up
        aside = metres * DEGREES_LON / cos(radians(min(highest, POLAR)))
        return Box(self.west - aside, self.south - up, self.east + aside, self.north + up)

    def meets(self, other: Box) -> bool:
        """Whether two boxes have a point in common."""
        return (
            self.west <= other.east
            and other.west <= self.east
            and self.south <= other.north
            and other.south <= self.north
        )
