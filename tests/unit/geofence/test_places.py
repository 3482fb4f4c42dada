"""Planes, boxes and the time a version is in force."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from pyproj import Geod

from services.contracts.reference import Deleted
from services.geofence.survey import Surveyor
from services.geofence.zone import FOREVER
from services.geofence.zones import Zones
from services.ground.boxes import Box
from services.ground.planes import plane_at
from tests.support.square import Town, at, box, fix, hotspot

WGS84 = Geod(ellps="WGS84")


def test_the_national_grid_is_the_ordnance_surveys_within_five_metres() -> None:
    """Caister water tower, E 651409.804 N 313177.450 by OSTN15 (OS, Coordinate systems guide)."""
    lon, lat = 1 + 42 / 60 + 57.8663 / 3600, 52 + 39 / 60 + 28.8282 / 3600
    [east], [north] = plane_at(lon, lat).project(np.array([lon]), np.array([lat]))
    assert np.hypot(east - 651_409.804, north - 313_177.450) < 5


@pytest.mark.parametrize(
    ("lon", "lat"),
    [(-0.12, 51.5), (-3.19, 55.95), (-118.24, 34.05), (151.2, -33.87), (179.9, 10.0), (180.0, 1.0)],
)
def test_a_metre_is_a_metre_everywhere(lon: float, lat: float) -> None:
    plane = plane_at(lon, lat)
    for azimuth in (0, 90, 225):
        there = WGS84.fwd(lon, lat, azimuth, 1_000)
        x, y = plane.project(np.array([lon, there[0]]), np.array([lat, there[1]]))
        assert np.hypot(x[1] - x[0], y[1] - y[0]) == pytest.approx(1_000, rel=0.0015)


def test_one_plane_for_one_place() -> None:
    assert plane_at(-1.9, 52.5) is plane_at(-0.1, 51.5)
    assert plane_at(13.4, 52.5) is plane_at(13.0, 48.0)
    assert plane_at(13.4, 52.5) is not plane_at(13.4, -22.0)


@pytest.mark.parametrize("lat", [0.0, 52.0, -70.0, 88.0])
def test_a_grown_box_has_the_metres_on_every_side(lat: float) -> None:
    west, south, east, north = Box(10.0, lat, 10.0, lat).grown(500)
    for corner in ((west, lat), (east, lat), (10.0, south), (10.0, north)):
        _, _, metres = WGS84.inv(10.0, lat, *corner)
        assert 500 <= metres < 520


def test_near_a_pole_a_box_stays_finite() -> None:
    assert Box(0, 90, 0, 90).grown(500).east < 1


def in_force(zones: Zones, time: int) -> list[int]:
    """The versions found at the square's middle."""
    everywhere = Box(-180, -90, 180, 90)
    [found] = zones.touching([everywhere], [time])
    return [zone.version for zone in found]


def test_the_later_offset_wins_from_its_effective_from_on() -> None:
    zones = Zones()
    zones.draw(3, hotspot(since=1_000))
    assert [in_force(zones, time) for time in (999, 1_000, FOREVER - 1)] == [[], [3], [3]]
    zones.draw(5, hotspot(since=2_000))
    assert [in_force(zones, time) for time in (1_000, 1_999, 2_000)] == [[3], [3], [5]]
    zones.draw(7, hotspot(since=1_500))
    assert [in_force(zones, time) for time in (1_499, 1_500, 2_500)] == [[3], [7], [7]]
    zones.erase(Deleted(type="hotspot", id="hs-1", effective_from=1_200, changed_by="a"))
    assert [in_force(zones, time) for time in (1_199, 1_200, 2_500)] == [[3], [], []]
    zones.draw(9, hotspot(since=0))
    assert [in_force(zones, time) for time in (0, 1_199, 9_999)] == [[9], [9], [9]]


def test_the_interval_around_a_time_holds_no_change() -> None:
    zones = Zones()
    zones.draw(0, hotspot(since=1_000))
    zones.draw(1, hotspot("hs-2", since=3_000))
    assert zones.interval(2_999) == (1_000, 3_000)
    assert zones.interval(3_000) == (3_000, FOREVER)


def test_hot_spots_on_several_planes_in_one_batch() -> None:
    """One in Birmingham, one in Berlin: each measured on its own plane."""
    berlin = shapely.geometry.mapping(shapely.box(13.39, 52.51, 13.41, 52.53))
    town = Town(hotspot(), hotspot("hs-b", geometry=berlin))
    here = fix(0, 0)
    there = fix(0, 0, radio_id="r-2")
    there = type(there)(
        radio_id="r-2", source="s", lon=13.4, lat=52.52, fix_time=at(0), received_at=at(0)
    )
    visits = town.visits(here, there)
    assert [(visit.radio_id, visit.hotspot_id) for visit in visits] == [
        ("r-1", "hs-1"),
        ("r-2", "hs-b"),
    ]


def test_a_multipolygon_is_one_hot_spot() -> None:
    parts = [box(-75, -75, 75, 75)["coordinates"], box(200, -75, 350, 75)["coordinates"]]
    town = Town(hotspot(geometry={"type": "MultiPolygon", "coordinates": parts}))
    visits = town.visits(fix(0, 0), fix(60, 275), fix(120, 140))
    assert [visit.state for visit in visits] == ["open", "closed"]
    assert visits[-1].fixes == 2


@pytest.mark.parametrize(("accuracy_m", "beyond_m"), [(40.0, 60.0), (90.0, 140.0)])
def test_clearance_knows_what_a_circle_reaches_beyond_its_box(
    accuracy_m: float, beyond_m: float
) -> None:
    """Looked up 495 m further west, by a fix with a circle of 10 m; 1.62 accuracies touch it."""
    surveyor = Surveyor()
    west = 495 + beyond_m
    surveyor.learn(0, hotspot(geometry=box(west, -75, west + 150, 75), catchment_m=0.0))
    assert surveyor.survey([fix(0, 0)]).near == {}
    [(zone, metres, _)] = surveyor.survey([fix(60, 495, accuracy_m=accuracy_m)]).near[0]
    assert zone.hotspot_id == "hs-1"
    assert metres == pytest.approx(beyond_m, abs=1.5)


def test_clearance_ends_with_the_box_the_circle_and_the_time() -> None:
    """Each fix is far from the square by one measure only, and near it all the same."""
    new = hotspot("hs-2", since=at(50), geometry=box(-75, 525, 75, 675), catchment_m=0.0)
    town = Town(hotspot(), new)
    assert town.visits(fix(0, 0, 600)) == []
    assert [v.hotspot_id for v in town.visits(fix(50, 0, 600))] == ["hs-2"]
    assert [v.state for v in town.visits(fix(60, 0, 720, accuracy_m=60.0))] == []
    assert [v.hotspot_id for v in town.visits(fix(70, 0, 0))] == ["hs-2", "hs-1"]
