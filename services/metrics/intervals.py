"""How often a radio is really heard, from the times at which it was. Pure."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from statistics import median

LAST = 20
FEWEST = 3
"""Of fewer differences than these nothing is said."""


class Intervals:
    """The last differences between the times, in epoch milliseconds, at which a radio was heard."""

    def __init__(self) -> None:
        self._heard_at: int | None = None
        self._last: deque[int] = deque(maxlen=LAST)

    def hear(self, at: int) -> None:
        """Note a time; one that is no later than the last says nothing new."""
        if self._heard_at is None:
            self._heard_at = at
        elif at > self._heard_at:
            self._last.append(at - self._heard_at)
            self._heard_at = at

    @property
    def usual_s(self) -> float | None:
        """The median in seconds; None while there are fewer than three."""
        return median(self._last) / 1000 if len(self._last) >= FEWEST else None


def usual_of(radios: Iterable[Intervals]) -> float | None:
    """The median in seconds over those radios that tell one; None where none does."""
    told = [usual for each in radios if (usual := each.usual_s) is not None]
    return median(told) if told else None
