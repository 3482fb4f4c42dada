"""Which time is an officer's own."""

from __future__ import annotations

import pytest

from services.contracts.days import Span
from services.metrics.own import is_own
from tests.support.derived import HOUR_MS, NOON
from tests.support.planned import a_duty
from tests.unit.metrics.test_control_places import known


def hours(since: int, until: int) -> Span:
    return Span(NOON + since * HOUR_MS, NOON + until * HOUR_MS)


DUTIES = [
    a_duty(duty_id=f"d-{n}", since=hours(*each).start, until=hours(*each).end, officer_ids=officers)
    for n, (each, officers) in enumerate(
        [((0, 4), ["P-1", "P-2"]), ((4, 6), ["P-1"]), ((6, 8), ["P-2"]), ((9, 10), ["P-1"])]
    )
]


@pytest.mark.parametrize(
    ("officer_id", "radio_id", "stretch", "own"),
    [
        ("P-1", "T-1", hours(0, 4), True),
        ("P-1", "T-1", hours(1, 2), True),
        ("P-1", "T-1", hours(3, 6), True),
        ("P-2", "T-1", hours(0, 4), True),
        ("P-2", "T-1", hours(3, 5), False),
        ("P-1", "T-1", hours(5, 7), False),
        ("P-1", "T-1", hours(-1, 1), False),
        ("P-1", "T-1", hours(5, 10), False),
        ("P-1", "T-1", hours(9, 10), True),
        ("P-1", "T-1", hours(20, 21), False),
        ("P-1", "T-2", hours(0, 4), False),
        ("P-3", "T-1", hours(0, 4), False),
    ],
)
def test_a_stretch_is_own_within_one_s_duties(
    officer_id: str, radio_id: str, stretch: Span, *, own: bool
) -> None:
    register, _ = known(*DUTIES)
    assert is_own(register, officer_id, radio_id, stretch) == own


def test_the_last_version_of_a_duty_counts() -> None:
    register, _ = known(DUTIES[0], a_duty(duty_id="d-0", since=NOON, officer_ids=["P-9"]))
    assert not is_own(register, "P-1", "T-1", hours(0, 4))
    assert is_own(register, "P-9", "T-1", hours(0, 4))
