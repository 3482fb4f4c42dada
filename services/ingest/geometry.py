"""Whether a polygon can be the boundary of a hot spot, and if not, where it fails and what to do.

Positions are [longitude, latitude] in WGS 84 degrees, as GeoJSON has them (RFC 7946).
"""

from __future__ import annotations

from collections.abc import Iterator

from pyproj import Geod
from shapely import MultiPolygon, Polygon
from shapely.validation import explain_validity

Position = list[float]
Ring = list[Position]
Rings = list[Ring]

MOST_VERTICES = 2_000
LEAST_AREA_M2 = 100.0
MOST_AREA_M2 = 25e6
_GEOD = Geod(ellps="WGS84")


class WrongGeometry(ValueError):
    """The polygons are no boundary; the message says where and what to do."""


def check(polygons: list[Rings]) -> None:
    """Raise WrongGeometry unless the polygons, each an outer ring and its holes, are a boundary."""
    vertices = sum(len(ring) for rings in polygons for ring in rings)
    if vertices > MOST_VERTICES:
        msg = f"it has {vertices} positions; simplify it to {MOST_VERTICES} or fewer"
        raise WrongGeometry(msg)
    for name, ring in _named_rings(polygons):
        _check_ring(name, ring)
    shape = MultiPolygon([Polygon(rings[0], rings[1:]) for rings in polygons])
    if not shape.is_valid:
        msg = f"{explain_validity(shape)}; redraw it so that no line crosses or repeats another"
        raise WrongGeometry(msg)
    area = abs(_GEOD.geometry_area_perimeter(shape)[0])
    if area < LEAST_AREA_M2:
        msg = f"it covers {area:.1f} m2; a hot spot covers {LEAST_AREA_M2:.0f} m2 or more"
        raise WrongGeometry(msg)
    if area > MOST_AREA_M2:
        msg = f"it covers {area / 1e6:.1f} km2; a hot spot covers {MOST_AREA_M2 / 1e6:.0f} at most"
        raise WrongGeometry(msg)


def _named_rings(polygons: list[Rings]) -> Iterator[tuple[str, Ring]]:
    for number, rings in enumerate(polygons):
        of = f"polygon {number}, " if len(polygons) > 1 else ""
        for index, ring in enumerate(rings):
            yield f"{of}ring {index}", ring


def _check_ring(name: str, ring: Ring) -> None:
    for index, (lon, lat) in enumerate(ring):
        if _are_degrees(lon, lat):
            continue
        remedy = (
            "give the longitude first"
            if _are_degrees(lat, lon)
            else "export the layer as WGS 84 (EPSG:4326)"
        )
        msg = f"{name}, position {index} is [{lon:g}, {lat:g}], not degrees; {remedy}"
        raise WrongGeometry(msg)
    if ring[0] != ring[-1]:
        msg = f"{name} is not closed; repeat its first position at its end"
        raise WrongGeometry(msg)


def _are_degrees(lon: float, lat: float) -> bool:
    return abs(lon) <= 180 and abs(lat) <= 90  # noqa: PLR2004 - degrees of a circle
