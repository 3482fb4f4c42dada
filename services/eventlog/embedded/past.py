"""A past for the embedded log: records stamped as they would have been, written before it serves.

Nothing else writes with stamps of its own: what is appended is stamped by the clock (``writer``).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from services.eventlog.embedded.routing import route
from services.eventlog.embedded.store import Layout, connect, open_store
from services.eventlog.embedded.troubles import unavailable_on_error
from services.eventlog.embedded.writer import GROUP_RECORDS, Transaction
from services.eventlog.port import NewRecord


class Moment(NamedTuple):
    """The records of one moment, in epoch milliseconds."""

    at: int
    records: Sequence[NewRecord]


def write_past(data_dir: Path, partitions: int, moments: Iterable[Moment]) -> None:
    """Append the records of each moment, which must rise, in as few transactions as will do.

    A stamp never runs back: what is earlier than a partition's newest record gets that one's.
    Raises WrongTopics, Unavailable or TooLarge.
    """
    layout = open_store(data_dir, partitions)
    with unavailable_on_error("write", layout.path):
        connection = connect(layout.path)
        try:
            waiting = iter(moments)
            while _write_some(connection, layout, waiting):
                pass
        finally:
            connection.close()  # which rolls back what was not committed


def _write_some(connection: sqlite3.Connection, layout: Layout, waiting: Iterator[Moment]) -> bool:
    """Write about as many records as one transaction takes; whether any were left to write."""
    connection.execute("BEGIN IMMEDIATE")
    heads = {
        slot: (end, stamp)
        for slot, end, stamp in connection.execute("SELECT slot, end, stamp FROM slot")
    }
    written = 0
    transaction = Transaction(connection, 0, layout.compacted, heads)
    while written < GROUP_RECORDS and (moment := next(waiting, None)):
        work = route(layout, moment.records)
        transaction.now = moment.at
        work.apply(transaction)
        written += work.size
    transaction.flush()
    connection.execute("COMMIT")
    return written >= GROUP_RECORDS
