"""What to do now: hot spots by how little time is to spare. Pure.

1. A window that goes on and is short of patrols comes first: its spare time is the time left, slack
   included, less the low minutes of each patrol due. One that goes on there is not due any more.
2. Then a day judged by minutes that is short of them: the time left in its windows less the minutes
   that are missing.
3. Then a window that begins within two hours, by when it begins.
A hot spot is named once, by what is most urgent there; within 1 and 2 who has least to spare comes
first. Control places are never named.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from services.metrics.compliance.day import DayFigures
from services.metrics.compliance.windows import WindowFigures

SOON_MS = 2 * 60 * 60 * 1000

Why = Literal["patrols", "minutes", "soon"]
_FIRST: tuple[Why, ...] = ("patrols", "minutes", "soon")


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be done at a hot spot, and until when.

    ``missing_ms`` is the police time of the day that its estimate lacks, ``spare_ms`` what is left
    over of the time left if all is done; it is below 0 where not all can be done any more.
    """

    figures: DayFigures
    why: Why
    window: WindowFigures | None
    patrols_due: int
    missing_ms: int
    left_ms: int
    spare_ms: int


def tasks(days: Iterable[DayFigures], now: int) -> list[Task]:
    """The tasks of some days, the most urgent first."""
    found = sorted((task for day in days for task in _tasks(day, now)), key=_urgency)
    by_hotspot: dict[str, Task] = {}
    for task in found:
        by_hotspot.setdefault(task.figures.hotspot_id, task)
    return list(by_hotspot.values())


def _tasks(day: DayFigures, now: int) -> Iterator[Task]:
    if day.planned is None or day.is_control:
        return
    missing_ms = max(0, day.planned_ms - day.patrol_time.estimate_ms)
    for window in day.windows:
        due = window.missing - window.goes_on
        if due > 0 and window.outcome == "open":
            left = window.left_ms(now)
            spare = left - due * window.window.low_ms
            yield Task(day, "patrols", window, due, missing_ms, left, spare)
        if due > 0 and window.outcome == "ahead" and window.window.span.start - now < SOON_MS:
            left = window.window.span.start - now
            yield Task(day, "soon", window, due, missing_ms, left, left)
    going_on = [
        each for each in day.windows if each.window.wide.start <= now < each.window.wide.end
    ]
    if day.planned.plan.judge_by != "patrols" and missing_ms and (going_on or not day.windows):
        left = max((each.left_ms(now) for each in going_on), default=missing_ms)
        yield Task(day, "minutes", None, 0, missing_ms, left, left - missing_ms)


def _urgency(task: Task) -> tuple[int, int, str]:
    return _FIRST.index(task.why), task.spare_ms, task.figures.hotspot_id
