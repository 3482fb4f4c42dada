"""What SQLite's errors mean for the log's file, and what a person is to do about each.

SQLite's own words name neither the file nor a remedy, and "disk I/O error" sends people to the
wrong place when a quota ran out. What waiting does not mend is told apart: a damaged file.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from services.eventlog.port import Unavailable

BUSY_S = 5.0
"""How long to wait for another process's transaction before answering Unavailable."""


class Damaged(Unavailable):
    """The file is not what was written to it; no later call mends that."""


_DAMAGED = (
    "the file is damaged; stop stepsix, move it and its -wal file aside and put a backup in its"
    " place, or start on an empty data directory"
)
_MEANINGS = {
    sqlite3.SQLITE_FULL: (
        "the disk is full; make room on it: nothing acknowledged is lost, and the log goes on by"
        " itself"
    ),
    sqlite3.SQLITE_IOERR: (
        "the disk refused; see whether it is full, over a quota, taken away or failing: nothing"
        " acknowledged is lost, and the log goes on by itself once it answers"
    ),
    sqlite3.SQLITE_BUSY: (
        f"another process has held the file for {BUSY_S:.0f} s; wait until it is done, or end it"
    ),
    sqlite3.SQLITE_READONLY: (
        "the file may not be written; give the user that runs stepsix the right to write it and"
        " its folder, and see that the disk is not mounted read-only"
    ),
    sqlite3.SQLITE_PERM: "the user that runs stepsix may not use the file; give it the right to",
    sqlite3.SQLITE_CANTOPEN: (
        "the file cannot be opened; see that its folder is there, that the user that runs stepsix"
        " may write both, and that the disk has room"
    ),
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
}
"""By primary result code (https://www.sqlite.org/rescode.html)."""


@contextmanager
def unavailable_on_error(doing: str, path: Path) -> Iterator[None]:
    """Turn what SQLite says while ``doing`` something to the file into Unavailable, in words.

    Raises Damaged, which is one, where the file is.
    """
    try:
        yield
    except sqlite3.Error as error:
        # Not every error of the module comes from SQLite itself: a closed connection has no code.
        primary = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
        meaning = _MEANINGS.get(primary)
        said = f"{meaning} ({error.sqlite_errorname})" if meaning else str(error)
        kind = Damaged if meaning is _DAMAGED else Unavailable
        message = f"the embedded log could not {doing} {path}: {said}"
        raise kind(message) from error
