from itertools import combinations

import pytest
import shapely

from services.simulator.streets import Point
from services.simulator.town import CENTRE_LAT, CENTRE_LON, Town, build, feature, geographic

SEEDS = range(12)


@pytest.fixture(params=SEEDS)
def town(request: pytest.FixtureRequest) -> Town:
    return build(request.param)


def test_the_same_seed_builds_the_same_town() -> None:
    one, same, other = build(1), build(1), build(2)
    assert one.streets.corners == same.streets.corners
    assert one.streets.stretches == same.streets.stretches
    assert one.hotspots == same.hotspots
    assert one.streets.corners != other.streets.corners


def test_quiet_corners_are_most_of_a_part_of_the_town_and_in_no_hot_spot(town: Town) -> None:
    assert len(town.quiet) > 40
    assert town.streets.largest_part(town.quiet) == town.quiet
    for corner in town.quiet:
        place = shapely.Point(town.streets.corners[corner])
        assert all(hotspot.outline.distance(place) > 20 for hotspot in town.hotspots)


def test_every_place_can_be_reached(town: Town) -> None:
    for corner in range(len(town.streets.corners)):
        town.streets.way(corner, {0})


def test_a_beat_lies_within_its_hot_spot_and_hangs_together(town: Town) -> None:
    for hotspot in town.hotspots:
        within = [stretch for stretch in town.streets.stretches if hotspot.beat.issuperset(stretch)]
        for a, b in within:
            street = shapely.LineString([town.streets.corners[a], town.streets.corners[b]])
            assert hotspot.outline.contains(street)
        met = {min(hotspot.beat)}
        for _ in within:
            met |= {corner for stretch in within if met & set(stretch) for corner in stretch}
        assert met == hotspot.beat


def test_hot_spots_are_valid_and_apart(town: Town) -> None:
    assert all(hotspot.outline.is_valid for hotspot in town.hotspots)
    assert not any(a.outline.intersects(b.outline) for a, b in combinations(town.hotspots, 2))


def test_the_underpass_and_the_canyon_are_streets(town: Town) -> None:
    streets = {frozenset(stretch) for stretch in town.streets.stretches}
    assert len(town.underpass) == 2
    assert len(town.canyons) == 4
    assert town.underpass | town.canyons <= streets


def test_metres_become_degrees() -> None:
    assert geographic(Point(0, 0)) == (CENTRE_LAT, CENTRE_LON)
    # A minute of latitude is a nautical mile (1,852 m); of longitude cos(52.83) of one.
    lat, lon = geographic(Point(1119, 1853))
    assert lat - CENTRE_LAT == pytest.approx(1 / 60, rel=2e-3)
    assert lon - CENTRE_LON == pytest.approx(1 / 60, rel=2e-3)


def test_a_hot_spot_as_geojson() -> None:
    hotspot = build(1).hotspots[0]
    drawn = feature(hotspot, "2026-06-01T22:00:00+00:00")
    assert drawn["id"] == "market-square"
    assert drawn["properties"] == {
        "name": "Market Square",
        "catchment_m": 50,
        "effective_from": "2026-06-01T22:00:00+00:00",
    }
    shape = shapely.geometry.shape(drawn["geometry"])
    assert shape.is_valid
    middle = hotspot.outline.centroid
    assert shape.contains(shapely.Point(geographic(Point(middle.x, middle.y))[::-1]))
