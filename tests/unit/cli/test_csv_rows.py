"""CSV files as spreadsheets write them: what is read all the same, and what is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.cli.csv_rows import Row, WrongTable, read_rows

COLUMNS = ("duty_id", "from", "to")


def rows_of(folder: Path, content: bytes) -> list[Row]:
    path = folder / "roster.csv"
    path.write_bytes(content)
    return read_rows(path, COLUMNS, ("duty_id", "from"))


USUAL = [Row(2, {"duty_id": "d-1", "from": "09:00", "to": "10:00"}, has_more=False)]


@pytest.mark.parametrize(
    "content",
    [
        b"duty_id,from,to\nd-1,09:00,10:00\n",
        b"\xef\xbb\xbfduty_id,from,to\r\nd-1,09:00,10:00\r\n",
        b"duty_id;from;to\r\nd-1;09:00;10:00",
        b"Duty ID, FROM ,to\n d-1 , 09:00,10:00\n",
        b'"duty-id","from","to"\n"d-1","09:00","10:00"\n',
        b"duty_id,from,to,,\nd-1,09:00,10:00,,\n,,,,\n\n",
        b"to,duty_id,from\n10:00,d-1,09:00\n",
    ],
    ids=["plain", "windows", "semicolons", "spaces", "quotes", "trailing", "other order"],
)
def test_the_habits_of_spreadsheets_are_no_mistakes(tmp_path: Path, content: bytes) -> None:
    assert rows_of(tmp_path, content) == USUAL


def test_a_row_has_the_number_that_the_spreadsheet_shows(tmp_path: Path) -> None:
    content = b'duty_id,from\n\n"a\nb",09:00\n,\nc,10:00\n'
    assert rows_of(tmp_path, content) == [
        Row(3, {"duty_id": "a\nb", "from": "09:00"}, has_more=False),
        Row(5, {"duty_id": "c", "from": "10:00"}, has_more=False),
    ]


@pytest.mark.parametrize("content", [b"duty_id,from\nd-1,9,x\n", b"duty_id,from,\nd-1,9,x\n"])
def test_a_cell_beyond_the_named_columns_is_noticed(tmp_path: Path, content: bytes) -> None:
    assert rows_of(tmp_path, content) == [Row(2, {"duty_id": "d-1", "from": "9"}, has_more=True)]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the column duty_id is missing from the first line; the columns are duty_id, from"),
        (b"duty_id,to\nd-1,10:00\n", "the column from is missing"),
        (b"duty_id,from,officer\n", "there is no column officer; the columns are"),
        (b"duty_id,from,From\n", "the column from stands there twice; leave one out"),
        (b"duty_id,from\n\n,\n", "holds no rows below its first line"),
        (b"duty_id,from\ncaf\xe9,9\n", "is not UTF-8; save it as CSV UTF-8"),
        (b'duty_id,from\n"d-1"x,9\n', "line 2: .* save it as CSV UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read(tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(WrongTable, match=f"(?s)roster.csv.*{said}"):
        rows_of(tmp_path, content)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(WrongTable, match=r"gone\.csv cannot be read: No such file"):
        read_rows(tmp_path / "gone.csv", COLUMNS, ())
