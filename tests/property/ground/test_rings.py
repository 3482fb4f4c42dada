"""The rings of a hot spot are as large, and reach as far, as the ellipsoid itself says."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import shapely
import shapely.geometry
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod, Transformer
from shapely.geometry.base import BaseGeometry

from services.contracts.reference import HotSpot
from services.contracts.telemetry import Gps
from services.geofence.survey import Surveyor
from services.ground.boundary import boundary_of
from services.ground.measures import area_m2, perimeter_m
from services.ground.planes import Floats

ELLIPSOID = Geod(ellps="WGS84")
PLANE_SHARE = 2e-3
"""The most by which a plane's metre may differ from one."""
ROUND = 32
"""With so many segments a quarter circle is round to 0.03 %."""
FINE_DEG = 1e-9


@dataclass(frozen=True)
class Place:
    """A hot spot somewhere in the world, and places around it."""

    spot: HotSpot
    around: Floats

    @property
    def core(self) -> BaseGeometry:
        """The core in degrees."""
        drawn = shapely.geometry.shape(self.spot.geometry)
        return shapely.difference(
            drawn, shapely.union_all([shapely.geometry.shape(each) for each in self.spot.excludes])
        )


@st.composite
def places(draw: st.DrawFn) -> Place:
    """A star of any shape, maybe with a hole, maybe with a station that is left out."""
    lon, lat = draw(st.floats(-179, 179)), draw(st.floats(-70, 70))
    radii = draw(st.lists(st.floats(40, 400), min_size=3, max_size=12))
    catchment_m = draw(st.sampled_from([0.0, 25.0, 100.0, 600.0]))
    turns = [360 * number / len(radii) for number in range(len(radii))]

    def ring(share: float) -> list[tuple[float, float]]:
        corners = [
            ELLIPSOID.fwd(lon, lat, turn, radius * share)[:2]
            for turn, radius in zip(turns, radii, strict=True)
        ]
        way = corners[:: draw(st.sampled_from([1, -1]))]
        return [*way, way[0]]

    rings = [ring(1), ring(0.3)] if draw(st.booleans()) else [ring(1)]
    station = shapely.Polygon(
        [ELLIPSOID.fwd(lon, lat, turn, radii[0] * far)[:2] for turn, far in STATION]
    )
    spot = HotSpot(
        hotspot_id="hs-1",
        name="hs-1",
        geometry={"type": "Polygon", "coordinates": rings},
        excludes=[shapely.geometry.mapping(station)] if draw(st.booleans()) else [],
        effective_from=0,
        changed_by="a",
        catchment_m=catchment_m,
    )
    reach = max(radii) + 1.3 * catchment_m
    steps = draw(st.lists(st.tuples(st.floats(0, 360), st.floats(0, 1)), min_size=10, max_size=10))
    around = [ELLIPSOID.fwd(lon, lat, turn, reach * math.sqrt(far))[:2] for turn, far in steps]
    return Place(spot, np.array(around))


STATION = [(350, 0.5), (10, 0.5), (10, 1.2), (350, 1.2)]


@given(places())
def test_an_area_is_that_of_an_equal_area_map(place: Place) -> None:
    core = place.core
    lon, lat = core.centroid.coords[0]
    level = Transformer.from_crs(
        "EPSG:4326", f"+proj=laea +lon_0={lon} +lat_0={lat} +ellps=WGS84", always_xy=True
    )
    flat = shapely.transform(core, lambda at: np.column_stack(level.transform(at[:, 0], at[:, 1])))
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
