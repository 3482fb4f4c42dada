"""Plans as the API has them, and as the log has them: what a plan must be by itself."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from services.contracts.reference import MinutesEach, Plan, Window
from services.ingest import plans

NOW = 1_780_000_000_000
NIGHT = {"from": "22:00", "to": "02:00", "patrols": 2}
NOON = {"from": "12:00", "to": "13:00", "patrols": 1}


def said(**fields: object) -> dict[str, Any]:
    return {
        "hotspot_id": "market",
        "weekdays": ["fri", "sat"],
        "windows": [NIGHT],
        "minutes_each": {"low": 10, "high": 16},
        **fields,
    }


def test_a_plan_becomes_a_message_and_back() -> None:
    full = said(
        weekdays=[],
        dates=["2026-06-01"],
        minutes_per_day=30,
        slack_minutes=5,
        judge_by="both",
        min_gap_minutes=20,
        ring="catchment",
        effective_from="2026-06-01T00:00:00+01:00",
        effective_to="2026-07-01T00:00:00+01:00",
    )
    message = plans.to_message(plans.NewPlan.model_validate(full), "p-1", "t1", NOW)
    assert message == Plan(
        plan_id="p-1",
        hotspot_id="market",
        windows=[Window(since="22:00", until="02:00", patrols=2)],
        minutes_each=MinutesEach(low=10, high=16),
        minutes_per_day=30,
        effective_from=1_780_268_400_000,
        effective_to=1_782_860_400_000,
        changed_by="t1",
        dates=["2026-06-01"],
        slack_minutes=5,
        judge_by="both",
        min_gap_minutes=20,
        ring="catchment",
    )
    assert plans.to_held(7, message).model_dump(by_alias=True) == {
        **full,
        "arm": "treatment",
        "effective_from": "2026-05-31T23:00:00.000Z",
        "effective_to": "2026-06-30T23:00:00.000Z",
        "plan_id": "p-1",
        "version": 7,
        "changed_by": "t1",
    }


def test_what_a_plan_leaves_out() -> None:
    message = plans.to_message(plans.NewPlan.model_validate(said()), "p-1", "t1", NOW)
    assert (message.effective_from, message.effective_to) == (NOW, None)
    assert message.minutes_per_day == 20  # two patrols of the low minutes
    assert (message.slack_minutes, message.min_gap_minutes) == (10, 30)
    assert (message.judge_by, message.ring, message.arm) == ("patrols", "core", "treatment")


@pytest.mark.parametrize(
    "change",
    [
        {"minutes_per_day": 32},  # just what two patrols of 16 min reach
        {"windows": [], "judge_by": "minutes", "minutes_per_day": 30},
        {"windows": [], "arm": "control"},
        {"windows": [], "arm": "control", "minutes_per_day": 0, "judge_by": "minutes"},
        {"windows": [NIGHT, NOON]},
        {"minutes_each": {"low": 10, "high": 10}},
        # 6 x 10 + 5 x 40 = 260 min: the four hours and both slacks, to the minute.
        {"windows": [NIGHT | {"patrols": 6}], "min_gap_minutes": 40},
        {"effective_to": None, "minutes_per_day": None},
        {"windows": [NOON | {"from": "23:00", "to": "00:00"}]},
    ],
)
def test_a_plan_in_order(change: dict[str, Any]) -> None:
    plans.NewPlan.model_validate(said(**change))


@pytest.mark.parametrize(
    ("change", "place", "words"),
    [
        ({"hotspot_id": "the market"}, "hotspot_id", "should match pattern"),
        ({"weekdays": ["fry"]}, "weekdays.0", "'mon', 'tue', 'wed'"),
        ({"weekdays": ["fri", "fri"]}, "weekdays", "fri is named twice; name each once"),
        ({"weekdays": []}, "dates", "weekdays, such as mon, or dates"),
        ({"dates": ["2026-06-01"]}, "dates", "weekdays are given too; put the dates as a plan"),
        ({"weekdays": [], "dates": ["2026-06-31"]}, "dates.0", "such as 2026-06-01"),
        ({"weekdays": [], "dates": ["20260601"]}, "dates.0", "such as 2026-06-01"),
        ({"weekdays": [], "dates": ["1999-06-01"]}, "dates.0", "the years 2000 to 2999"),
        ({"weekdays": [], "dates": ["2026-06-01"] * 2}, "dates", "2026-06-01 is named twice"),
        (
            {"minutes_each": {"low": 17, "high": 16}},
            "minutes_each.high",
            "under low, 17 min; raise",
        ),
        ({"minutes_each": {"low": 0, "high": 16}}, "minutes_each.low", "greater than 0"),
        ({"minutes_each": {"low": "10", "high": 16}}, "minutes_each.low", "valid number"),
        ({"windows": [NOON | {"from": "12.00"}]}, "windows.0.from", "as hh:mm, such as 22:00"),
        ({"windows": [NOON | {"to": "24:00"}]}, "windows.0.to", "midnight is 00:00"),
        ({"windows": [NIGHT, NOON | {"to": "12:00"}]}, "windows.1.to", "no length; end it later"),
        ({"windows": [NOON | {"patrols": 0}]}, "windows.0.patrols", "greater than or equal to 1"),
        ({"windows": [NOON | {"patrols": 1.5}]}, "windows.0.patrols", "valid integer"),
        ({"windows": [NOON | {"since": "12:00"}]}, "windows.0.since", "not permitted"),
        (
            {"windows": [NIGHT | {"patrols": 6}], "min_gap_minutes": 40.5},
            "windows",
            (
                "22:00 to 02:00 has 260 min with its slack, and 6 patrols of 10 min with 40.5 min "
                "between them take 262.5; plan fewer"
            ),
        ),
        ({"windows": []}, "windows", "judged by patrols needs windows"),
        ({"windows": [], "judge_by": "both"}, "windows", "judged by patrols needs windows"),
        (
            {"minutes_per_day": 33},
            "minutes_per_day",
            "2 patrols of 16 min at most reach 32 min, not",
        ),
        ({"judge_by": "minutes"}, "minutes_per_day", "judged by minutes needs them"),
        ({"judge_by": "both", "minutes_per_day": 0}, "minutes_per_day", "needs them; give those"),
        ({"judge_by": "hours"}, "judge_by", "'patrols', 'minutes' or 'both'"),
        ({"slack_minutes": -1}, "slack_minutes", "greater than or equal to 0"),
        ({"slack_minutes": float("inf")}, "slack_minutes", "finite number"),
        ({"ring": "outer"}, "ring", "'core' or 'catchment'"),
        ({"arm": "both"}, "arm", "'treatment' or 'control'"),
        ({"effective_from": "2026-06-01T00:00:00"}, "effective_from", "has no offset"),
        ({"plan_id": "p-1"}, "plan_id", "not permitted"),
    ],
)
def test_a_wrong_plan_says_where_and_why(change: dict[str, Any], place: str, words: str) -> None:
    with pytest.raises(ValidationError) as error:
        plans.NewPlan.model_validate(said(**change))
    first = error.value.errors()[0]
    assert ".".join(str(part) for part in first["loc"]) == place
    assert words in first["msg"]


def test_one_mistake_is_told_once() -> None:
    wrong = said(weekdays=["fry"], minutes_each={"low": 17, "high": 16})
    with pytest.raises(ValidationError) as error:
        plans.NewPlan.model_validate(wrong)
    places = [each["loc"] for each in error.value.errors()]
    assert places == [("weekdays", 0), ("minutes_each", "high")]


@pytest.mark.parametrize("field", ["hotspot_id", "minutes_each"])
def test_what_a_plan_needs(field: str) -> None:
    lacking = said()
    del lacking[field]
    with pytest.raises(ValidationError) as error:
        plans.NewPlan.model_validate(lacking)
    assert [(each["loc"], each["type"]) for each in error.value.errors()] == [((field,), "missing")]
