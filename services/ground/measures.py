"""How large a shape in WGS 84 degrees is on the ground: on the ellipsoid itself, so anywhere."""

from __future__ import annotations

import shapely
from pyproj import Geod
from shapely.geometry.base import BaseGeometry

_GEOD = Geod(ellps="WGS84")


def area_m2(shape: BaseGeometry) -> float:
    """Its area in square metres, without its holes, whichever way round its rings were drawn."""
    # Rings count by the way they turn, so a hole drawn as its outer ring would be added.
    turned = shapely.orient_polygons(shape)
    return abs(float(_GEOD.geometry_area_perimeter(turned)[0]))


def perimeter_m(shape: BaseGeometry) -> float:
    """The length of its boundary in metres, that of its holes too."""
    return length_m(shapely.boundary(shape))


def length_m(line: BaseGeometry) -> float:
    """The length of a line in metres."""
    return float(_GEOD.geometry_length(line))
