"""Records as a log would give them, for tests that need no log."""

from __future__ import annotations

from typing import NamedTuple


class Record(NamedTuple):
    """One record of a partition."""

    offset: int
    value: bytes | None
    key: bytes | None = b"r-1"
    timestamp: int = 1_780_000_000_000
