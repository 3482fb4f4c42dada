"""How often a radio is heard."""

from __future__ import annotations

import pytest

from services.metrics.intervals import Intervals, usual_of


def heard(*seconds: float) -> Intervals:
    intervals = Intervals()
    for second in seconds:
        intervals.hear(round(second * 1000))
    return intervals


@pytest.mark.parametrize(
    ("seconds", "usual"),
    [
        ((), None),
        ((0, 5, 10), None),
        ((0, 5, 10, 15), 5),
        ((0, 5, 10, 15, 900), 5),
        ((0, 5, 10, 70, 130), 32.5),
        ((0, 5, 10, 10, 10), None),
        ((0, 5, 10, 3, 15), 5),
        ((0, 60, 120, *range(125, 225, 5)), 5),
        (range(0, 3000, 60), 60),
        ((*range(0, 6000, 60), *range(6000, 6055, 5)), 32.5),
    ],
)
def test_the_median_of_the_last_twenty(seconds: tuple[float, ...], usual: float | None) -> None:
    assert heard(*seconds).usual_s == usual


def test_of_several_radios_each_counts_once() -> None:
    often, seldom, new = heard(*range(0, 100, 5)), heard(0, 60, 120, 180), heard(0)
    assert usual_of([often, seldom, new]) == 32.5
    assert usual_of([new]) is None
