"""A period of history, and how much around it must be read to be right within it."""

from __future__ import annotations

from typing import NamedTuple

AROUND_MS = 24 * 3_600_000
"""A unit is accounted for from so long before, because it may have been inside already, and until
so long after, because a visit belongs to the period in which it began."""


class Period(NamedTuple):
    """From ``since`` on and before ``until``, in epoch milliseconds."""

    since: int
    until: int

    @property
    def read_from(self) -> int:
        """The first moment of log time, and of fix time, that matters."""
        return self.since - AROUND_MS

    @property
    def taken_until(self) -> int:
        """The fix time from which nothing matters any more; in the log it may stand much later."""
        return self.until + AROUND_MS

    def takes(self, fix_time: int) -> bool:
        """Whether a fix made then has a say in this period."""
        return self.read_from <= fix_time < self.taken_until

    def holds(self, moment: int) -> bool:
        """Whether what began at that moment belongs to this period."""
        return self.since <= moment < self.until
