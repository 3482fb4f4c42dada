"""The simulated GPS is as wrong as it says."""

from __future__ import annotations

import math

import numpy as np
import pytest

from tests.truth.gps import Track, gauss_markov, track_of
from tests.truth.officer import Path
from tests.truth.shapes import Floats
from tests.truth.worlds import Cell, Faults

HONEST = Faults(missing=0, vague=0, vague_accuracy_m=1000)
STANDING = Path(np.zeros(200_001), np.zeros(200_001))


def track(cell: Cell, faults: Faults = HONEST) -> Track:
    return track_of(STANDING, cell, faults, np.random.default_rng(7))


@pytest.mark.parametrize("keeps", [0.0, math.exp(-5 / 30), math.exp(-5 / 900)])
def test_errors_keep_their_spread_and_so_much_of_themselves(keeps: float) -> None:
    normals: Floats = np.random.default_rng(3).standard_normal((2, 400_000))
    rows = gauss_markov(keeps, normals)
    assert rows.std() == pytest.approx(1, abs=0.08)
    assert np.mean(rows[:, :-1] * rows[:, 1:]) / rows.var() == pytest.approx(keeps, abs=0.01)
    assert abs(float(np.mean(rows[0] * rows[1]))) < 0.15


def test_the_claimed_radius_holds_68_percent_of_the_fixes() -> None:
    fixes = track(Cell(5, 20, 0))
    off = np.hypot(fixes.east_m, fixes.north_m)
    assert np.mean(off <= fixes.accuracy_m) == pytest.approx(0.68, abs=0.01)


def test_a_canyon_pushes_one_way_and_the_claim_knows_nothing_of_it() -> None:
    fixes, free = track(Cell(5, 20, 0, 30)), track(Cell(5, 20, 0))
    pushed = math.hypot(float(fixes.east_m.mean()), float(fixes.north_m.mean()))
    assert pushed == pytest.approx(30, abs=1)
    assert fixes.accuracy_m[0] == free.accuracy_m[0]


def test_fixes_come_at_the_refresh_rate_and_some_are_missing_or_vague() -> None:
    fixes = track(Cell(5, 5, 30), Faults(missing=0.03, vague=0.02, vague_accuracy_m=1000))
    due = 200_000 // 5 + 1
    assert len(fixes.at_s) / due == pytest.approx(0.97, abs=0.005)
    assert set((fixes.at_s % 5).tolist()) == {0}
    vague = fixes.accuracy_m == 1000
    assert vague.mean() == pytest.approx(0.02, abs=0.004)
    off = np.hypot(fixes.east_m, fixes.north_m)
    assert np.mean(off[vague] <= 1000) == pytest.approx(0.68, abs=0.06)
    assert off[~vague].max() < 50
