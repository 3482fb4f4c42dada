"""What of the senders' bodies may wait for the log: a bound on memory, and a pause after a failure.

A sender that is told to come again still has its pings; a process that ran out of memory would
take everybody's with it. So

1. each body counts with what it costs in memory until it is answered, not with its length;
2. above ``LIMIT_BYTES`` a request is refused as soon as it would take more;
3. for ``PAUSE_S`` after the log could not take one, every other is refused before it is read.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from services.eventlog.port import Unavailable

LIMIT_BYTES = 256 * 1024 * 1024
"""Of memory: two bodies of the largest size, or the 200,000 usual pings of half a minute of England
and Wales.

The process as a whole stays under what it takes when idle, some 100 MiB, and this, and 200 MiB for
the one large body that is being understood and for what the network has brought meanwhile.
"""
BYTES_A_BYTE = 6
BYTES_AN_ITEM = 700
"""What a body costs for each byte and each item until it is in the log: itself, the messages or
verdicts it becomes, their records, and those in Kafka's batches. Measured: from 700 bytes for a
ping of 33 to 9,200 for one of 1,460, and 680 for an item that is refused.
"""
PAUSE_S = 1.0
"""Shorter than the time after which senders are told to come again."""


class Behind(Exception):
    """The log is behind: as much is waiting for it as may."""


class Hold:
    """The memory that one request has taken."""

    def __init__(self, admission: Admission) -> None:
        self._admission = admission
        self.bytes = 0

    def add_body(self, size: int) -> None:
        """Take in ``size`` more bytes of the body. Raises Behind beyond the limit."""
        self._add(size * BYTES_A_BYTE)

    def add_items(self, count: int) -> None:
        """Take in what the items of the body have become. Raises Behind beyond the limit."""
        self._add(count * BYTES_AN_ITEM)

    def _add(self, size: int) -> None:
        if self._admission.pending + size > self._admission.limit:
            raise Behind
        self._admission.pending += size
        self.bytes += size


class Admission:
    """The memory of all requests under way: ``pending`` of at most ``limit`` bytes.

    ``now`` gives seconds on a clock that only rises.
    """

    def __init__(
        self, limit: int = LIMIT_BYTES, *, now: Callable[[], float] = time.monotonic
    ) -> None:
        self.limit = limit
        self.pending = 0
        self._now = now
        self._paused_until = 0.0
        self._reason = ""

    @contextmanager
    def hold(self) -> Iterator[Hold]:
        """One request's share, let go of at the end of the block, however it ends.

        Raises Unavailable, with what the log said last, during the pause after a failure.
        """
        if self._now() < self._paused_until:
            raise Unavailable(self._reason)
        held = Hold(self)
        try:
            yield held
        except Unavailable as error:
            self._paused_until, self._reason = self._now() + PAUSE_S, str(error)
            raise
        finally:
            self.pending -= held.bytes
