"""The SQLite file: its tables, and how it is opened.

Every partition of every topic is a ``slot``. A slot's records lie side by side in the order of
their offsets, because the primary key is the table (WITHOUT ROWID). In a compacted slot the
partial index ``latest`` lets INSERT OR REPLACE drop a key's older record as the newer is written.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from services.contracts.topics import CATALOGUE, Topic
from services.eventlog.embedded.troubles import BUSY_S, unavailable_on_error
from services.eventlog.port import Unavailable, WrongTopics

FILE = "log.sqlite3"
FORMAT = 1
"""Kept in the file's ``user_version``; raised when the tables change."""

_TABLES = """
CREATE TABLE slot (
    slot INTEGER PRIMARY KEY,
    topic TEXT NOT NULL,
    partition INTEGER NOT NULL,
    compacted INTEGER NOT NULL,
    start INTEGER NOT NULL DEFAULT 0,    -- the first offset retention has left
    end INTEGER NOT NULL DEFAULT 0,      -- the offset of the next record
    stamp INTEGER NOT NULL DEFAULT 0,    -- the newest timestamp, ms: never runs back
    UNIQUE (topic, partition)
);
CREATE TABLE record (
    slot INTEGER NOT NULL,
    offset INTEGER NOT NULL,
    timestamp INTEGER NOT NULL,
    key BLOB NOT NULL,
    value BLOB,
    compacted INTEGER NOT NULL,
    PRIMARY KEY (slot, offset)
) WITHOUT ROWID;
CREATE UNIQUE INDEX latest ON record (slot, key) WHERE compacted;
CREATE TABLE claim (
    name TEXT NOT NULL,                  -- of the group
    slot INTEGER NOT NULL,
    epoch INTEGER NOT NULL,              -- one higher with each claim
    next_offset INTEGER,                 -- the group's, as last committed
    PRIMARY KEY (name, slot)
) WITHOUT ROWID;
"""


class Row(NamedTuple):
    """A record as read."""

    offset: int
    timestamp: int
    key: bytes
    value: bytes | None


@dataclass(frozen=True, slots=True)
class Layout:
    """What the file holds: the slot of each (topic, partition)."""

    path: Path
    partitions: int
    slots: dict[tuple[str, int], int]
    compacted: frozenset[int]

    def count(self, topic: Topic) -> int:
        """How many partitions the topic has."""
        return self.partitions if topic.partitioned else 1


def connect(path: Path) -> sqlite3.Connection:
    """A connection for one thread, which need not be the one that opens it.

    Transactions are begun by hand. Raises Unavailable.
    """
    with unavailable_on_error("open", path):
        connection = sqlite3.connect(
            path, timeout=BUSY_S, isolation_level=None, check_same_thread=False
        )
        connection.execute("PRAGMA synchronous = FULL")
    return connection


def open_store(data_dir: Path, partitions: int) -> Layout:
    """Open the file in ``data_dir``, making folder, file and topics where they are not yet.

    The number of partitions is chosen by the first opening. Raises WrongTopics when another is
    asked for later or the file is of another format, Unavailable when it cannot be opened, Damaged
    among that when it is no such file.
    """
    path = data_dir / FILE
    try:
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        message = f"the folder {data_dir} for the embedded log cannot be made: {error}"
        raise Unavailable(message) from error
    with unavailable_on_error("open", path):
        connection = connect(path)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("BEGIN IMMEDIATE")
            try:
                _make_tables(connection, path)
                _make_slots(connection, partitions)
                layout = _layout(connection, path, partitions)
            except BaseException:
                connection.rollback()  # where a full disk has not done so already
                raise
            connection.execute("COMMIT")
        finally:
            connection.close()
    return layout


def _make_tables(connection: sqlite3.Connection, path: Path) -> None:
    (found,) = connection.execute("PRAGMA user_version").fetchone()
    if found not in (0, FORMAT):
        message = (
            f"{path} has format {found}, this release reads {FORMAT}: start the release that made"
            " it, or name another data directory"
        )
        raise WrongTopics(message)
    if found == 0:
        for statement in _TABLES.split(";"):  # executescript would commit our transaction
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {FORMAT}")


def _make_slots(connection: sqlite3.Connection, partitions: int) -> None:
    """Insert what the catalogue has and the file has not: all at first, new topics later."""
    wanted = [
        (topic.name, partition, topic.compacted)
        for topic in CATALOGUE
        for partition in range(partitions if topic.partitioned else 1)
    ]
    for topic in CATALOGUE:
        if topic.partitioned:
            query = "SELECT count(*) FROM slot WHERE topic = ?"
            (found,) = connection.execute(query, (topic.name,)).fetchone()
            if found not in (0, partitions):
                message = (
                    f"the embedded log has {found} partitions, {partitions} were asked for; the"
                    f" number is chosen once: ask for {found}, or name another data directory"
                )
                raise WrongTopics(message)
    connection.executemany(
        "INSERT OR IGNORE INTO slot (topic, partition, compacted) VALUES (?, ?, ?)", wanted
    )


def _layout(connection: sqlite3.Connection, path: Path, partitions: int) -> Layout:
    slots: dict[tuple[str, int], int] = {}
    compacted: set[int] = set()
    for slot, topic, partition, is_compacted in connection.execute(
        "SELECT slot, topic, partition, compacted FROM slot"
    ):
        slots[topic, partition] = slot
        if is_compacted:
            compacted.add(slot)
    return Layout(path, partitions, slots, frozenset(compacted))
