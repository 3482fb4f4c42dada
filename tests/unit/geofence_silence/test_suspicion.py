"""When silence is laid at a source's door, and who said beforehand that it would not be heard."""

from __future__ import annotations

import pytest

from services.geofence.silence.patience import Patience
from services.geofence.silence.sources import Source
from tests.support.listening import Quiet, saying
from tests.support.square import fix, presence

PATIENCE = Patience(interval=60_000, silence=180_000)


@pytest.mark.parametrize(
    ("pauses_s", "suspected_after_s"),
    [
        ([], 90),  # nothing is known of it yet
        ([1, 1, 1], 15),  # one that is heard each second, but never before 15 s
        ([1, 10, 1], 37.524),  # 4 x 10 s, a sixteenth of it forgotten since
        ([60, 60], 90),  # never later than half of what makes it silent
    ],
)
def test_a_source_is_suspected_after_four_of_its_longest_pauses(
    pauses_s: list[int], suspected_after_s: float
) -> None:
    source, time = Source(0, 0, 5), 0
    for pause in pauses_s:
        time += pause * 1000
        source.hear(time, time, PATIENCE)
    assert source.suspicion(PATIENCE) == pytest.approx(suspected_after_s * 1000, abs=30)


def test_who_is_about_to_be_lost_is_not_told_to_have_no_position() -> None:
    flat = [saying(presence(second), battery_pct=2.0) for second in range(61, 260, 30)]
    [lost] = Quiet().until(600, fix(1, 0), *flat)
    assert (lost.type, lost.cause, lost.reason) == ("lost", "explained", "low_battery")
