"""Claims on the embedded log: a counter for each partition fences the older claim.

1. Claiming raises the partition's epoch by one and remembers it.
2. A commit is one transaction: it checks that the epoch is still the one remembered, writes the
   records, and writes the group's next offset.
3. Where the epoch is a later one, nothing is written and the answer is Fenced.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from services.eventlog.embedded.parts import Parts
from services.eventlog.embedded.routing import route
from services.eventlog.embedded.store import Row
from services.eventlog.embedded.writer import Append, Transaction
from services.eventlog.missing import SEEK_FIRST, refuse_missing
from services.eventlog.port import Extent, Fenced, NewRecord


@dataclass(frozen=True, slots=True)
class _TakeOver:
    """Raise a partition's epoch; answers with the new one."""

    group: str
    slot: int

    @property
    def size(self) -> int:
        return 1

    def apply(self, transaction: Transaction) -> int:
        (epoch,) = transaction.connection.execute(
            "INSERT INTO claim (name, slot, epoch) VALUES (?, ?, 1)"
            " ON CONFLICT DO UPDATE SET epoch = epoch + 1 RETURNING epoch",
            (self.group, self.slot),
        ).fetchone()
        return int(epoch)


@dataclass(frozen=True, slots=True)
class _Commit:
    """Records and the group's next offset, if the epoch is still ours."""

    group: str
    place: str
    slot: int
    epoch: int
    append: Append
    next_offset: int

    @property
    def size(self) -> int:
        return self.append.size + 1

    def apply(self, transaction: Transaction) -> None:
        updated = transaction.connection.execute(
            "UPDATE claim SET next_offset = ? WHERE name = ? AND slot = ? AND epoch = ?",
            (self.next_offset, self.group, self.slot, self.epoch),
        )
        if updated.rowcount == 0:
            message = f"a later claim of {self.place} exists"
            raise Fenced(message)
        self.append.apply(transaction)


class EmbeddedMember:
    """The only member there is: every partition is assigned to it, and stays so."""

    def __init__(self, parts: Parts, group: str, topic: str) -> None:
        self._parts = parts
        self._group = group
        self._topic = topic

    def assigned(self) -> frozenset[int]:
        """All partitions."""
        return frozenset(p for topic, p in self._parts.layout.slots if topic == self._topic)

    async def reassigned(self, known: frozenset[int]) -> frozenset[int]:
        """Wait for ever, once all partitions are known."""
        if known == self.assigned():
            await asyncio.Event().wait()
        return self.assigned()

    async def confirmed(self, partition: int) -> None:
        """Nothing to wait for."""

    async def committed(self, partition: int) -> int | None:
        """The group's next offset as last committed."""
        slot = self._parts.layout.slots[self._topic, partition]
        return await self._parts.reader.committed(self._group, slot)

    async def claim(self, partition: int) -> EmbeddedClaim:
        """Fence every earlier claim of the partition."""
        slot = self._parts.layout.slots[self._topic, partition]
        epoch = await self._parts.writer.write(_TakeOver(self._group, slot))
        return EmbeddedClaim(self._parts, self._group, self._topic, partition, epoch)


class EmbeddedClaim:
    """One partition, owned until a later claim."""

    def __init__(self, parts: Parts, group: str, topic: str, partition: int, epoch: int) -> None:
        self._parts = parts
        self._group = group
        self._topic = topic
        self._partition = partition
        self._slot = parts.layout.slots[topic, partition]
        self._epoch = epoch
        self._position: int | None = None

    @property
    def partition(self) -> int:
        """Which partition this is."""
        return self._partition

    async def seek(self, offset: int) -> None:
        """Start reading at ``offset``."""
        extent = (await self._parts.reader.extents())[self._slot]
        refuse_missing(self._topic, self._partition, Extent(offset, offset), extent)
        self._position = offset

    async def fetch(self, most: int, wait_s: float) -> Sequence[Row]:
        """The next records, ``most`` at most; empty after ``wait_s`` seconds without any."""
        position = self._position
        if position is None:
            raise RuntimeError(SEEK_FIRST)
        try:
            async with asyncio.timeout(wait_s):
                await self._parts.arrivals.beyond({self._slot: position})
        except TimeoutError:
            return ()
        page = await self._parts.reader.page(self._slot, position, sys.maxsize, most)
        wanted = Extent(position, position)
        refuse_missing(self._topic, self._partition, wanted, page.extent)
        self._position = page.next_offset
        return page.rows

    async def commit(self, records: Sequence[NewRecord], next_offset: int) -> None:
        """Append ``records`` and the group's ``next_offset`` together or not at all."""
        append = route(self._parts.layout, records)
        place = f"{self._topic}/{self._partition}"
        await self._parts.writer.write(
            _Commit(self._group, place, self._slot, self._epoch, append, next_offset)
        )

    async def close(self) -> None:
        """Nothing is held: the next claim needs no leave of this one."""
