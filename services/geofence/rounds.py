"""Which unit snapshots are due with a commit, and from where units can be restored.

A **round** begins at a commit, with the units that have changed by then. Once each of them has
been written again, everything that happened before the round began is in the snapshots, so a
restore may start there. So that no commit is long, a round is spread over ``ROUND_MS``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from math import ceil

ROUND_MS = 120_000
"""How long a round takes, in engine time. A restore replays between one round and two."""


@dataclass(slots=True)
class _Round:
    """A round under way: where, when and with how many units it began, and who is left."""

    start: int
    body: bytes
    time: int
    size: int
    left: list[str]


class Rounds:
    """The rounds of one partition.

    ``start`` is S, where the last complete round began, and ``body`` the engine's own state as
    it was there.
    """

    def __init__(self, start: int, body: bytes) -> None:
        self.start = start
        self.body = body
        self._round: _Round | None = None

    def due(
        self, offset: int, time: int, changed: Collection[str], body: Callable[[], bytes]
    ) -> list[str]:
        """The units to write with a commit up to ``offset`` at engine time ``time``.

        ``changed`` are those changed since they were last written and ``body`` gives the engine's
        own state, both as at ``offset``. The caller writes every unit that is due.
        """
        if self._round is None:
            self._round = _Round(offset, body(), time, len(changed), list(changed))
        this = self._round
        share = min(1.0, (time - this.time) / ROUND_MS)
        keep = this.size - ceil(this.size * share)
        this.left, due = this.left[:keep], this.left[keep:]
        if not this.left:
            self.start, self.body, self._round = this.start, this.body, None
        return due

    def finish(self, offset: int, body: bytes) -> None:
        """Take note that every changed unit is written with a commit up to ``offset``."""
        self.start, self.body, self._round = offset, body, None
