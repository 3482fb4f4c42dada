"""The one thread of this process that writes, with group commit.

1. Callers of any number hand in writes and wait.
2. The thread takes all that wait, begins one transaction and applies each in turn.
3. It commits: one fsync for all of them.
4. Ends are published to waiting readers, then every caller gets its answer. A write whose claim
   was superseded, alone among them, gets Fenced and has written nothing.

Where the transaction fails nothing of it is in the log and every caller gets Unavailable.
"""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue
from typing import Any, Protocol, TypeVar

from services.eventlog.embedded.store import connect
from services.eventlog.embedded.troubles import unavailable_on_error
from services.eventlog.port import LogError, Unavailable

GROUP_RECORDS = 20_000
"""Records in one transaction, about; more would keep the first caller waiting."""

Ends = dict[int, int]
"""By slot: the offset after its last record."""

KeyValue = tuple[bytes, bytes | None]


T_co = TypeVar("T_co", covariant=True)


class Work(Protocol[T_co]):
    """Something to do in a transaction."""

    @property
    def size(self) -> int:
        """How many records it writes, about."""
        ...

    def apply(self, transaction: Transaction) -> T_co:
        """Do it; its answer. A LogError means that it wrote nothing: the others go on."""
        ...


@dataclass
class Transaction:
    """An open transaction, and where each slot ends in it."""

    connection: sqlite3.Connection
    now: int
    compacted: frozenset[int]
    heads: dict[int, tuple[int, int]]
    ends: Ends = field(default_factory=dict)

    def insert(self, slot: int, records: Sequence[KeyValue]) -> None:
        """Append to a slot; all get one timestamp, never below the one before."""
        end, stamp = self.heads[slot]
        stamp = max(stamp, self.now)
        compacted = int(slot in self.compacted)
        self.connection.executemany(
            "INSERT OR REPLACE INTO record (slot, offset, timestamp, key, value, compacted)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            [
                (slot, offset, stamp, key, value, compacted)
                for offset, (key, value) in enumerate(records, end)
            ],
        )
        self.heads[slot] = (end + len(records), stamp)
        self.ends[slot] = end + len(records)

    def flush(self) -> None:
        """Write where the slots end now."""
        self.connection.executemany(
            "UPDATE slot SET end = ?, stamp = ? WHERE slot = ?",
            [(*self.heads[slot], slot) for slot in self.ends],
        )


@dataclass(frozen=True, slots=True)
class Append:
    """Records by slot; answers with the offset after the last of each."""

    rows: Mapping[int, Sequence[KeyValue]]

    @property
    def size(self) -> int:
        """How many records."""
        return sum(map(len, self.rows.values()))

    def apply(self, transaction: Transaction) -> Ends:
        """Append them all."""
        for slot, records in self.rows.items():
            transaction.insert(slot, records)
        return {slot: transaction.ends[slot] for slot in self.rows}


_Job = tuple[Work[object], "Future[Any]"]


class Writer:
    """The thread. ``published`` is called on it with the new ends after each commit."""

    def __init__(
        self,
        path: Path,
        compacted: frozenset[int],
        clock: Callable[[], int],
        published: Callable[[Ends], None],
    ) -> None:
        self._path = path
        self._connection = connect(path)
        self._compacted = compacted
        self._clock = clock
        self._published = published
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="log-writer", daemon=True)
        self._thread.start()

    async def write(self, work: Work[T_co]) -> T_co:
        """Do the work; its answer, once it is on the disk."""
        if self._closed:
            message = "the embedded log is closed"
            raise Unavailable(message)
        future: Future[T_co] = Future()
        self._jobs.put((work, future))
        return await asyncio.wrap_future(future)

    def close(self) -> None:
        """Finish what was handed in, then end the thread."""
        self._closed = True
        self._jobs.put(None)
        self._thread.join()

    def _run(self) -> None:
        for group in self._groups():
            try:
                with unavailable_on_error("write", self._path):
                    answers, ends = self._transact([work for work, _ in group])
            except Exception as error:  # noqa: BLE001 - a caller must not wait for a dead thread
                answers, ends = [error] * len(group), {}
            self._published(ends)
            for (_, future), answer in zip(group, answers, strict=True):
                if isinstance(answer, Exception):
                    future.set_exception(answer)
                else:
                    future.set_result(answer)
        self._connection.close()

    def _groups(self) -> Iterator[list[_Job]]:
        """What waits, cut into groups; ends when the writer is closed."""
        job = self._jobs.get()
        while job is not None:
            group: list[_Job] = []
            size = 0
            while job is not None:
                if job[1].set_running_or_notify_cancel():
                    group.append(job)
                    size += job[0].size
                if size >= GROUP_RECORDS or self._jobs.empty():
                    break
                job = self._jobs.get()
            yield group
            job = self._jobs.get() if job is not None else None

    def _transact(self, works: Sequence[Work[object]]) -> tuple[list[object], Ends]:
        connection = self._connection
        connection.execute("BEGIN IMMEDIATE")
        try:
            heads = {
                slot: (end, stamp)
                for slot, end, stamp in connection.execute("SELECT slot, end, stamp FROM slot")
            }
            transaction = Transaction(connection, self._clock(), self._compacted, heads)
            answers = [_answer(work, transaction) for work in works]
            transaction.flush()
            connection.execute("COMMIT")
        except BaseException:
            connection.rollback()
            raise
        return answers, transaction.ends


def _answer(work: Work[object], transaction: Transaction) -> object:
    try:
        return work.apply(transaction)
    except LogError as refusal:
        return refusal
