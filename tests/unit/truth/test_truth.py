"""What is truly inside, and where officers truly go."""

from __future__ import annotations

import numpy as np
import pytest

from tests.truth.figures import true_seconds
from tests.truth.officer import Path, path_of
from tests.truth.shapes import Shape, shape_of
from tests.truth.worlds import World

SQUARE = shape_of("square", [[(-75, -75), (75, -75), (75, 75), (-75, 75)]])
HOLED = shape_of(
    "holed",
    [
        [(-100, -100), (100, -100), (100, 100), (-100, 100)],
        [(-35, -35), (35, -35), (35, 35), (-35, 35)],
    ],
)


def eastwards(north_m: float) -> Path:
    """From 200 m west to 200 m east of the middle at 1 m/s, half a metre off the full metres."""
    east_m = np.arange(-200.5, 200.5)
    return Path(east_m, np.full(len(east_m), north_m))


@pytest.mark.parametrize(
    ("shape", "north_m", "seconds"),
    [
        (SQUARE, 0, 150),
        (SQUARE, 80, 0),
        (HOLED, 0, 200 - 70),
        (HOLED, 50, 200),
    ],
    ids=["through", "past", "through the hole", "past the hole"],
)
def test_a_walk_counts_its_seconds_on_the_ground(
    shape: Shape, north_m: float, seconds: float
) -> None:
    assert true_seconds(shape, eastwards(north_m)) == seconds


def test_a_wider_fence_fills_the_hole() -> None:
    east_m, north_m = np.array([0.0, 290.0, 310.0]), np.zeros(3)
    assert HOLED.within(200, east_m, north_m).tolist() == [True, True, False]
    assert HOLED.holds(east_m, north_m).tolist() == [False, False, False]


def test_as_a_force_draws_it_each_ring_is_closed() -> None:
    rings = HOLED.geometry()["coordinates"]
    assert [len(ring) for ring in rings] == [5, 5]
    assert all(ring[0] == ring[-1] for ring in rings)


@pytest.mark.parametrize("shape", [SQUARE, HOLED])
@pytest.mark.parametrize("speed_mps", [1.3, 9.0])
def test_an_officer_on_patrol_stays_on_the_ground_and_goes_round_it(
    shape: Shape, speed_mps: float
) -> None:
    path = path_of(World(1, shape, speed_mps), {"patrol": 1.0}, 7200)
    moved = np.hypot(np.diff(path.east_m), np.diff(path.north_m))
    assert moved.max() <= speed_mps + 1e-6
    there = shape.holds(path.east_m, path.north_m)
    on_patrol = slice(int(there.argmax()), int(there.argmax()) + 600)
    assert there[on_patrol].all()
    assert np.ptp(path.east_m[there]) > 100
    assert np.ptp(path.north_m[there]) > 100
    assert (moved == 0).mean() > 0.2


def test_one_who_wanders_stays_within_the_streets() -> None:
    path = path_of(World(1, SQUARE, 1.3), {"wander": 1.0}, 28_800)
    far = np.hypot(path.east_m, path.north_m)
    assert far.max() <= 600 + 1
    assert far.max() > 400


def test_the_same_seed_gives_the_same_day_and_another_another() -> None:
    doings = {"patrol": 0.5, "pass_through": 0.5}
    one, same, other = (path_of(World(seed, SQUARE, 4.0), doings, 3600) for seed in (1, 1, 2))
    assert np.array_equal(one.east_m, same.east_m)
    assert not np.array_equal(one.east_m, other.east_m)
