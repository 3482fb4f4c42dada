"""The town as a base map shows the streets on which officers walk."""

from __future__ import annotations

import json
import math

import shapely
import shapely.geometry
from shapely.geometry.base import BaseGeometry

from services.simulator.street_map import street_map
from services.simulator.town import build, on_earth


def test_every_street_is_drawn_once_by_its_kind() -> None:
    town = build(1)
    drawn = json.loads(json.dumps(street_map(town)))
    assert drawn["type"] == "FeatureCollection"
    by_kind: dict[str, list[BaseGeometry]] = {}
    for each in drawn["features"]:
        shape = shapely.geometry.shape(each["geometry"])
        by_kind.setdefault(each["properties"]["kind"], []).append(shape)
    [park] = by_kind.pop("park")
    assert by_kind.keys() == {"street", "walled", "underpass"}
    assert park.is_valid
    assert park.geom_type == "Polygon"
    lines = [line for lines in by_kind.values() for line in lines]
    assert {line.geom_type for line in lines} == {"LineString"}
    assert not any(park.intersects(line) for line in lines)

    corners = town.streets.corners
    for stretch in town.streets.stretches:
        street = shapely.geometry.shape(
            on_earth(shapely.LineString([corners[corner] for corner in stretch]))
        )
        kind = "street"
        if frozenset(stretch) in town.underpass | town.canyons:
            kind = "underpass" if frozenset(stretch) in town.underpass else "walled"
        assert any(line.buffer(1e-7).contains(street) for line in by_kind[kind])
    total = sum(town.streets.metres(*stretch) for stretch in town.streets.stretches)
    degrees = sum(
        math.hypot((b[0] - a[0]) * math.cos(math.radians(52.83)), b[1] - a[1])
        for line in lines
        for a, b in zip(line.coords, line.coords[1:], strict=False)
    )
    assert math.isclose(degrees * 111_195, total, rel_tol=1e-3)
