"""The rings of a hot spot are as large, and reach as far, as the ellipsoid itself says."""

from __future__ import annotations

import math

import numpy as np
import shapely
from hypothesis import given

from services.contracts.telemetry import Gps
from services.geofence.survey import Surveyor
from services.ground.boundary import boundary_of
from services.ground.measures import area_m2, perimeter_m
from tests.support.stars import ELLIPSOID, Place, equal_area, places

PLANE_SHARE = 2e-3
"""The most by which a plane's metre may differ from one."""
ROUND = 32
"""With so many segments a quarter circle is round to 0.03 %."""
FINE_DEG = 1e-9


@given(places())
def test_an_area_is_that_of_an_equal_area_map(place: Place) -> None:
    core = place.core
    lon, lat = core.centroid.coords[0]
    flat = equal_area(core, lon, lat)
    assert math.isclose(area_m2(core), flat.area, rel_tol=2e-4, abs_tol=0.5)
    # It stretches what is some hundred metres from its middle by under a millionth.
    assert math.isclose(perimeter_m(core), flat.length, rel_tol=1e-4)


@given(places())
def test_the_core_on_the_plane_is_the_core_as_drawn(place: Place) -> None:
    boundary = boundary_of(place.spot)
    back = boundary.in_degrees(boundary.core, FINE_DEG)
    assert area_m2(shapely.symmetric_difference(back, place.core)) < 1 + 1e-4 * area_m2(place.core)


@given(places())
def test_the_catchment_reaches_as_far_as_it_says(place: Place) -> None:
    boundary = boundary_of(place.spot)
    catchment = boundary.in_degrees(boundary.catchment(ROUND), FINE_DEG)
    core, void = place.core, boundary.in_degrees(boundary.void, FINE_DEG).buffer(2e-5)
    edge = np.array(shapely.get_coordinates(shapely.segmentize(shapely.boundary(core), 2e-5)))
    doubt_m = 3 + PLANE_SHARE * boundary.catchment_m
    for lon, lat in place.around:
        at = shapely.Point(lon, lat)
        many = np.full(len(edge), lon), np.full(len(edge), lat)
        apart_m = float(ELLIPSOID.inv(*many, edge[:, 0], edge[:, 1])[2].min())
        if void.contains(at):
            continue
        if apart_m > boundary.catchment_m + doubt_m:
            assert catchment.contains(at) == core.contains(at)
        elif apart_m < boundary.catchment_m - doubt_m:
            assert catchment.contains(at)


@given(places())
def test_it_is_the_ring_that_the_engine_judges_by(place: Place) -> None:
    boundary = boundary_of(place.spot)
    catchment = boundary.catchment(ROUND)
    surveyor = Surveyor()
    surveyor.learn(0, place.spot)
    fixes = [
        Gps(radio_id="r", source="s", received_at=0, lon=lon, lat=lat, fix_time=0, accuracy_m=10.0)
        for lon, lat in place.around
    ]
    survey = surveyor.survey(fixes)
    for index, at in enumerate(map(shapely.Point, boundary.plane.project_points(place.around))):
        if index in survey.unusable:
            continue  # at 0, 0
        near = survey.near.get(index, [])
        if shapely.boundary(catchment).distance(at) > PLANE_SHARE * boundary.catchment_m:
            assert any(metres == 0 for *_, metres in near) == catchment.contains(at)
        if shapely.boundary(boundary.core).distance(at) > 0:
            assert any(metres == 0 for _, metres, _ in near) == boundary.core.contains(at)
