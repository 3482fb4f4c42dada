"""Visits and timesheets as the files of an analyst: CSV and Parquet with the same columns.

The columns are those of the API's CSV, without what only a live figure has. A file is written
under another name beside its place and moved there once all are whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from services.contracts.derived import Timesheet, Visit
from services.metrics.comma_separated import header, lines
from services.metrics.spreadsheet import (
    TIMESHEET_COLUMNS,
    VISIT_COLUMNS,
    timesheet_rows,
    visit_row,
)

_LIVE_ONLY = {"revision", "figures", "unknown_episode_ids"}
_TIMES = {"entered_at", "left_at", "hour", "from", "to"}
_COUNTS = {"hotspot_version", "fixes", "set_aside"}
_ROWS = 10_000
"""Written at once."""


class Tables:
    """The four files in a folder."""

    def __init__(self, folder: Path) -> None:
        self._visits = _Table(folder / "visits", VISIT_COLUMNS)
        self._timesheets = _Table(folder / "timesheets", TIMESHEET_COLUMNS)

    def write(self, visits: Iterable[Visit], timesheets: Iterable[Timesheet]) -> None:
        """Write everything, once, and put the files in their places."""
        self._visits.write(visit_row(visit) for visit in visits)
        self._timesheets.write(
            row for sheet in timesheets for row in timesheet_rows(sheet, _no_episodes)
        )
        self._visits.keep()
        self._timesheets.keep()

    def open(self) -> None:
        """Find out whether there can be such files."""
        self._visits.open()
        self._timesheets.open()

    def discard(self) -> None:
        """Leave nothing half-done behind."""
        self._visits.discard()
        self._timesheets.discard()


@contextmanager
def tables_in(folder: Path) -> Iterator[Tables]:
    """The files of a folder, to be written within. Raises OSError at once where they cannot be."""
    folder.mkdir(parents=True, exist_ok=True)
    tables = Tables(folder)
    try:
        tables.open()
        yield tables
    finally:
        tables.discard()


class _Table:
    """One table in its two forms."""

    def __init__(self, path: Path, columns: Sequence[str]) -> None:
        self._places = [index for index, name in enumerate(columns) if name not in _LIVE_ONLY]
        self._columns = [columns[index] for index in self._places]
        self._schema = pa.schema([(name, _type_of(name)) for name in self._columns])
        self._csv = _Draft(path.with_suffix(".csv"))
        self._parquet = _Draft(path.with_suffix(".parquet"))

    def open(self) -> None:
        """Find out whether there can be such files."""
        self._csv.begin()
        self._parquet.begin()

    def write(self, rows: Iterator[list[object]]) -> None:
        """Write all rows."""
        with (
            self._csv.path.open("wb") as csv,
            pq.ParquetWriter(self._parquet.path, self._schema, compression="zstd") as parquet,
        ):
            csv.write(header(self._columns))
            while several := [self._cells(row) for row in islice(rows, _ROWS)]:
                csv.write(lines(several))
                columns = [list(cells) for cells in zip(*several, strict=True)]
                parquet.write_table(pa.table(columns, schema=self._schema))

    def keep(self) -> None:
        """Put both in their places."""
        self._csv.keep()
        self._parquet.keep()

    def discard(self) -> None:
        """Leave nothing half-done behind."""
        self._csv.discard()
        self._parquet.discard()

    def _cells(self, row: Sequence[object]) -> list[object]:
        return [row[index] for index in self._places]


class _Draft:
    """A file that is not whole yet."""

    def __init__(self, final: Path) -> None:
        self._final = final
        self.path = final.with_name(f".{final.name}.part")

    def begin(self) -> None:
        self.path.write_bytes(b"")

    def keep(self) -> None:
        self.path.replace(self._final)

    def discard(self) -> None:
        self.path.unlink(missing_ok=True)


def _no_episodes(_radio_id: str, _since: int, _until: int) -> list[str]:
    """History accounts for minutes; episodes are of what was heard when."""
    return []


def _type_of(column: str) -> pa.DataType:
    if column in _TIMES:
        return pa.timestamp("ms", "UTC")
    if column in _COUNTS:
        return pa.int64()
    return pa.float64() if "seconds" in column else pa.string()
