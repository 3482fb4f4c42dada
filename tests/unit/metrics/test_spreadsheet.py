"""Visits and timesheets as CSV."""

from __future__ import annotations

import csv
import io

import pytest

from services.contracts.derived import Timesheet, Visit
from services.metrics.comma_separated import header, lines
from services.metrics.spreadsheet import (
    TIMESHEET_COLUMNS,
    VISIT_COLUMNS,
    timesheet_rows,
    visit_row,
)
from tests.support.derived import a_timesheet, a_visit, an_open_visit


def written(visits: list[Visit]) -> bytes:
    return header(VISIT_COLUMNS) + lines(visit_row(visit) for visit in visits)


def written_sheet(sheet: Timesheet) -> bytes:
    return header(TIMESHEET_COLUMNS) + lines(timesheet_rows(sheet, lambda *_: ["e-1", "e-2"]))


def read_back(file: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.decode(), newline="")))


def test_one_line_a_visit() -> None:
    closed, opened = read_back(written([a_visit(), an_open_visit("v-2", settled=True)]))
    assert closed == {
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
        "revision": "1",
        "state": "closed",
        "figures": "provisional",
    }
    assert (opened["left_at"], opened["figures"]) == ("", "final")


def test_lines_end_as_the_standard_says() -> None:
    named, line, end = written([a_visit()]).split(b"\r\n")
    assert named.decode().split(",") == list(VISIT_COLUMNS)
    assert (line[:4], end) == (b"v-1,", b"")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_text_is_never_a_formula(start: str) -> None:
    evil = f"{start}HYPERLINK(A1)"
    [line] = read_back(written([a_visit(hotspot_id=evil)]))
    assert line["hotspot_id"] == f"'{evil}"


def test_quotes_and_commas_stay_in_their_cell() -> None:
    [line] = read_back(written([a_visit(hotspot_id='Market, "the" Square')]))
    assert line["hotspot_id"] == 'Market, "the" Square'


def test_a_sheet_is_its_whole_and_then_its_hot_spots_so_that_columns_add_up() -> None:
    whole, core, catchment = read_back(
        written_sheet(a_timesheet(set_aside={"late": 2, "vague": 3}))
    )
    assert (whole["hour"], whole["from"]) == ("2026-06-01T11:00:00Z", "2026-06-01T11:00:00Z")
    assert (whole["hotspot_id"], whole["set_aside"], whole["fixes"]) == ("", "5", "60")
    parts = [whole[f"{part}_seconds"] for part in ("inside", "outside", "unknown")]
    assert parts == ["600.0", "2700.0", "300.0"]
    assert (whole["unknown_episode_ids"], core["unknown_episode_ids"]) == ("e-1 e-2", "")
    assert (core["hotspot_id"], core["ring"], core["inside_seconds"]) == ("hs-1", "core", "")
    assert [core[each] for each in ("seconds_low", "seconds", "seconds_high")] == [
        "540.0",
        "600.0",
        "660.0",
    ]
    assert (catchment["ring"], catchment["seconds"]) == ("catchment", "720.0")
    assert {line["figures"] for line in (whole, core, catchment)} == {"provisional"}
