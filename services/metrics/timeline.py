"""Visits in the order in which they began. Pure."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator
from itertools import takewhile

import msgspec

from services.contracts.derived import Visit

_DAY_MS = 24 * 3_600_000


class Key(msgspec.Struct, frozen=True, order=True, array_like=True, gc=False):
    """A visit's place in the order of time."""

    entered_at: int
    visit_id: str


def key_of(visit: Visit) -> Key:
    """Where a visit stands among the others."""
    return Key(visit.entered_at, visit.visit_id)


class Timeline:
    """Keys in their order: a list for each UTC day, since each new key moves those after it."""

    def __init__(self) -> None:
        self._days: dict[int, list[Key]] = {}

    def add(self, key: Key) -> None:
        """Put in a key that is not there."""
        insort(self._days.setdefault(key.entered_at // _DAY_MS, []), key)

    def remove(self, key: Key) -> None:
        """Take out a key that is there."""
        day = key.entered_at // _DAY_MS
        keys = self._days[day]
        del keys[bisect_left(keys, key)]
        if not keys:
            del self._days[day]

    def starting(self, first: Key) -> Iterator[Key]:
        """The keys from ``first`` on."""
        begins = first.entered_at // _DAY_MS
        for day in sorted(self._days):
            if day >= begins:
                keys = self._days[day]
                yield from keys[bisect_left(keys, first) :]

    def between(self, since: int, until: int) -> Iterator[Key]:
        """The keys of what began in ``[since, until)``."""
        return takewhile(lambda key: key.entered_at < until, self.starting(Key(since, "")))
