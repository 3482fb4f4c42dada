"""Where the time of a duty went."""

from __future__ import annotations

import pytest

from services.contracts.derived import Timesheet
from services.contracts.reference import Duty
from services.metrics.duties import duty_time
from services.metrics.timesheets import Timesheets
from tests.support.derived import DAY_MS, HOUR_MS, MINUTE_MS, NOON, a_settlement, a_timesheet

DUTY = Duty(
    duty_id="d-1",
    radio_id="T-1",
    since=NOON,
    until=NOON + 8 * HOUR_MS,
    officer_ids=["P1"],
    effective_from=NOON,
    changed_by="test",
)
NEXT = a_timesheet(since=NOON + HOUR_MS)


def part(since_minutes: int, until_minutes: int, inside_minutes: int) -> Timesheet:
    """A sheet cut short, its rest outside."""
    length = until_minutes - since_minutes
    return a_timesheet(
        since=NOON + since_minutes * MINUTE_MS,
        until=NOON + until_minutes * MINUTE_MS,
        inside_ms=inside_minutes * MINUTE_MS,
        outside_ms=(length - inside_minutes) * MINUTE_MS,
        unknown_ms=0,
    )


@pytest.mark.parametrize(
    ("sheets", "now_minutes", "minutes"),
    [
        pytest.param([], -60, (0, 0, 0, 0), id="not begun"),
        pytest.param([], 0, (0, 0, 0, 0), id="begins now"),
        pytest.param([], 90, (90, 0, 0, 90), id="never heard"),
        pytest.param([], 9000, (480, 0, 0, 480), id="over and never heard"),
        pytest.param([a_timesheet()], 60, (60, 10, 45, 5), id="one hour"),
        pytest.param([a_timesheet(), NEXT], 130, (130, 20, 90, 20), id="not accounted for yet"),
        pytest.param([a_timesheet("T-2")], 60, (60, 0, 0, 60), id="another radio's"),
        pytest.param([part(-60, 0, 9)], 60, (60, 0, 0, 60), id="before the duty"),
        pytest.param([part(-30, 30, 9)], 60, (60, 0, 0, 60), id="not cut where the duty begins"),
        pytest.param([part(450, 490, 9)], 600, (480, 0, 0, 480), id="not cut where it ends"),
        pytest.param([part(450, 480, 9)], 600, (480, 9, 21, 450), id="cut where it ends"),
        pytest.param([part(0, 31, 9)], 30, (31, 9, 22, 0), id="the engine's clock leads"),
    ],
)
def test_inside_outside_and_unknown(
    sheets: list[Timesheet], now_minutes: int, minutes: tuple[int, ...]
) -> None:
    timesheets = Timesheets()
    for sheet in sheets:
        timesheets.apply(0, sheet)
    time = duty_time(DUTY, 0, timesheets, NOON + now_minutes * MINUTE_MS)
    assert time == (*(each * MINUTE_MS for each in minutes), False)


@pytest.mark.parametrize(
    ("settled_from", "settled"),
    [
        ((), False),
        ((NOON,), True),
        ((NOON + 1,), False),
        ((NOON - DAY_MS,), False),
        ((NOON + HOUR_MS, NOON + HOUR_MS - DAY_MS), True),
        ((NOON + HOUR_MS, NOON + HOUR_MS - DAY_MS - 1), False),
    ],
)
def test_a_duty_is_final_once_all_its_days_are(
    settled_from: tuple[int, ...], *, settled: bool
) -> None:
    timesheets = Timesheets()
    for since in settled_from:
        timesheets.settle(3, a_settlement(3, since=since))
    assert duty_time(DUTY, 3, timesheets, NOON).settled == settled
    assert not duty_time(DUTY, 4, timesheets, NOON).settled
