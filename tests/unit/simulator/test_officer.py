from itertools import pairwise

import numpy as np
import pytest
import shapely

from services.simulator.officer import CAR, FOOT, PATROL_S, Mode, Officer
from services.simulator.town import Town, build

HOUR_S = 3600
SEEDS = range(6)


def on_duty(seed: int, mode: Mode, number: int) -> tuple[Town, Officer]:
    town = build(seed)
    return town, Officer(town, mode, number, np.random.default_rng([seed, number]))


@pytest.mark.parametrize("mode", [FOOT, CAR], ids=lambda mode: mode.name)
@pytest.mark.parametrize("seed", SEEDS)
def test_an_officer_stays_on_the_streets_and_keeps_to_their_speed(seed: int, mode: Mode) -> None:
    town, officer = on_duty(seed, mode, number=seed)
    streets = shapely.MultiLineString(
        [[town.streets.corners[a], town.streets.corners[b]] for a, b in town.streets.stretches]
    )
    places = []
    for _ in range(HOUR_S):
        officer.step(1)
        places.append(shapely.Point(officer.place))
        assert officer.stretch in {frozenset(stretch) for stretch in town.streets.stretches}
    assert max(shapely.distance(streets, places)) < 1e-6
    strides = [a.distance(b) for a, b in pairwise(places)]
    assert max(strides) <= mode.speed_mps + 1e-6
    assert sum(strides) > 600


@pytest.mark.parametrize("seed", SEEDS)
def test_a_patrol_stays_inside_for_ten_to_twenty_minutes(seed: int) -> None:
    town, officer = on_duty(seed, FOOT, number=1)
    outlines = {hotspot.hotspot_id: hotspot.outline for hotspot in town.hotspots}
    patrolled: list[tuple[str, int]] = []
    before: str | None = None
    for _ in range(4 * HOUR_S):
        officer.step(1)
        now = officer.patrolling
        if now:
            assert outlines[now].covers(shapely.Point(officer.place))
            name, seconds = patrolled.pop() if now == before else (now, 0)
            patrolled.append((name, seconds + 1))
        before = now
    whole = [seconds for _, seconds in patrolled[:-1]]
    assert len(whole) >= 6
    # A patrol ends at the next corner, after a stand at most and half a block.
    assert min(whole) >= PATROL_S[0] - 1
    assert max(whole) <= PATROL_S[1] + FOOT.stand_s[1] + 90
    assert 0.6 < sum(whole) / (4 * HOUR_S) < 0.95
    assert all(a != b for (a, _), (b, _) in pairwise(patrolled))


def test_every_other_officer_begins_inside_a_hot_spot() -> None:
    begun = [on_duty(7, FOOT, number)[1].patrolling for number in range(10)]
    assert set(begun[::2]) == {hotspot.hotspot_id for hotspot in build(7).hotspots}


def test_heading_and_speed_are_those_of_the_walk() -> None:
    _, officer = on_duty(3, FOOT, number=1)
    for _ in range(HOUR_S):
        before, leg = officer.place, officer.stretch
        officer.step(0.5)
        if officer.speed_mps and officer.stretch == leg and officer.place != before:
            east, north = officer.place.x - before.x, officer.place.y - before.y
            assert np.hypot(east, north) == pytest.approx(0.65)
            assert np.degrees(np.arctan2(east, north)) % 360 == pytest.approx(officer.heading_deg)
            break
    else:
        pytest.fail("the officer never walked")
    while officer.speed_mps:
        officer.step(1)
    standing_at = officer.place
    officer.step(1)
    assert officer.place == standing_at
