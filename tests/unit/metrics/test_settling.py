"""Which stretches of a partition are settled."""

from __future__ import annotations

import pytest

from services.metrics.settling import Settling
from tests.support.derived import DAY_MS, NOON, a_settlement

NEXT = NOON + DAY_MS


@pytest.mark.parametrize(
    ("since", "until", "settled"),
    [
        (NOON, NEXT, True),
        (NOON - 1, NEXT, False),
        (NOON, NEXT + DAY_MS, True),
        (NOON, NEXT + DAY_MS + 1, False),
        (NOON + 3 * DAY_MS, NOON + 4 * DAY_MS, True),
        (NEXT, NOON + 4 * DAY_MS, False),
    ],
)
def test_days_that_touch_are_settled_together(since: int, until: int, *, settled: bool) -> None:
    settling = Settling()
    for day in (3, 1, 0):
        settling.announce(2, a_settlement(2, since=NOON + day * DAY_MS))
    assert settling.covers(2, since, until) is settled
    assert not settling.covers(1, since, until)


@pytest.mark.parametrize(
    ("at", "believed"), [(NOON - 1, True), (NOON, False), (NEXT - 1, False), (NEXT, True)]
)
def test_no_live_figure_of_a_settled_day_is_believed(at: int, *, believed: bool) -> None:
    settling = Settling()
    settling.announce(0, a_settlement(since=NOON))
    assert settling.believes(0, at, settled=False) is believed
    assert settling.believes(0, at, settled=True) is not believed
    assert settling.believes(1, at, settled=False)
