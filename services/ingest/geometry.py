"""Whether a polygon can be the boundary of a hot spot, and if not, where it fails and what to do.

Positions are [longitude, latitude] in WGS 84 degrees, as GeoJSON has them (RFC 7946).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import cos, radians

from shapely import MultiPolygon, Polygon, difference, shortest_line, union_all
from shapely.affinity import scale
from shapely.geometry.base import BaseGeometry
from shapely.validation import explain_validity

from services.ground.measures import area_m2, length_m

Position = list[float]
Ring = list[Position]
Rings = list[Ring]

MOST_VERTICES = 2_000
MOST_EXCLUDED_VERTICES = 10_000
"""Of all excludes together, so that a record of the log holds them."""
LEAST_AREA_M2 = 100.0
MOST_AREA_M2 = 25e6


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
    shape = _shape(polygons)
    if not shape.is_valid:
        msg = f"{explain_validity(shape)}; redraw it so that no line crosses or repeats another"
        raise WrongGeometry(msg)
    area = area_m2(shape)
    if area < LEAST_AREA_M2:
        msg = f"it covers {area:.1f} m2; a hot spot covers {LEAST_AREA_M2:.0f} m2 or more"
        raise WrongGeometry(msg)
    if area > MOST_AREA_M2:
        msg = f"it covers {area / 1e6:.1f} km2; a hot spot covers {MOST_AREA_M2 / 1e6:.0f} at most"
        raise WrongGeometry(msg)


def check_excludes(area: list[Rings], excludes: Sequence[list[Rings]], catchment_m: float) -> None:
    """Raise WrongGeometry, naming which, unless each exclude can matter and enough is left.

    All must have passed ``check``. An exclude matters also in the catchment: it is in neither ring.
    """
    if not excludes:
        return
    vertices = sum(len(ring) for polygons in excludes for rings in polygons for ring in rings)
    if vertices > MOST_EXCLUDED_VERTICES:
        msg = (
            f"excludes have {vertices} positions together; simplify them to "
            f"{MOST_EXCLUDED_VERTICES} or fewer"
        )
        raise WrongGeometry(msg)
    shape = _shape(area)
    shapes = [_shape(each) for each in excludes]
    for number, exclude in enumerate(shapes):
        apart_m = _apart_m(shape, exclude)
        if apart_m > catchment_m:
            msg = (
                f"excludes.{number} does not touch the area: it lies {apart_m:.0f} m away, beyond "
                f"the catchment of {catchment_m:g} m; leave it out or redraw it"
            )
            raise WrongGeometry(msg)
    left = area_m2(difference(shape, union_all(shapes)))
    if left < LEAST_AREA_M2:
        msg = (
            f"excludes leave {left:.1f} m2 of the area; a hot spot covers {LEAST_AREA_M2:.0f} m2 "
            "or more: redraw them"
        )
        raise WrongGeometry(msg)


def _shape(polygons: list[Rings]) -> MultiPolygon:
    return MultiPolygon([Polygon(rings[0], rings[1:]) for rings in polygons])


def _apart_m(one: BaseGeometry, other: BaseGeometry) -> float:
    """The metres between two shapes, 0 where they touch.

    A degree of longitude is narrower than one of latitude by the cosine of the latitude: shapes
    squeezed by it are nearest where they are nearest on the ground, at the size of a town.
    """
    squeeze = max(cos(radians(one.centroid.y)), 1e-6)
    flat = [scale(shape, xfact=squeeze, origin=(0, 0)) for shape in (one, other)]
    line = scale(shortest_line(*flat), xfact=1 / squeeze, origin=(0, 0))
    return length_m(line)


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
