"""What became of a window of a plan. Pure.

1. **delivered**: as many patrols count as are due, be it over or not;
2. **ahead**: it has not begun, slack included;
3. **open**: it goes on, slack included, or a patrol that belongs to it does;
4. **not_known**: it is over, and uncertain patrols or unknown time there could have filled it;
5. **missed**: it is over, and they could not.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Literal

from services.metrics.compliance.judged import JudgedPatrol
from services.metrics.compliance.planned import Window

Outcome = Literal["delivered", "missed", "not_known", "open", "ahead"]


@dataclass(frozen=True, slots=True)
class WindowFigures:
    """A window, how many patrols that belong to it count or may, and what became of it.

    ``could_hold`` is how many more unknown time may hold; 0 where that does not matter.
    """

    window: Window
    delivered: int
    uncertain: int
    goes_on: bool
    outcome: Outcome
    could_hold: int = 0

    @property
    def missing(self) -> int:
        """How many patrols are still due."""
        return max(0, self.window.patrols - self.delivered)

    def left_ms(self, now: int) -> int:
        """The time left for them, slack included."""
        return max(0, self.window.wide.end - max(now, self.window.wide.start))

    def is_behind(self, now: int) -> bool:
        """Whether what is due cannot be delivered any more at the planned pace.

        That is one patrol in each equal part of the window, and the low minutes for the last. One
        that goes on may yet qualify.
        """
        if self.outcome not in ("open", "ahead"):
            return self.outcome == "missed"
        missing = self.missing - self.goes_on
        if missing <= 0:
            return False
        left = self.left_ms(now)
        if left < self.window.low_ms:
            return True
        pace_ms = (self.window.span.end - self.window.span.start) / self.window.patrols
        return missing > ceil(left / pace_ms)


def figures_of(
    window: Window, patrols: Sequence[JudgedPatrol], could_hold: Callable[[], int], now: int
) -> WindowFigures:
    """A window's figures by the patrols that belong to it.

    ``could_hold`` says how many patrols unknown time there may hold; asked only if it matters.
    """
    delivered = sum(patrol.counts for patrol in patrols)
    uncertain = sum(patrol.may_count for patrol in patrols)
    going_on = [patrol for patrol in patrols if patrol.patrol.goes_on]
    hidden = 0
    outcome: Outcome
    if delivered >= window.patrols:
        outcome = "delivered"
    elif now < window.wide.start:
        outcome = "ahead"
    elif now < window.wide.end or going_on:
        outcome = "open"
    else:
        hidden = could_hold()
        filled = delivered + uncertain + hidden >= window.patrols
        outcome = "not_known" if filled else "missed"
    may_yet = any(not patrol.counts and not patrol.repeats for patrol in going_on)
    return WindowFigures(window, delivered, uncertain, may_yet, outcome, hidden)
