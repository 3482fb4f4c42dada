"""What hot spots cover of each other is what an equal-area map of both says."""

from __future__ import annotations

import math

import shapely
import shapely.geometry
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from shapely.geometry.base import BaseGeometry

from services.contracts.reference import HotSpot
from services.geofence.zone import zone_of
from services.ingest.coverage import Overlap, coverage_of
from tests.support.stars import ELLIPSOID, Place, equal_area, middles, places


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Place, Place]:
    """Two hot spots that may or may not meet."""
    lon, lat = draw(middles())
    aside = ELLIPSOID.fwd(lon, lat, draw(st.floats(0, 360)), draw(st.floats(0, 1500)))[:2]
    one, other = draw(places((lon, lat))), draw(places(aside))
    spot = replace(other.spot, hotspot_id="hs-2", name="Other")
    return one, Place(spot, other.around)


def covered(spot: HotSpot, other: HotSpot) -> dict[str, Overlap]:
    return {each.ring: each for each in coverage_of(spot, [other]).overlaps}


@given(pairs())
def test_overlaps_are_those_of_an_equal_area_map(pair: tuple[Place, Place]) -> None:
    one, other = pair
    lon, lat = one.core.centroid.coords[0]
    flat, beside = equal_area(one.core, lon, lat), equal_area(other.core, lon, lat)
    common_m2 = shapely.intersection(flat, beside).area
    found = covered(one.spot, other.spot).get("core")
    if found is None:
        assert common_m2 < 3
    else:
        assert math.isclose(found.area_m2, common_m2, rel_tol=1e-3, abs_tol=3)
        assert math.isclose(found.share, common_m2 / flat.area, rel_tol=2e-3, abs_tol=1e-3)


@given(pairs())
def test_each_covers_as_much_of_the_other(pair: tuple[Place, Place]) -> None:
    one, other = (place.spot for place in pair)
    there, back = covered(one, other), covered(other, one)
    assert (
        there.keys() == back.keys()
        or min(each.area_m2 for each in [*there.values(), *back.values()]) < 2
    )
    for ring in there.keys() & back.keys():
        assert math.isclose(there[ring].area_m2, back[ring].area_m2, rel_tol=1e-6, abs_tol=0.1)
        assert 0 < there[ring].share <= 1


@given(places())
def test_a_hot_spot_covers_all_of_its_twin(place: Place) -> None:
    found = covered(place.spot, replace(place.spot, hotspot_id="twin"))
    assert found.keys() == {"core", "catchment"}
    assert all(math.isclose(each.share, 1, rel_tol=1e-5) for each in found.values())


@given(places())
def test_the_ring_told_is_the_ring_of_the_zone(place: Place) -> None:
    zone = zone_of(0, 0, place.spot)
    told = shapely.transform(
        shapely.geometry.shape(coverage_of(place.spot, []).catchment), zone.plane.project_points
    )
    judged: BaseGeometry = shapely.buffer(zone.core, zone.catchment_m, quad_segs=64)
    if zone.void is not None:
        judged = shapely.difference(judged, zone.void)
    apart_m2 = shapely.symmetric_difference(shapely.make_valid(told), judged).area
    assert apart_m2 < 2 + 2e-3 * judged.area
