from datetime import datetime, time

import pytest

from services.ingest.duties import RosterDuty
from services.ingest.plans import NewPlan
from services.simulator.planning import plans
from services.simulator.roster import FIRST_DUTY, duties
from services.simulator.shifts import shift_at, shift_of
from services.simulator.tasking import CONTROL, PATROLLED

BEGAN = 1_780_000_000_000
HOUR_MS = 3_600_000


@pytest.mark.parametrize(("hours", "number"), [(0, 0), (7.9, 0), (8, 1), (23.99, 2), (24, 3)])
def test_shifts_of_eight_hours_follow_each_other(hours: float, number: int) -> None:
    shift = shift_at(BEGAN + round(hours * HOUR_MS), BEGAN)
    assert shift == shift_of(number, BEGAN)
    assert shift.since == BEGAN + number * 8 * HOUR_MS
    assert shift.until == shift.since + 7.75 * HOUR_MS
    assert shift.over == shift_of(number + 1, BEGAN).since


def test_a_roster_is_as_ingest_takes_it() -> None:
    roster = duties(shift_of(0, BEGAN), 12)
    taken = [RosterDuty.model_validate(duty) for duty in roster]
    assert taken[0].duty_id == FIRST_DUTY
    assert {(duty.since, duty.until) for duty in taken} == {
        (BEGAN, BEGAN + round(7.75 * HOUR_MS)),
    }
    assert len({duty.radio_id for duty in taken}) == 12
    assert taken[-1].mode == "vehicle"
    assert {duty.role for duty in taken} == {"pc", "pcso", "special"}


def test_three_reliefs_take_turns_and_each_has_officers_of_its_own() -> None:
    rosters = [duties(shift_of(number, BEGAN), 12) for number in range(4)]
    assert [roster[0]["team"] for roster in rosters] == ["Red", "Blue", "Green", "Red"]
    officers = [{each for duty in roster for each in duty["officer_ids"]} for roster in rosters]
    assert len(officers[0] | officers[1] | officers[2]) == 36
    assert officers[3] == officers[0]
    ids = [duty["duty_id"] for roster in rosters for duty in roster]
    assert len(set(ids)) == 48


def test_a_roster_allocates_every_hot_spot_but_the_control_place() -> None:
    found = {each for duty in duties(shift_of(1, BEGAN), 12) for each in duty["hotspot_ids"]}
    assert found == set(PATROLLED)
    assert CONTROL not in found


def test_every_hot_spot_has_a_plan_from_when_the_day_begins() -> None:
    drawn = {plan["hotspot_id"]: plan for plan in plans(time(20), BEGAN)}
    assert set(drawn) == {*PATROLLED, CONTROL}
    assert drawn["market-square"]["windows"] == [
        {"from": "20:20", "to": "22:20", "patrols": 2},
        {"from": "22:20", "to": "00:30", "patrols": 2},
    ]
    assert drawn[CONTROL]["arm"] == "control"
    assert drawn[CONTROL]["windows"] == []
    assert {plan["arm"] for plan in drawn.values() if plan["windows"]} == {"treatment"}


@pytest.mark.parametrize("starts", [time(0), time(20)])
def test_plans_are_as_ingest_takes_them(starts: time) -> None:
    for body in plans(starts, BEGAN):
        plan = NewPlan.model_validate({key: body[key] for key in body if key != "plan_id"})
        assert plan.effective_from == BEGAN


@pytest.mark.parametrize("hotspot_id", PATROLLED)
def test_no_two_windows_of_a_plan_overlap(hotspot_id: str) -> None:
    [plan] = [each for each in plans(time(0), BEGAN) if each["hotspot_id"] == hotspot_id]
    clocks = [each[end] for each in plan["windows"] for end in ("from", "to")]
    assert clocks == sorted(clocks)
    assert all(datetime.strptime(clock, "%H:%M") for clock in clocks)  # noqa: DTZ007 - a clock
