"""The town as a base map: its streets as lines and its park as an area, in GeoJSON."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any, Literal

import shapely
from shapely.geometry.base import BaseGeometry

from services.simulator.town import Stretch, Town, on_earth

Kind = Literal["street", "walled", "underpass", "park"]


def street_map(town: Town) -> dict[str, Any]:
    """A FeatureCollection; each feature's ``kind`` says how it may be drawn."""
    shapes = [("park", town.park), *_lines(town)]
    return {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": {"kind": kind}, "geometry": on_earth(shape)}
            for kind, shape in shapes
        ],
    }


def _lines(town: Town) -> Iterator[tuple[Kind, BaseGeometry]]:
    """The streets by kind, each unbroken between crossings."""
    kinds = [(_kind_of(town, frozenset(each)), each) for each in town.streets.stretches]
    for kind, stretches in groupby(sorted(kinds), key=lambda each: each[0]):
        corners = town.streets.corners
        lines = [(corners[a], corners[b]) for _, (a, b) in stretches]
        for line in shapely.get_parts(shapely.line_merge(shapely.MultiLineString(lines))):
            yield kind, line


def _kind_of(town: Town, stretch: Stretch) -> Kind:
    if stretch in town.underpass:
        return "underpass"
    return "walled" if stretch in town.canyons else "street"
