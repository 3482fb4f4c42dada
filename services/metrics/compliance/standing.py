"""Where a hot spot's day stands. Pure.

1. A control place with a qualifying patrol is **contaminated**; a day on which nothing is due is
   **not_planned**.
2. By patrols a day is **met** when each window is delivered and **behind** when one is missed or
   cannot be delivered any more at the planned pace. Once all windows are over it is **missed** when
   one was, and else **not_known**.
3. By minutes it is **met** when the low bound reaches the minutes a day, and **behind** when the
   high bound and the planned pace for the time left do not: the minutes a day spread evenly over
   the windows, slack included. Once the day and its windows are over, slack included, and no
   patrol of it goes on, it is **missed** when the high bound and all unknown time together could
   not reach them, and else **not_known**.
4. By both it is the worse of the two. What is none of these is **on_track**.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from services.contracts.days import Span
from services.contracts.derived import Bounds
from services.metrics.compliance.planned import MINUTE_MS, Planned
from services.metrics.compliance.windows import WindowFigures

Status = Literal["not_planned", "on_track", "behind", "met", "missed", "not_known", "contaminated"]
_WORST_FIRST: tuple[Status, ...] = ("missed", "behind", "not_known", "on_track", "met")


def by_patrols(windows: Sequence[WindowFigures], now: int) -> Status:
    """Where a day stands by its windows."""
    outcomes = {window.outcome for window in windows}
    if outcomes <= {"delivered"}:
        return "met"
    if outcomes & {"open", "ahead"}:
        return "behind" if any(window.is_behind(now) for window in windows) else "on_track"
    return "missed" if "missed" in outcomes else "not_known"


@dataclass(frozen=True, slots=True)
class PoliceTime:
    """A day's patrol time, whether a patrol goes on, and how much time is unknown.

    The latter is asked only if it matters.
    """

    bounds: Bounds
    goes_on: bool
    unknown_ms: Callable[[], int]


def by_minutes(planned: Planned, day: Span, time: PoliceTime, now: int) -> Status:
    """Where a day stands by its police time."""
    due_ms = planned.day_ms
    if time.bounds.low_ms >= due_ms:
        return "met"
    high_ms = time.bounds.high_ms
    if now >= max((day.end, *(window.wide.end for window in planned.windows))) and not time.goes_on:
        return "missed" if high_ms + time.unknown_ms() < due_ms else "not_known"
    spans = [window.span for window in planned.windows] or [day]
    pace = due_ms / sum(span.end - span.start for span in spans)
    left_ms = sum(max(0, span.end - max(now, span.start)) for span in spans)
    slack_ms = planned.plan.slack_minutes * MINUTE_MS
    return "behind" if high_ms + pace * (left_ms + slack_ms) < due_ms else "on_track"


def worst(statuses: Sequence[Status]) -> Status:
    """The worst of several."""
    return min(statuses, key=_WORST_FIRST.index)
