"""Duties and rosters as the API has them, and as the log has them."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from services.contracts.reference import Duty
from services.ingest import duties
from services.ingest.each_by_itself import check

NOW = 1_780_000_000_000
NOW_TEXT = "2026-05-28T20:26:40.000Z"
HOUR = 3_600_000


def said(**fields: object) -> dict[str, Any]:
    return {
        "radio_id": "R1",
        "officer_ids": ["P1", "P2"],
        "from": "2026-06-01T22:00:00+01:00",
        "to": "2026-06-02T06:00:00+01:00",
        **fields,
    }


def test_a_duty_becomes_a_message_and_back() -> None:
    full = said(
        call_sign=" GM-12 ", role="pcso", mode="cycle", team="B", hotspot_ids=["hs-1", "hs-2"]
    )
    message = duties.to_message(duties.NewDuty.model_validate(full), "d-1", "t1", NOW)
    assert message == Duty(
        duty_id="d-1",
        radio_id="R1",
        since=1_780_347_600_000,
        until=1_780_376_400_000,
        officer_ids=["P1", "P2"],
        effective_from=NOW,
        changed_by="t1",
        call_sign="GM-12",
        role="pcso",
        mode="cycle",
        team="B",
        hotspot_ids=["hs-1", "hs-2"],
    )
    assert duties.to_held(7, message).model_dump(by_alias=True) == {
        "duty_id": "d-1",
        "radio_id": "R1",
        "from": "2026-06-01T21:00:00.000Z",
        "to": "2026-06-02T05:00:00.000Z",
        "officer_ids": ["P1", "P2"],
        "call_sign": "GM-12",
        "role": "pcso",
        "mode": "cycle",
        "team": "B",
        "hotspot_ids": ["hs-1", "hs-2"],
        "effective_from": NOW_TEXT,
        "version": 7,
        "changed_by": "t1",
    }


@pytest.mark.parametrize("length", [1, 24 * HOUR])
def test_the_shortest_and_the_longest_duty(length: int) -> None:
    taken = duties.NewDuty.model_validate(said(**{"from": NOW, "to": NOW + length}))
    assert taken.until - taken.since == length


@pytest.mark.parametrize(
    ("change", "place", "words"),
    [
        ({"radio_id": "R 1"}, "radio_id", "should match pattern"),
        ({"radio_id": "R1\n"}, "radio_id", "should match pattern"),
        ({"radio_id": 5}, "radio_id", "valid string"),
        ({"officer_ids": []}, "officer_ids", "at least 1 item"),
        ({"officer_ids": [f"P{n}" for n in range(11)]}, "officer_ids", "at most 10 items"),
        ({"officer_ids": ["P1", "P 2"]}, "officer_ids.1", "should match pattern"),
        ({"officer_ids": ["P1", "P2", "P1"]}, "officer_ids", "P1 is named twice; name each once"),
        ({"officer_ids": "P1"}, "officer_ids", "valid list"),
        ({"hotspot_ids": [""]}, "hotspot_ids.0", "should match pattern"),
        ({"hotspot_ids": ["a", "a"]}, "hotspot_ids", "a is named twice"),
        ({"hotspot_ids": ["a"] * 101}, "hotspot_ids", "at most 100 items"),
        ({"role": "sergeant"}, "role", "'pc', 'pcso' or 'special'"),
        ({"mode": "horse"}, "mode", "'foot', 'cycle' or 'vehicle'"),
        ({"team": " "}, "team", "at least 1 character"),
        ({"since": NOW}, "since", "Extra inputs are not permitted"),
        ({"duty_id": "d-1"}, "duty_id", "Extra inputs are not permitted"),
        ({"from": "2026-06-01T22:00:00"}, "from", "has no offset"),
        ({"from": NOW // 1000}, "from", "lies before 2000; give milliseconds, not seconds"),
        (
            {"from": NOW, "to": NOW},
            "to",
            "to must come after from, 2026-05-28T20:26:40.000Z",
        ),
        ({"from": NOW, "to": NOW - 1}, "to", "to must come after from"),
        (
            {"from": NOW, "to": NOW + 24 * HOUR + 1},
            "to",
            "a duty lasts at most 24 h: check both dates",
        ),
        ({"from": NOW, "to": NOW + 32 * HOUR}, "to", "the duty lasts 32.0 h"),
    ],
)
def test_a_wrong_duty_says_where_and_why(change: dict[str, Any], place: str, words: str) -> None:
    with pytest.raises(ValidationError) as error:
        duties.NewDuty.model_validate(said(**change))
    [first] = error.value.errors()
    assert ".".join(str(part) for part in first["loc"]) == place
    assert words in first["msg"]


@pytest.mark.parametrize("field", ["radio_id", "officer_ids", "from", "to"])
def test_what_a_duty_needs(field: str) -> None:
    lacking = said()
    del lacking[field]
    with pytest.raises(ValidationError) as error:
        duties.NewDuty.model_validate(lacking)
    assert [(each["loc"], each["type"]) for each in error.value.errors()] == [((field,), "missing")]


def test_each_duty_of_a_roster_is_judged_by_itself() -> None:
    checked = check(
        [
            said(duty_id="a", role="chief"),
            said(duty_id="a"),
            said(),
            said(duty_id="a", team="C"),
            said(duty_id="b d"),
            [1],
            said(duty_id="b"),
            said(duty_id="c", **{"\ud800": 1}),
            said(duty_id="\ud800"),
        ],
        duties.RosterDuty,
        "duty_id",
    )
    assert [(each.place, each.id_, each.item.team) for each in checked.in_order] == [
        (1, "a", None),
        (6, "b", None),
    ]
    assert [(each.place, each.id_, each.field) for each in checked.rejected] == [
        (0, "a", "role"),
        (2, None, "duty_id"),
        (3, "a", "duty_id"),
        (4, None, "duty_id"),
        (5, None, ""),
        (7, "c", ""),
        (8, None, "duty_id"),
    ]
    assert checked.rejected[2].message.endswith("has the same; give each its own")
    assert all(each.message.encode() for each in checked.rejected)
