"""From rows to plans and duties: what belongs together, and where a fault stands."""

from __future__ import annotations

from datetime import time
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from services.cli.csv_rows import Row
from services.cli.duty_rows import duties_of
from services.cli.entries import Entry
from services.cli.plan_rows import plans_of
from services.contracts.days import Days

DAYS = Days(ZoneInfo("Europe/London"), time(0))


def row(number: int, **cells: str) -> Row:
    return Row(number, cells, has_more=False)


WHOLE = {"hotspot_id": "market", "weekdays": "fri sat", "low": "10", "high": "16"}
LATE = {"from": "22:00", "to": "2:00", "patrols": "2"}
DIFFERS = "row 3, weekdays: row 2 of the plan says something else; say the same, or leave it empty"
TOO_WIDE = "row 2: more cells than the first line names; put a cell that holds a comma in quotes"
NOON = {"from": "12:00", "to": "13:00", "patrols": "1"}


def told(entries: list[Entry]) -> list[list[str]]:
    return [[str(fault) for fault in entry.faults] for entry in entries]


def test_the_rows_of_a_plan_make_one_plan() -> None:
    rows = [
        row(2, plan_id="a", **WHOLE, **LATE, effective_from="2026-06-01"),
        row(3, plan_id="b", **WHOLE, judge_by="Minutes", minutes_per_day="30.5"),
        row(5, plan_id="a", **NOON),
        row(6, plan_id="a", **WHOLE, **{**NOON, "from": "15:00", "to": "16:00"}),
    ]
    first, second = plans_of(rows, DAYS)
    assert (first.rows, first.faults, second.rows, second.faults) == ([2, 5, 6], [], [3], [])
    usual: dict[str, Any] = {
        "hotspot_id": "market",
        "weekdays": ["fri", "sat"],
        "minutes_each": {"low": 10, "high": 16},
    }
    assert first.body == {
        **usual,
        "plan_id": "a",
        "effective_from": 1_780_268_400_000,
        "windows": [
            {"from": "22:00", "to": "02:00", "patrols": 2},
            {"from": "12:00", "to": "13:00", "patrols": 1},
            {"from": "15:00", "to": "16:00", "patrols": 1},
        ],
    }
    assert second.body == {
        **usual,
        "plan_id": "b",
        "judge_by": "minutes",
        "minutes_per_day": 30.5,
        "windows": [],
    }


@pytest.mark.parametrize(
    ("rows", "faults"),
    [
        ([row(2, **WHOLE)], [["row 2, plan_id: give each row the id of its plan"]]),
        (
            [row(2, plan_id="a", **WHOLE), row(3, plan_id="a", weekdays="sat")],
            [[DIFFERS]],
        ),
        (
            [row(2, plan_id="a", low="ten", patrols="two"), row(3, plan_id="b", **WHOLE)],
            [
                [
                    "row 2, low: ten is no number; write one such as 10 or 2.5",
                    "row 2, patrols: two is no whole number; write one such as 2",
                ],
                [],
            ],
        ),
        (
            [Row(2, {"plan_id": "a", **WHOLE}, has_more=True)],
            [[TOO_WIDE]],
        ),
    ],
)
def test_rows_that_make_no_plan(rows: list[Row], faults: list[list[str]]) -> None:
    assert told(plans_of(rows, DAYS)) == faults


@pytest.mark.parametrize(
    ("field", "place"),
    [
        ("windows.0.to", "row 2, to"),
        ("windows.1.patrols", "row 5, patrols"),
        ("windows", "row 2, from"),
        ("minutes_each.high", "row 2, high"),
        ("minutes_per_day", "row 5, minutes_per_day"),
        ("weekdays.1", "row 2, weekdays"),
        ("effective_to", "row 2, effective_to"),
        ("", "row 2"),
    ],
)
def test_where_a_fault_that_ingest_found_stands(field: str, place: str) -> None:
    rows = [
        row(2, plan_id="a", **WHOLE, **LATE),
        row(4, plan_id="a"),
        row(5, plan_id="a", minutes_per_day="30", **NOON),
    ]
    [entry] = plans_of(rows, DAYS)
    assert str(entry.fault_at(field, "wrong")) == f"{place}: wrong"


DUTY = {
    "radio_id": "R1",
    "officer_ids": "P1,P2",
    "role": "PC",
    "from": "2026-06-01 22:00",
    "to": "2026-06-02 06:00",
}


def test_each_row_of_a_roster_is_a_duty() -> None:
    [entry] = duties_of([row(2, duty_id="d-1", **DUTY, hotspot_ids="market park")], DAYS)
    assert (entry.id_, entry.rows, entry.faults) == ("d-1", [2], [])
    assert entry.body == {
        "duty_id": "d-1",
        "radio_id": "R1",
        "officer_ids": ["P1", "P2"],
        "role": "pc",
        "from": 1_780_347_600_000,
        "to": 1_780_376_400_000,
        "hotspot_ids": ["market", "park"],
    }
    assert str(entry.fault_at("officer_ids.1", "wrong")) == "row 2, officer_ids: wrong"


def test_rows_that_make_no_duty() -> None:
    rows = [
        row(2, duty_id="d-1", **DUTY),
        row(3, duty_id="d-1", **DUTY),
        row(4, **DUTY),
        row(5, **DUTY),
        row(6, duty_id="d-2", **(DUTY | {"to": "2026-10-25 01:30"})),
    ]
    faults = told(duties_of(rows, DAYS))
    assert faults[:4] == [
        [],
        ["row 3, duty_id: row 2 has the same; give each duty its own"],
        [],  # ingest says that the id is missing
        [],
    ]
    assert faults[4][0].startswith("row 6, to: 2026-10-25 01:30 comes twice in Europe/London")
