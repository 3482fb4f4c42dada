"""Shifts of eight hours, three a day, counted from the moment in which the town begins.

They are counted in hours that pass, so on the day on which the clocks change they move by one.
"""

from __future__ import annotations

from typing import NamedTuple

SHIFT_MS = 8 * 3_600_000
HANDOVER_MS = 15 * 60_000
"""At the end of a shift: the radios are switched off and handed over to the next one."""


class Shift(NamedTuple):
    """One shift: its number, and from when to when its officers are on duty (epoch ms)."""

    number: int
    since: int
    until: int

    @property
    def over(self) -> int:
        """When the next one begins."""
        return self.since + SHIFT_MS


def shift_of(number: int, began: int) -> Shift:
    """The shift of that number, in a town that ``began`` then (epoch ms)."""
    since = began + number * SHIFT_MS
    return Shift(number, since, since + SHIFT_MS - HANDOVER_MS)


def shift_at(at: int, began: int) -> Shift:
    """The shift at a moment, handing over included."""
    return shift_of((at - began) // SHIFT_MS, began)
