"""Where losses cluster: what makes a place, what does not, and what is said of it."""

from __future__ import annotations

from typing import Any

import pytest
import shapely
import shapely.geometry
from msgspec.structs import replace
from pyproj import Geod

from services.contracts.derived import Signal
from services.contracts.reference import HotSpot
from services.ingest.hotspots import Feature, to_message
from services.metrics.blackspots import places_of
from services.metrics.proposals import ProposedFeature, proposed
from tests.support.derived import DAY_MS, HOUR_MS, MINUTE_MS, NOON
from tests.support.lost import a_loss, losses
from tests.support.square import LAT, LON, box

FIVE = [a_loss(number) for number in range(5)]


def found(signals: list[Signal], *known: HotSpot) -> list[ProposedFeature]:
    places = places_of(losses(*signals), known)
    return [proposed(each, [None] * len(each.losses)) for each in places]


def blackspot(geometry: dict[str, Any], catchment_m: float = 0, **given: object) -> HotSpot:
    said = HotSpot(
        hotspot_id="b",
        name="Underpass",
        geometry=geometry,
        effective_from=0,
        changed_by="a",
        catchment_m=catchment_m,
        type="blackspot",
    )
    return replace(said, **given)


def test_five_losses_by_three_radios_on_three_days_are_a_place() -> None:
    [place] = found(FIVE)
    assert (place["id"], place["properties"]["name"]) == (
        "blackspot-52.480N-1.900W",
        "Blackspot at 52.480N 1.900W",
    )
    evidence = place["properties"]["evidence"]
    assert (evidence["losses"], evidence["radios"], evidence["days"]) == (5, 3, 3)
    assert evidence["median_lost_seconds"] == 300
    assert evidence["last_lost_at"].isoformat() == "2026-06-03T11:02:00+00:00"


def all_by(*radios: str) -> list[Signal]:
    return [
        replace(each, radio_id=radios[n % len(radios)], last_heard_at=NOON + n * DAY_MS)
        for n, each in enumerate(FIVE)
    ]


def all_heard(*times: int) -> list[Signal]:
    return [replace(each, last_heard_at=times[n % len(times)]) for n, each in enumerate(FIVE)]


LAST = FIVE[-1]
BEFORE_MIDNIGHT = NOON + 12 * HOUR_MS - MINUTE_MS


@pytest.mark.parametrize(
    ("signals", "places"),
    [
        pytest.param(FIVE, 1, id="the rule"),
        pytest.param(FIVE[:-1], 0, id="four losses"),
        pytest.param([*FIVE[:-1], a_loss(4, 74)], 1, id="one at the rim"),
        pytest.param([*FIVE[:-1], a_loss(4, 76)], 0, id="one beyond"),
        pytest.param([a_loss(n, 70 * n) for n in range(9)], 0, id="one every 70 m"),
        pytest.param(all_by("T-1"), 0, id="one radio that stands and fails"),
        pytest.param(all_by("T-1", "T-2"), 0, id="two radios"),
        pytest.param(all_by("T-1", "T-2", "T-3"), 1, id="three radios"),
        pytest.param(all_heard(NOON, NOON + DAY_MS), 0, id="two days"),
        pytest.param(
            all_heard(BEFORE_MIDNIGHT, BEFORE_MIDNIGHT + 2 * MINUTE_MS, NOON + 2 * DAY_MS),
            1,
            id="days are local",
        ),
        pytest.param([*FIVE[:-1], replace(LAST, cause="area")], 0, id="an area's"),
        pytest.param([*FIVE[:-1], replace(LAST, cause="source")], 0, id="its source's"),
        pytest.param([*FIVE[:-1], replace(LAST, cause="pipeline")], 0, id="ours"),
        pytest.param(
            [*FIVE[:-1], replace(LAST, cause="explained", reason="low_battery")],
            0,
            id="explained",
        ),
        pytest.param(
            [*FIVE[:-1], replace(LAST, cause="explained", reason="blackspot b")],
            1,
            id="explained by a blackspot",
        ),
        pytest.param([*FIVE[:-1], replace(LAST, type="no_position")], 0, id="heard"),
        pytest.param([*FIVE[:-1], replace(LAST, lat=None, lon=None)], 0, id="nowhere"),
        pytest.param([*FIVE[:-1], replace(LAST, radio_id=None)], 0, id="no radio's"),
        pytest.param([*FIVE, replace(LAST, episode_id="p", lat=90.0)], 1, id="one at the pole"),
        pytest.param([replace(each, lat=90.0) for each in FIVE], 0, id="all at the pole"),
        pytest.param([], 0, id="none"),
    ],
)
def test_what_makes_a_place(signals: list[Signal], places: int) -> None:
    assert len(found(signals)) == places


def test_one_at_the_other_end_of_the_world_changes_nothing() -> None:
    stray = replace(a_loss(5), lat=-33.9, lon=151.2)
    assert found([*FIVE, stray]) == found(FIVE)


@pytest.mark.parametrize(("apart_m", "places"), [(140, 1), (160, 2)])
def test_circles_that_overlap_are_one_place(apart_m: float, places: int) -> None:
    other = [a_loss(number, apart_m) for number in range(6, 12)]
    shown = found([*FIVE, *other])
    assert len(shown) == places
    assert len({each["id"] for each in shown}) == places
    assert sum(each["properties"]["evidence"]["losses"] for each in shown) == 11
    assert shown[0]["properties"]["evidence"]["losses"] == (11 if places == 1 else 6)


def test_a_long_place_is_named_by_the_loss_nearest_its_middle() -> None:
    ends = [a_loss(number, 140 if number % 2 else -140) for number in range(5, 17)]
    [place] = found([*FIVE, *ends])
    assert place["id"] == "blackspot-52.480N-1.900W"


WGS_84 = Geod(ellps="WGS84")
EVERYWHERE = [(-1.9, 52.48), (151.2, -33.9), (10.7, 69.9), (36.8, 0.0)]


@pytest.mark.parametrize(("lon", "lat"), EVERYWHERE)
def test_what_is_drawn_holds_the_circle_and_hardly_more(lon: float, lat: float) -> None:
    [place] = found([replace(each, lon=lon, lat=lat) for each in FIVE])
    edge = shapely.get_coordinates(shapely.geometry.shape(place["geometry"]))
    middles = (edge[1:] + edge[:-1]) / 2
    away = [WGS_84.inv(lon, lat, *each)[2] for each in [*edge, *middles]]
    assert min(away) > 75
    assert max(away) < 76.1


@pytest.mark.parametrize(("lon", "lat"), EVERYWHERE)
@pytest.mark.parametrize("bearing", [0, 45, 90, 180])
def test_the_circle_reaches_as_far_everywhere(lon: float, lat: float, bearing: float) -> None:
    four = [replace(each, lon=lon, lat=lat) for each in FIVE[:-1]]
    for metres, places in [(74.9, 1), (75.1, 0)]:
        east, north, _ = WGS_84.fwd(lon, lat, bearing, metres)
        assert len(found([*four, replace(LAST, lon=east, lat=north)])) == places


AROUND = box(-20, -20, 20, 20)


@pytest.mark.parametrize(
    ("known", "places"),
    [
        pytest.param(blackspot(AROUND), 0, id="known"),
        pytest.param(blackspot(box(30, -20, 70, 20), catchment_m=31), 0, id="within its catchment"),
        pytest.param(blackspot(box(30, -20, 70, 20), catchment_m=29), 1, id="beyond it"),
        pytest.param(blackspot(AROUND, excludes=[box(-9, -9, 9, 9)]), 1, id="left out of it"),
    ],
)
def test_what_is_known_is_not_proposed(known: HotSpot, places: int) -> None:
    assert len(found(FIVE, known)) == places


def test_a_known_place_that_has_grown_is_proposed_whole() -> None:
    [place] = found([*FIVE, a_loss(6, 60)], blackspot(AROUND))
    assert place["properties"]["evidence"]["losses"] == 6


def test_two_blackspots_together_may_explain_a_place() -> None:
    here, there = blackspot(AROUND), blackspot(box(50, -20, 70, 20))
    assert found([*FIVE, a_loss(6, 60)], here, there) == []


def test_what_is_proposed_is_put_as_it_is_and_explains_what_it_was_proposed_for() -> None:
    signals = [*FIVE, *[a_loss(number, 140) for number in range(6, 12)]]
    [place] = found(signals)
    feature = Feature.model_validate(place)
    put = to_message(feature, str(feature.id), by="a", now=NOON)
    assert (put.hotspot_id, put.type, put.catchment_m) == (place["id"], "blackspot", 0)
    assert found(signals, put) == []


def test_a_boundary_around_many_losses_is_not_too_long_to_put() -> None:
    [place] = found([a_loss(n, n * 37 % 401, n * 53 % 307) for n in range(600)])
    assert place["properties"]["evidence"]["losses"] == 600
    Feature.model_validate(place)


def test_losses_that_go_on_have_no_length_yet() -> None:
    going_on = [replace(each, ended_at=None) for each in FIVE]
    [place] = found(going_on)
    assert place["properties"]["evidence"]["median_lost_seconds"] is None
    [place] = found([*going_on[:-1], LAST])
    assert place["properties"]["evidence"]["median_lost_seconds"] == 300


def test_where_radios_came_back_is_counted_where_it_is_known() -> None:
    [place] = places_of(losses(*FIVE), [])
    evidence = proposed(place, [True, None, False, True, None])["properties"]["evidence"]
    assert (evidence["came_back"], evidence["came_back_near"]) == (3, 2)


def test_south_and_east_are_said_so() -> None:
    [place] = found([replace(each, lat=-LAT, lon=-LON) for each in FIVE])
    assert place["id"] == "blackspot-52.480S-1.900E"
