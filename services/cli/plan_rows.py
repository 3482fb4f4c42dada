"""A force's plans as a CSV file: one window a row, and all rows of one plan_id make one plan.

What is said of the plan as a whole may stand in each of its rows or only in the first; two rows
may not say different things of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from services.cli.cells import (
    Meaning,
    clock,
    dates,
    moment,
    number,
    text,
    weekdays,
    whole_number,
    word,
)
from services.cli.csv_rows import Row
from services.cli.entries import Entry, Fault, check_width, meant
from services.contracts.days import Days

_WHOLE: dict[str, Meaning] = {
    "hotspot_id": text,
    "weekdays": weekdays,
    "dates": dates,
    "low": number,
    "high": number,
    "minutes_per_day": number,
    "slack_minutes": number,
    "judge_by": word,
    "min_gap_minutes": number,
    "ring": word,
    "arm": word,
    "effective_from": moment,
    "effective_to": moment,
}
_WINDOW: dict[str, Meaning] = {"from": clock, "to": clock, "patrols": whole_number}
_FIELDS = {"low": "minutes_each.low", "high": "minutes_each.high"}
COLUMNS = ("plan_id", *_WHOLE, *_WINDOW)
NEEDED = ("plan_id", "hotspot_id", "low", "high")


def plans_of(rows: Sequence[Row], days: Days) -> list[Entry]:
    """The plans of a file, in the order of their first rows."""
    by_id: dict[str, list[Row]] = {}
    unnamed = []
    for row in rows:
        if plan_id := row.cells.get("plan_id"):
            by_id.setdefault(plan_id, []).append(row)
        else:
            words = "give each row the id of its plan"
            unnamed.append(Entry("", [row.number], faults=[Fault(row.number, "plan_id", words)]))
    named = [_plan(plan_id, of_plan, days) for plan_id, of_plan in by_id.items()]
    return sorted(named + unnamed, key=lambda entry: entry.rows[0])


def _plan(plan_id: str, rows: list[Row], days: Days) -> Entry:
    entry = Entry(plan_id, [row.number for row in rows])
    said: dict[str, Any] = {}
    windows: list[dict[str, Any]] = []
    for row in rows:
        check_width(row, entry.faults)
        for column, value in meant(row, _WHOLE, days, entry.faults).items():
            _say(entry, said, row.number, column, value)
        if window := meant(row, _WINDOW, days, entry.faults):
            for column in _WINDOW:
                entry.places[f"windows.{len(windows)}.{column}"] = (row.number, column)
            windows.append(window)
    each = {bound: said.pop(bound) for bound in _FIELDS if bound in said}
    entry.body = {"plan_id": plan_id, **said, "minutes_each": each, "windows": windows}
    entry.places.setdefault("windows", (rows[0].number, "from"))
    return entry


def _say(entry: Entry, said: dict[str, Any], row: int, column: str, value: object) -> None:
    """Take what a row says of the plan as a whole, unless another row says something else."""
    name = _FIELDS.get(column, column)
    if column not in said:
        said[column] = value
        entry.places[name] = (row, column)
    elif said[column] != value:
        before = entry.places[name][0]
        words = f"row {before} of the plan says something else; say the same, or leave it empty"
        entry.faults.append(Fault(row, column, words))
