"""Whatever losses there are, a place proposed keeps its rule as one would check it by hand."""

from __future__ import annotations

import random
from collections.abc import Sequence
from math import hypot

import shapely
import shapely.geometry
from hypothesis import given
from hypothesis import strategies as st

from services.contracts.derived import Signal
from services.ingest.hotspots import Feature, to_message
from services.metrics.blackspots import Loss, Place, places_of
from services.metrics.proposals import ProposedFeature, proposed
from tests.support.derived import DAY_MS, NOON
from tests.support.lost import a_loss, losses
from tests.support.square import M_PER_LAT, M_PER_LON

GRID_M = 40
"""No two places of this grid are 75 m apart, or as far as two circles that just touch."""
TOUCHING_M = 150


@st.composite
def bad_weeks(draw: st.DrawFn) -> list[Signal]:
    """Losses about some corners of a part of town, by a few radios on a few days."""
    told: list[Signal] = []
    for _ in range(draw(st.integers(1, 4))):
        east, north = draw(st.integers(0, 12)), draw(st.integers(0, 12))
        radios, days = draw(st.integers(2, 4)), draw(st.integers(2, 4))
        for number in range(draw(st.integers(3, 12))):
            at_corner = a_loss(
                len(told),
                GRID_M * (east + draw(st.sampled_from([0, 0, 0, -1, 1, 3]))),
                GRID_M * (north + draw(st.sampled_from([0, 0, 0, -1, 1]))),
                radio_id=f"T-{number % radios}",
                last_heard_at=NOON + draw(st.integers(1, days)) * DAY_MS,
            )
            told.append(at_corner)
    return told


def metres(one: Loss, other: Loss) -> float:
    return hypot((one.lon - other.lon) * M_PER_LON, (one.lat - other.lat) * M_PER_LAT)


def by_hand(all_of_them: Sequence[Loss]) -> set[frozenset[str]]:
    """The losses of each place, each compared with each."""
    around = {one: [each for each in all_of_them if metres(one, each) < 75] for one in all_of_them}
    left = [
        one
        for one, near in around.items()
        if len(near) >= 5
        and len({n.radio_id for n in near}) >= 3
        and len({n.day for n in near}) >= 3
    ]
    places = set()
    while left:
        reached = [left.pop()]
        for one in reached:
            touched = [each for each in left if metres(one, each) < TOUCHING_M]
            reached += touched
            left = [each for each in left if each not in touched]
        places.add(frozenset(near.episode_id for one in reached for near in around[one]))
    return places


def ids(places: Sequence[Place]) -> set[frozenset[str]]:
    return {frozenset(each.episode_id for each in place.losses) for place in places}


def features(places: Sequence[Place]) -> list[ProposedFeature]:
    return [proposed(each, [None] * len(each.losses)) for each in places]


@given(bad_weeks())
def test_places_are_those_found_by_hand(signals: list[Signal]) -> None:
    known = losses(*signals)
    assert ids(places_of(known, [])) == by_hand(known)


@given(bad_weeks(), st.randoms(use_true_random=False))
def test_order_makes_no_difference(signals: list[Signal], chance: random.Random) -> None:
    shuffled = chance.sample(signals, len(signals))
    assert features(places_of(losses(*shuffled), [])) == features(places_of(losses(*signals), []))


@given(bad_weeks())
def test_what_is_proposed_is_put_and_then_known(signals: list[Signal]) -> None:
    places = places_of(losses(*signals), [])
    shown = features(places)
    assert len({each["id"] for each in shown}) == len(shown)
    put = []
    for place, each in zip(places, shown, strict=True):
        area = shapely.geometry.shape(each["geometry"])
        assert all(area.contains(shapely.Point(loss.lon, loss.lat)) for loss in place.losses)
        put.append(to_message(Feature.model_validate(each), each["id"], by="a", now=NOON))
    assert places_of(losses(*signals), put) == []
