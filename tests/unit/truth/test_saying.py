"""What each way of counting says of days that can be counted by hand."""

from __future__ import annotations

import numpy as np
import pytest

from tests.truth import rivals
from tests.truth.figures import Said, day_of, figures, say
from tests.truth.gps import Track
from tests.truth.minutes import Bounds, minutes_of
from tests.truth.shapes import shape_of
from tests.truth.worlds import Cell, Worlds

SQUARE = shape_of("square", [[(-75, -75), (75, -75), (75, 75), (-75, 75)]])


def seen(*east_m: float, every_s: int = 60, accuracy_m: float = 10.0) -> Track:
    """Fixes one interval apart, on the line from west to east through the middle."""
    count = len(east_m)
    return Track(
        at_s=every_s * np.arange(count),
        east_m=np.array(east_m, dtype=float),
        north_m=np.zeros(count),
        accuracy_m=np.full(count, accuracy_m),
    )


THROUGH = seen(-200, -125, -25, 25, 125, 400)
"""Two fixes inside, two within 200 m of the edge on either side; the last is far."""


def test_counting_gives_each_fix_inside_its_interval() -> None:
    assert rivals.counted(SQUARE, THROUGH, 60) == 120


def test_a_wider_fence_counts_who_stands_outside() -> None:
    assert rivals.fenced(SQUARE, THROUGH, 60) == 5 * 60


def test_straight_lines_count_the_way_between_the_edges() -> None:
    # From -125 m to -25 m in 60 s half of the way is inside, then 60 s, then half again.
    assert rivals.straight(SQUARE, THROUGH) == pytest.approx(120, abs=2)


def test_stepsix_halves_the_gaps_in_which_the_edge_was_crossed() -> None:
    # 30 s + 60 s + 30 s; two crossings in gaps of 60 s: 1.645 x sqrt(2 x 60^2 / 12) = 40.3 s.
    said = minutes_of(SQUARE, THROUGH, 60, 3600)
    assert said.estimate == 120
    assert said.low == pytest.approx(120 - 40.3, abs=0.1)
    assert said.high == pytest.approx(120 + 40.3, abs=0.1)


def test_a_vague_fix_neither_enters_nor_leaves() -> None:
    fixes = THROUGH._replace(accuracy_m=np.array([10, 10, 10, 1000, 10, 10.0]))
    # Without the fix at 25 m the gap from -25 m to 125 m is 120 s: half of it, and 30 s before.
    assert minutes_of(SQUARE, fixes, 60, 3600).estimate == 90


def test_a_long_gap_is_nobodys() -> None:
    fixes = THROUGH._replace(at_s=np.array([0, 60, 120, 400, 460, 520]))
    assert minutes_of(SQUARE, fixes, 60, 3600).estimate == 30 + 30


def test_a_row_is_the_sum_of_the_days_against_the_truth() -> None:
    row = figures(
        [
            Said(truth=600, own=Bounds(500, 630, 700), counted=300, straight=600, fenced=1800),
            Said(truth=1000, own=Bounds(1010, 1050, 1100), counted=900, straight=1000, fenced=1800),
        ]
    )
    assert row.minutes == 800 / 60
    assert row.bias == pytest.approx(1680 / 1600 - 1)
    assert row.low == pytest.approx(1510 / 1600 - 1)
    assert row.high == pytest.approx(1800 / 1600 - 1)
    assert row.held == 0.5
    assert row.rms == pytest.approx(((30**2 + 50**2) / 2) ** 0.5 / 800)
    assert row.counted == pytest.approx(1200 / 1600 - 1)
    assert row.straight == 0
    assert row.fenced == pytest.approx(1.25)


def test_a_small_cell_comes_out_near_the_truth_and_nearer_than_counting() -> None:
    worlds, cell = Worlds.read(), Cell(60, 20, 30)
    days = [day_of(worlds, world) for world in list(worlds.days())[:8]]
    said = [say(day, cell, worlds.faults) for day in days]
    assert said[0] == say(days[0], cell, worlds.faults)
    row = figures(said)
    assert abs(row.bias) < 0.05
    assert row.held >= 0.75
    assert row.counted < -0.15
    assert row.fenced > 0.15
