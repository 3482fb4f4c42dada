"""The trail by itself: places, repetitions, forgetting and packing."""

from __future__ import annotations

from itertools import permutations

import pytest

from services.contracts.telemetry import Gps, Presence
from services.geofence import snapshots
from services.geofence.trail import Trail
from services.geofence.unit import Unit
from tests.support.square import at, fix, place

A, B, C = fix(10, 0), fix(20, 1), fix(30, 2)
HEARD = Presence(radio_id="r-1", source="s", received_at=at(50))


def trail_of(*made: Gps) -> Trail:
    trail = Trail()
    for each in made:
        trail.put(each)
    return trail


def times(trail: Trail) -> list[int]:
    return [each.fix_time for each in trail.fixes("r-1", 0)]


def test_a_fix_gets_its_place_by_when_it_was_made() -> None:
    trail = Trail()
    assert [trail.put(each) for each in (B, C, A)] == [0, 1, 0]
    assert times(trail) == [at(10), at(20), at(30)]
    assert (len(trail), trail.newest) == (3, at(30))


@pytest.mark.parametrize("again", [A, B, C])
def test_the_very_same_is_kept_once(again: Gps) -> None:
    trail = trail_of(A, B, C)
    assert trail.put(again) is None
    assert len(trail) == 3


def test_fixes_of_one_time_stand_in_one_order_however_they_came() -> None:
    """The most accurate first; the others follow and repeat it."""
    made = [fix(20, 5, accuracy_m=accuracy_m) for accuracy_m in (5.0, 10.0, 40.0)]
    for order in permutations([*made, A]):
        trail = trail_of(*order)
        kept = trail.fixes("r-1", 0)
        assert [each.accuracy_m for each in kept] == [10.0, 5.0, 10.0, 40.0]
        assert [trail.repeats(which) for which in range(4)] == [False, False, True, True]
        assert [trail.put(each) for each in order] == [None] * 4


def test_a_message_is_repeated_within_five_minutes_of_when_it_was_made() -> None:
    seconds = (0, 300, 300.001, 600, 900.001)
    trail = trail_of(*[fix(second, second, message_id="m-1") for second in seconds])
    # Of each, the one before it that counts: 0, 0, 300, 300, none.
    assert [trail.repeats(which) for which in range(5)] == [False, True, True, True, False]


def test_a_late_original_makes_the_one_that_came_first_the_repetition() -> None:
    trail = trail_of(fix(60, 0, message_id="m-1"))
    assert trail.put(fix(30, 0, message_id="m-1")) == 0
    assert [trail.repeats(0), trail.repeats(1)] == [False, True]


def test_messages_without_an_id_are_not_alike() -> None:
    trail = trail_of(A, B)
    assert not trail.repeats(1)


def test_what_is_forgotten_is_no_longer_known() -> None:
    trail = trail_of(A, B, C)
    trail.forget(at(20))
    assert times(trail) == [at(30)]
    assert trail.newest == at(30)
    assert trail.put(A) == 0


@pytest.mark.parametrize(("second", "first"), [(9, 0), (10, 1), (19.999, 1), (20, 2), (31, 3)])
def test_the_first_fix_after_a_time(second: float, first: int) -> None:
    assert trail_of(A, B, C).after(at(second)) == first


def test_it_knows_the_sources_and_the_places_it_has_seen() -> None:
    trail = trail_of(A, B, C)
    assert trail.has_source("s")
    assert not trail.has_source("another")
    assert trail.box() == (*place(0, 0), *place(2, 0))
    assert Trail().box() is None


def test_a_trail_comes_back_from_a_snapshot_as_it_was() -> None:
    """What is not said is not said afterwards either; a message id is still known."""
    silent = Gps(radio_id="r-1", source="t", lat=1.25, lon=-2.5, fix_time=at(25), received_at=at(9))
    spoken = fix(40, 7, speed_mps=0.0, accuracy_m=0.0, message_id="m-1")
    by_hdop = fix(50, 8, accuracy_m=None, hdop=1.6)
    unit = Unit(radio_id="r-1", source="s", heard_at=at(50), as_of=at(50), offset=3, last=HEARD)
    unit.trail = trail_of(A, silent, spoken, by_hdop)
    again = snapshots.decode(snapshots.encode(unit)).trail

    assert again.packed() == unit.trail.packed()
    assert again.newest == at(50)
    kept = again.fixes("r-1", 1)
    assert [(each.source, each.lat, each.lon) for each in kept[:1]] == [("t", 1.25, -2.5)]
    assert [each.accuracy_m for each in kept] == [None, 0.0, 8.0]
    assert [each.speed_mps for each in kept] == [None, 0.0, None]
    assert again.put(spoken) is None
    at_end = again.put(fix(60, 9, message_id="m-1"))
    assert at_end == 4
    assert again.repeats(at_end)


def test_an_empty_trail_comes_back_empty() -> None:
    unit = Unit(radio_id="r-1", source="s", heard_at=at(0), as_of=at(0), offset=0, last=HEARD)
    again = snapshots.decode(snapshots.encode(unit)).trail
    assert (len(again), again.newest, again.put(A)) == (0, float("-inf"), 0)
