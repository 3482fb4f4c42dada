"""How much of what senders posted may wait for the log: a bound on memory, in bytes.

A sender that is told to come again still has its pings; a process that ran out of memory would
take everybody's with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

LIMIT_BYTES = 64 * 1024 * 1024
"""Eight bodies of the largest size, or about 400,000 pings."""


class Behind(Exception):
    """The log is behind: as much is waiting for it as may."""


class Hold:
    """The bytes that one request has waiting."""

    def __init__(self, admission: Admission) -> None:
        self._admission = admission
        self.bytes = 0

    def add(self, size: int) -> None:
        """Take in ``size`` more bytes. Raises Behind, and takes none, beyond the limit."""
        if self._admission.pending + size > self._admission.limit:
            raise Behind
        self._admission.pending += size
        self.bytes += size


class Admission:
    """The bytes of all requests that the log has not confirmed."""

    def __init__(self, limit: int = LIMIT_BYTES) -> None:
        self.limit = limit
        self.pending = 0

    @contextmanager
    def hold(self) -> Iterator[Hold]:
        """One request's share, let go of at the end of the block, however it ends."""
        held = Hold(self)
        try:
            yield held
        finally:
            self.pending -= held.bytes
