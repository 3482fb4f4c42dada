"""The Mercator plane of the whole world, on which a circle stays a circle. Pure.

Mercator keeps shapes and stretches them, the more the farther from the equator. So within some
hundred metres a distance on it is that on the ground times the scale there, to within 0.01 %, and
neither how far places lie apart nor a stray one among them makes a difference to the others.
"""

from __future__ import annotations

from typing import TypeVar

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer
from pyproj.enums import TransformDirection
from shapely.geometry.base import BaseGeometry

Floats = NDArray[np.float64]
Shape = TypeVar("Shape", bound=BaseGeometry)

MOST_LAT = 85.0
"""Degrees north or south up to which the plane is used; the poles are not on it."""

# On the ellipsoid: the sphere that web maps use would squeeze a circle by up to 0.7 %.
_PLANE = Transformer.from_pipeline(
    "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad +step +proj=merc +ellps=WGS84"
)
_ECCENTRICITY_SQUARED = 0.00669437999014
"""Of the ellipsoid of WGS 84."""


def to_plane(degrees: Floats) -> Floats:
    """Rows of longitude and latitude in WGS 84, as rows on the plane."""
    return np.column_stack(_PLANE.transform(degrees[:, 0], degrees[:, 1]))


def from_plane(places: Floats) -> Floats:
    """Rows on the plane, as rows of longitude and latitude in WGS 84."""
    inverse = TransformDirection.INVERSE
    return np.column_stack(_PLANE.transform(places[:, 0], places[:, 1], direction=inverse))


def scale_at(lat: Floats) -> Floats:
    """How long a metre at these latitudes is on the plane."""
    angle = np.radians(lat)
    scale: Floats = np.sqrt(1 - _ECCENTRICITY_SQUARED * np.sin(angle) ** 2) / np.cos(angle)
    return scale


def shape_on_plane(shape: Shape) -> Shape:
    """A shape in WGS 84 degrees, on the plane."""
    return shapely.transform(shape, to_plane)


def shape_in_degrees(shape: Shape) -> Shape:
    """A shape on the plane, in WGS 84 degrees."""
    return shapely.transform(shape, from_plane)
