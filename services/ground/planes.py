"""Planes: the projected coordinates in which metres are metres.

Each boundary is measured on one plane, chosen by where it lies, and every fix near it is put on
the same plane. So only the plane's scale error matters: under 0.1 % within a UTM zone, and within
the British National Grid nowhere over 0.15 %.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray
from pyproj import Transformer
from pyproj.enums import TransformDirection

Floats = NDArray[np.float64]

BRITISH_NATIONAL_GRID = """
+proj=pipeline
+step +proj=unitconvert +xy_in=deg +xy_out=rad
+step +proj=push +v_3
+step +proj=cart +ellps=WGS84
+step +proj=helmert +inv +convention=position_vector
      +x=446.448 +y=-125.157 +z=542.06 +rx=0.15 +ry=0.247 +rz=0.842 +s=-20.489
+step +proj=cart +inv +ellps=airy
+step +proj=pop +v_3
+step +proj=tmerc +ellps=airy +lat_0=49 +lon_0=-2 +k=0.9996012717 +x_0=400000 +y_0=-100000
"""
"""EPSG:27700 from WGS 84 by the operation EPSG:1314, spelt out.

Asking PROJ for "EPSG:4326 to EPSG:27700" gives what the machine has: another operation where the
OSTN15 grid is installed, or for another part of the country. A replay must give the same record
on any machine. It is within 5 m of OSTN15 (Ordnance Survey, A Guide to Coordinate Systems in
Great Britain, section 6.6), the same 5 m for a boundary and the fixes near it.
"""
GRID_WEST, GRID_SOUTH, GRID_EAST, GRID_NORTH = -9.01, 49.75, 2.01, 61.01
"""The area of use of EPSG:27700."""


class Plane:
    """One projected coordinate system."""

    def __init__(self, transformer: Transformer) -> None:
        self._transformer = transformer

    def project(self, lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
        """Easting and northing in metres of WGS 84 degrees."""
        return self._transformer.transform(lon, lat)

    def project_points(self, points: Floats) -> Floats:
        """The same for rows of longitude and latitude, as shapely hands them over."""
        return np.column_stack(self.project(points[:, 0], points[:, 1]))

    def degrees_of(self, points: Floats) -> Floats:
        """Longitude and latitude for rows of easting and northing: the way back."""
        back = self._transformer.transform(
            points[:, 0], points[:, 1], direction=TransformDirection.INVERSE
        )
        return np.column_stack(back)


def plane_at(lon: float, lat: float) -> Plane:
    """The plane for what lies around a place; the same object for the same plane."""
    if GRID_WEST <= lon <= GRID_EAST and GRID_SOUTH <= lat <= GRID_NORTH:
        return _national_grid()
    zone = min(int((lon + 180) // 6) + 1, 60)
    return _utm((32600 if lat >= 0 else 32700) + zone)


@cache
def _national_grid() -> Plane:
    return Plane(Transformer.from_pipeline(BRITISH_NATIONAL_GRID))


@cache
def _utm(epsg: int) -> Plane:
    return Plane(Transformer.from_crs("EPSG:4326", f"EPSG:{epsg}", always_xy=True))
