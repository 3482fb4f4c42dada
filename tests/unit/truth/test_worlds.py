"""What the file of worlds comes to."""

from __future__ import annotations

import pytest

from tests.truth.worlds import Cell, Worlds


@pytest.fixture(scope="module")
def worlds() -> Worlds:
    return Worlds.read()


def test_every_seed_is_in_every_shape(worlds: Worlds) -> None:
    days = list(worlds.days())
    assert len(days) == 16 * 4
    assert len({tuple(day.stream) for day in days}) == len(days)
    assert {day.speed_mps for day in days} == {1.3, 4.0, 9.0}


def test_a_row_for_every_combination_and_one_canyon_for_each_refresh_rate(worlds: Worlds) -> None:
    cells = worlds.cells()
    assert len(set(cells)) == 5 * (3 * 3 + 1)
    assert Cell(60, 20, 30, 30) in cells
    assert sum(cell.bias_m > 0 for cell in cells) == 5


def test_who_passes_by_does_the_same_but_for_patrols(worlds: Worlds) -> None:
    doings = worlds.passing().doings
    assert "patrol" not in doings
    assert sum(doings.values()) == pytest.approx(1)
    assert doings["wander"] / doings["stop"] == pytest.approx(0.35 / 0.15)
