"""How often, how long and how far apart: by hand."""

from __future__ import annotations

import pytest

from services.metrics.compliance.rhythm import Rhythm, rhythm
from tests.support.beat import Beat
from tests.support.derived import MINUTE_MS


def of(beat: Beat, *days: str) -> Rhythm:
    return rhythm([beat.day(day) for day in days])


def test_patrols_that_count_are_what_it_is_of() -> None:
    beat = Beat()
    beat.visit("A", "20:00", "20:12")
    beat.visit("A", "20:20", "20:40")  # too near to the first
    beat.visit("A", "21:30", "21:34")  # short
    beat.visit("A", "22:12", "22:28")
    beat.visit("A", "tue 08:28", "tue 08:48")
    found = of(beat, "mon", "tue", "wed", "thu")
    assert found.patrols_a_day == 3 / 4
    assert found.patrol_ms == 16 * MINUTE_MS
    # From 20:12 to 22:12 two hours, from there to the next morning ten.
    assert found.gap_ms == 6 * 60 * MINUTE_MS


@pytest.mark.parametrize(("patrols", "length"), [(0, None), (1, 15 * MINUTE_MS)])
def test_without_patrols_there_is_nothing_to_take_a_median_of(
    patrols: int, length: int | None
) -> None:
    beat = Beat()
    for _ in range(patrols):
        beat.visit("A", "20:00", "20:15")
    assert of(beat, "mon", "tue") == Rhythm(patrols / 2, length, None)
