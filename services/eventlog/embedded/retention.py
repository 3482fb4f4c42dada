"""Forgetting: records older than their topic keeps them, a bounded piece at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from services.contracts.topics import CATALOGUE
from services.eventlog.embedded.reader import first_at
from services.eventlog.embedded.store import Layout
from services.eventlog.embedded.writer import Transaction, Writer

PIECE_RECORDS = 5_000
"""Deleted in one transaction at most: about 10 ms during which appends wait."""


@dataclass(frozen=True, slots=True)
class _Forget:
    """Delete a slot's oldest records stamped before ``horizon``; answers with how many."""

    slot: int
    horizon: int

    @property
    def size(self) -> int:
        return PIECE_RECORDS

    def apply(self, transaction: Transaction) -> int:
        connection = transaction.connection
        query = "SELECT start FROM slot WHERE slot = ?"
        (start,) = connection.execute(query, (self.slot,)).fetchone()
        cut = min(first_at(connection, self.slot, self.horizon), start + PIECE_RECORDS)
        connection.execute("DELETE FROM record WHERE slot = ? AND offset < ?", (self.slot, cut))
        connection.execute("UPDATE slot SET start = ? WHERE slot = ?", (cut, self.slot))
        return int(cut - start)


async def forget(layout: Layout, writer: Writer, now: int) -> None:
    """Delete from every topic what is older than its retention at ``now``, epoch ms."""
    for topic in CATALOGUE:
        if topic.retention is None:
            continue
        horizon = now - topic.retention // timedelta(milliseconds=1)
        for partition in range(layout.count(topic)):
            slot = layout.slots[topic.name, partition]
            while await writer.write(_Forget(slot, horizon)) == PIECE_RECORDS:
                pass
