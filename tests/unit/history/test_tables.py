"""The files of an analyst: the same rows in both forms, and safe in a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from services.cli.tables import tables_in
from services.contracts.derived import Bounds, RingTimes, Timesheet
from tests.support.derived import HOUR_MS, NOON, a_visit, an_open_visit

HALF = Bounds(low_ms=1_700_500, estimate_ms=1_800_000, high_ms=1_900_000)
SHEET = Timesheet(
    radio_id="T-1",
    since=NOON,
    until=NOON + HOUR_MS,
    inside_ms=1_800_000,
    outside_ms=1_500_000,
    unknown_ms=300_000,
    fixes=40,
    revision=0,
    hotspots={"hs-1": RingTimes(core=HALF, catchment=HALF)},
    set_aside={"vague": 2, "jump": 1},
)


def test_visits_have_the_same_rows_in_both_forms(tmp_path: Path) -> None:
    with tables_in(tmp_path / "new" / "out") as tables:
        tables.write([a_visit("v-1"), an_open_visit("=cmd()")], [])
    said, typed = both(tmp_path / "new" / "out" / "visits")
    assert said[0] == {
        "visit_id": "v-1",
        "radio_id": "T-1",
        "source": "airwave",
        "hotspot_id": "hs-1",
        "hotspot_version": "0",
        "ring": "core",
        "entered_at": "2026-06-01T11:00:00Z",
        "left_at": "2026-06-01T11:10:00Z",
        "seconds": "600.0",
        "seconds_low": "540.0",
        "seconds_high": "660.0",
        "unknown_seconds": "0.0",
        "fixes": "10",
        "state": "closed",
    }
    assert typed[0]["entered_at"] == datetime(2026, 6, 1, 11, tzinfo=UTC)
    assert (typed[0]["seconds"], typed[0]["fixes"]) == (600.0, 10)
    assert said[1]["visit_id"] == "'=cmd()"
    assert typed[1]["visit_id"] == "=cmd()"
    assert (said[1]["left_at"], typed[1]["left_at"]) == ("", None)


def test_a_timesheet_is_a_row_for_the_whole_and_one_for_each_ring(tmp_path: Path) -> None:
    with tables_in(tmp_path) as tables:
        tables.write([], [SHEET])
    said, typed = both(tmp_path / "timesheets")
    assert [(row["hotspot_id"], row["ring"]) for row in said] == [
        ("", ""),
        ("hs-1", "core"),
        ("hs-1", "catchment"),
    ]
    whole, core, _ = typed
    assert [whole[f"{name}_seconds"] for name in ("inside", "outside", "unknown")] == [
        1800.0,
        1500.0,
        300.0,
    ]
    assert (whole["fixes"], whole["set_aside"], whole["seconds"]) == (40, 3, None)
    assert (core["seconds_low"], core["seconds"], core["inside_seconds"]) == (1700.5, 1800.0, None)


def test_more_rows_than_are_written_at_once(tmp_path: Path) -> None:
    with tables_in(tmp_path) as tables:
        tables.write((a_visit(f"v-{number}") for number in range(20_001)), [])
    said, typed = both(tmp_path / "visits")
    assert [row["visit_id"] for row in said] == [row["visit_id"] for row in typed]
    assert len(said) == 20_001


def test_a_run_that_fails_leaves_what_was_there(tmp_path: Path) -> None:
    def half() -> None:
        with tables_in(tmp_path) as tables:
            tables.write([], [SHEET])
        with tables_in(tmp_path):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        half()
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "timesheets.csv",
        "timesheets.parquet",
        "visits.csv",
        "visits.parquet",
    ]
    assert len(both(tmp_path / "timesheets")[0]) == 3


def both(path: Path) -> tuple[list[dict[str, str]], list[Mapping[str, object]]]:
    """The rows of a table as CSV and as Parquet have them."""
    with path.with_suffix(".csv").open(newline="", encoding="utf-8") as file:
        said = list(csv.DictReader(file))
    return said, pq.read_table(path.with_suffix(".parquet")).to_pylist()
