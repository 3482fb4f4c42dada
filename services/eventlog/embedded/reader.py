"""The one thread of this process that reads, so that a query never blocks the event loop.

Each query is a snapshot of its own: bounds and records of one answer belong together.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple, TypeVar

from services.eventlog.embedded.store import Row, connect
from services.eventlog.embedded.troubles import unavailable_on_error
from services.eventlog.port import Extent

T = TypeVar("T")


class Page(NamedTuple):
    """Records of a slot from some offset on, and where the slot lay at that moment."""

    rows: Sequence[Row]
    next_offset: int
    extent: Extent


class Reader:
    """Queries, each answered on the reader's thread."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection = connect(path)
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="log-reader")

    async def page(self, slot: int, start: int, stop: int, most: int) -> Page:
        """At most ``most`` records with ``start <= offset < stop``."""
        return await self._ask(lambda connection: _page(connection, slot, start, stop, most))

    async def extents(self) -> dict[int, Extent]:
        """Where each slot's records lie."""
        return await self._ask(_extents)

    async def first_at(self, slot: int, time: int) -> int:
        """The first offset stamped at or after ``time``, else the end."""
        return await self._ask(lambda connection: first_at(connection, slot, time))

    async def committed(self, group: str, slot: int) -> int | None:
        """A group's next offset as last committed."""
        return await self._ask(lambda connection: _committed(connection, group, slot))

    async def version(self) -> int:
        """A number that changes when anybody else has written to the file."""
        return await self._ask(_version)

    async def close(self) -> None:
        """Close the connection and end the thread."""
        await self._ask(sqlite3.Connection.close)
        self._thread.shutdown()

    async def _ask(self, question: Callable[[sqlite3.Connection], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(
            self._thread, self._answer, question
        )

    def _answer(self, question: Callable[[sqlite3.Connection], T]) -> T:
        with unavailable_on_error("read", self._path):
            return question(self._connection)


def first_at(connection: sqlite3.Connection, slot: int, time: int) -> int:
    """The first offset stamped at or after ``time``, else the end.

    Stamps never run back within a slot, so halving finds it without an index to keep up.
    """
    low, high = _extent(connection, slot)
    end = high
    while low < high:
        middle = (low + high) // 2
        row = _first_row(connection, slot, middle)
        if row is None or row[1] >= time:
            high = middle
        else:
            low = row[0] + 1
    row = _first_row(connection, slot, low)
    return end if row is None else row[0]


def _first_row(connection: sqlite3.Connection, slot: int, offset: int) -> tuple[int, int] | None:
    row: tuple[int, int] | None = connection.execute(
        "SELECT offset, timestamp FROM record WHERE slot = ? AND offset >= ?"
        " ORDER BY offset LIMIT 1",
        (slot, offset),
    ).fetchone()
    return row


def _page(connection: sqlite3.Connection, slot: int, start: int, stop: int, most: int) -> Page:
    connection.execute("BEGIN")
    try:
        extent = _extent(connection, slot)
        found = connection.execute(
            # Nothing else than bytes is ever written here, but SQLite would hand out what is.
            "SELECT offset, timestamp, CAST(key AS BLOB), CAST(value AS BLOB) FROM record"
            " WHERE slot = ? AND offset >= ? AND offset < ? ORDER BY offset LIMIT ?",
            (slot, start, stop, most),
        ).fetchall()
    finally:
        connection.rollback()  # nothing was written; an error may have ended it already
    rows = list(map(Row._make, found))
    whole = len(rows) < most
    return Page(rows, min(stop, extent.end) if whole else rows[-1].offset + 1, extent)


def _extent(connection: sqlite3.Connection, slot: int) -> Extent:
    query = "SELECT start, end FROM slot WHERE slot = ?"
    return Extent._make(connection.execute(query, (slot,)).fetchone())


def _extents(connection: sqlite3.Connection) -> dict[int, Extent]:
    rows = connection.execute("SELECT slot, start, end FROM slot")
    return {slot: Extent(start, end) for slot, start, end in rows}


def _committed(connection: sqlite3.Connection, group: str, slot: int) -> int | None:
    query = "SELECT next_offset FROM claim WHERE name = ? AND slot = ?"
    row: tuple[int | None] | None = connection.execute(query, (group, slot)).fetchone()
    return None if row is None else row[0]


def _version(connection: sqlite3.Connection) -> int:
    (version,) = connection.execute("PRAGMA data_version").fetchone()
    return int(version)
