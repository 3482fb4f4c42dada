"""The log port: all that stepsix asks of a log.

The log is the only source of truth; there is no other database. Two implementations stand
behind this port, ``kafka`` and ``embedded``, and one conformance suite holds both to what is
written here (tests/conformance).

A **group** shares the partitions of a topic among its **members**; a member **claims** a
partition it was assigned, which fences every earlier claim, reads it, and commits what it derived
together with how far it read, all or nothing.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import NamedTuple, Protocol


class LogError(Exception):
    """The log did not do what was asked of it."""


class Unavailable(LogError):
    """The log cannot be reached or cannot take more now; the same call may go through later."""


class TooLarge(LogError):
    """A record is larger than the log takes; it never will be taken."""


class Fenced(LogError):
    """A later claim of the same partition exists; this one can commit nothing any more."""


class Retry(LogError):
    """The commit did not happen; claim the partition again and start over from its state."""


class Truncated(LogError):
    """Records that were asked for are no longer, or not yet, in the log; names the range."""


class WrongTopics(LogError):
    """Topics are missing or are not as the catalogue says; names each and the remedy."""


class NewRecord(NamedTuple):
    """A record to append. Without ``partition`` the key decides."""

    topic: str
    key: bytes
    value: bytes | None
    partition: int | None = None


class LogRecord(Protocol):
    """A record as read. ``timestamp`` is in milliseconds."""

    @property
    def offset(self) -> int:
        """Its place in the partition; rising, with gaps."""
        ...

    @property
    def timestamp(self) -> int:
        """When it was appended, or what its writer said, by its topic's setting."""
        ...

    @property
    def key(self) -> bytes | None:
        """Whom it is about."""
        ...

    @property
    def value(self) -> bytes | None:
        """The encoded message; None deletes the key from a compacted topic."""
        ...


class Extent(NamedTuple):
    """Where a partition's readable records lie: ``start <= offset < end``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Batch:
    """Some records of one partition, in offset order.

    ``next_offset`` is where reading goes on; it may lie beyond the last record by more than one,
    because a log has gaps. ``caught_up`` is set once everything has been yielded that was in the
    followed topics when following began; such a batch may be empty.
    """

    topic: str
    partition: int
    records: Sequence[LogRecord]
    next_offset: int
    caught_up: bool


class Claim(Protocol):
    """One partition, owned. Claiming fenced every earlier owner."""

    @property
    def partition(self) -> int:
        """Which partition this is."""
        ...

    async def seek(self, offset: int) -> None:
        """Start reading at ``offset``. Raises Truncated where the log no longer reaches it."""
        ...

    async def fetch(self, most: int, wait_s: float) -> Sequence[LogRecord]:
        """The next records, ``most`` at most; empty after ``wait_s`` seconds without any."""
        ...

    async def commit(self, records: Sequence[NewRecord], next_offset: int) -> None:
        """Append ``records`` and the group's ``next_offset`` together or not at all.

        Readers see the records in their order, a moment after this has returned at the latest,
        whoever claims the partition next sees them all, and nobody ever sees those of a commit
        that failed. Raises Fenced or Retry; after either this claim is of no more use.
        """
        ...

    async def close(self) -> None:
        """Let go of the partition."""
        ...


class Member(Protocol):
    """One process's part in a consumer group over one topic."""

    def assigned(self) -> frozenset[int]:
        """The partitions that are this member's now."""
        ...

    async def reassigned(self, known: frozenset[int]) -> frozenset[int]:
        """Wait until ``assigned`` differs from ``known``; what it then is."""
        ...

    async def confirmed(self, partition: int) -> None:
        """Wait until the group, asked after this call, says that the partition is this member's.

        That may be never; what else changed is in ``assigned`` by then.
        """
        ...

    async def committed(self, partition: int) -> int | None:
        """The group's next offset as last committed. Ask once the partition is claimed."""
        ...

    async def claim(self, partition: int) -> Claim:
        """Own an assigned partition."""
        ...


class EventLog(Protocol):
    """The log itself. Made by ``open_log``; close it when done."""

    async def check(self) -> None:
        """Raise WrongTopics unless every topic of the catalogue is there with its settings."""
        ...

    async def partitions(self) -> int:
        """How many partitions the partitioned topics have."""
        ...

    async def append(self, records: Sequence[NewRecord]) -> Mapping[tuple[str, int], int]:
        """Append records; they are durable when this returns, each partition's in their order.

        Gives, for each (topic, partition) written, the offset after the last of them. Raises
        Unavailable or TooLarge; after Unavailable some may have been written.
        """
        ...

    def read(
        self, topic: str, partition: int, start: int, stop: int | None = None
    ) -> AsyncIterator[Sequence[LogRecord]]:
        """Records from ``start`` up to ``stop``, or to the end as it is now, in batches.

        Committed ones only. Of a compacted topic only the last of each key may be left. Raises
        Truncated where ``start`` lies below the log's start, or ``stop`` beyond its end.
        """
        ...

    def follow(self, starts: Mapping[str, Mapping[int, int] | None]) -> AsyncIterator[Batch]:
        """Everything in these topics, then whatever comes, without end.

        ``starts`` gives a starting offset by partition; None, or a partition not named, starts
        at the log's start. Outages of the log are waited out.
        """
        ...

    async def offset_at(self, topic: str, time: int) -> dict[int, int]:
        """By partition: the first offset stamped at or after ``time``, else the end."""
        ...

    async def bounds(self, topic: str) -> dict[int, Extent]:
        """By partition: what can be read now, committed records only."""
        ...

    def join(self, group: str, topic: str) -> AbstractAsyncContextManager[Member]:
        """Take part in a group; leaving the context leaves the group."""
        ...

    async def close(self) -> None:
        """Let go of connections and files."""
        ...
