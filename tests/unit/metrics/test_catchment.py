"""The catchment on the map is as wide in metres as it says, wherever it lies."""

from __future__ import annotations

from typing import Any

import pytest
import shapely
import shapely.geometry
from msgspec.structs import replace
from pyproj import Geod

from services.contracts.reference import HotSpot
from services.metrics.catchment import Catchments, catchment

WGS_84 = Geod(ellps="WGS84")


def square(lon: float, lat: float, half_deg: float = 0.001) -> dict[str, Any]:
    return shapely.geometry.mapping(
        shapely.box(lon - half_deg, lat - half_deg, lon + half_deg, lat + half_deg)
    )


def hot_spot(geometry: dict[str, Any], catchment_m: float = 100.0, name: str = "") -> HotSpot:
    return HotSpot(
        hotspot_id="hs-1",
        name=name,
        geometry=geometry,
        catchment_m=catchment_m,
        effective_from=0,
        changed_by="test",
    )


@pytest.mark.parametrize(
    ("lon", "lat"), [(-2.245, 53.48), (1.3, 52.6), (-6.2, 49.9), (151.2, -33.9), (10.7, 59.9)]
)
@pytest.mark.parametrize("catchment_m", [20.0, 100.0, 500.0])
def test_its_edge_is_that_far_from_the_core(lon: float, lat: float, catchment_m: float) -> None:
    drawn = shapely.geometry.shape(catchment(hot_spot(square(lon, lat), catchment_m)))
    west, south, east, north = drawn.bounds
    half = 0.001
    for (lon_a, lat_a), (lon_b, lat_b) in [
        ((lon, lat + half), (lon, north)),
        ((lon, lat - half), (lon, south)),
        ((lon + half, lat), (east, lat)),
        ((lon - half, lat), (west, lat)),
    ]:
        _, _, metres = WGS_84.inv(lon_a, lat_a, lon_b, lat_b)
        # As true as the plane that the engine measures on.
        assert metres == pytest.approx(catchment_m, rel=2e-3, abs=0.02)


def test_without_a_catchment_it_is_the_core() -> None:
    core = square(-2.245, 53.48)
    drawn = shapely.geometry.shape(catchment(hot_spot(core, 0.0)))
    assert drawn.symmetric_difference(shapely.geometry.shape(core)).area < 1e-12


def test_what_is_excluded_lies_in_it_no_more_than_in_the_core() -> None:
    station, pub = square(-2.245, 53.48, 0.0002), square(-2.2431, 53.48, 0.0002)
    drawn = shapely.geometry.shape(
        catchment(replace(hot_spot(square(-2.245, 53.48)), excludes=[station, pub]))
    )
    assert drawn.contains(shapely.Point(-2.245, 53.4803))
    assert drawn.contains(shapely.Point(-2.2434, 53.48))
    for each in (station, pub):
        assert not drawn.contains(shapely.geometry.shape(each).centroid)


def test_parts_that_lie_apart_stay_so() -> None:
    both = shapely.union_all(
        [shapely.box(-2.25, 53.48, -2.249, 53.481), shapely.box(-2.24, 53.48, -2.239, 53.481)]
    )
    drawn = catchment(hot_spot(shapely.geometry.mapping(both), 50.0))
    assert drawn["type"] == "MultiPolygon"


def test_each_version_is_drawn_once() -> None:
    catchments = Catchments()
    first = hot_spot(square(-2.245, 53.48))
    drawn = catchments.of(1, first)
    assert catchments.of(1, first) is drawn
    assert catchments.of(2, first) is not drawn
