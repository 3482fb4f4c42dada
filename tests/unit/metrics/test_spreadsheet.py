"""Visits as CSV."""

from __future__ import annotations

import csv
import io

import pytest

from services.metrics.spreadsheet import COLUMNS, HEADER, rows
from tests.support.derived import a_visit, an_open_visit


def read_back(lines: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((HEADER + lines).decode(), newline="")))


def test_one_line_a_visit() -> None:
    closed, opened = read_back(rows([a_visit(), an_open_visit("v-2", settled=True)]))
    assert closed == {
        "visit_id": "v-1",
        "radio_id": "T-1",
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
        "settled": "false",
    }
    assert (opened["left_at"], opened["settled"]) == ("", "true")


def test_lines_end_as_the_standard_says() -> None:
    assert rows([a_visit()]).endswith(b"\r\n")
    assert ",".join(COLUMNS).encode() + b"\r\n" == HEADER


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_text_is_never_a_formula(start: str) -> None:
    evil = f"{start}HYPERLINK(A1)"
    [line] = read_back(rows([a_visit(hotspot_id=evil)]))
    assert line["hotspot_id"] == f"'{evil}"


def test_quotes_and_commas_stay_in_their_cell() -> None:
    [line] = read_back(rows([a_visit(hotspot_id='Market, "the" Square')]))
    assert line["hotspot_id"] == 'Market, "the" Square'
