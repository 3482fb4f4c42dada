"""How often a hot spot is patrolled, for how long each time, and how long it is left between. Pure.

The three parts of what police presence is made of (Sherman and Weisburd 1995; Koper 1995):

1. **frequency**: patrols that count, for each day;
2. **duration**: the median of their patrol time, as estimated;
3. **intermittency**: the median time from the end of one to the start of the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from services.metrics.compliance.day import DayFigures
from services.metrics.compliance.judged import JudgedPatrol


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Of some days of a hot spot; a median of nothing is None."""

    patrols_a_day: float
    patrol_ms: float | None
    gap_ms: float | None


def rhythm(days: Sequence[DayFigures]) -> Rhythm:
    """The rhythm of days, one at least, which follow each other."""
    counting = [patrol for day in days for patrol in day.patrols if patrol.counts]
    return Rhythm(
        patrols_a_day=len(counting) / len(days),
        patrol_ms=_median(patrol.patrol_time.estimate_ms for patrol in counting),
        gap_ms=_median(_gaps_ms(counting)),
    )


def _gaps_ms(patrols: Iterable[JudgedPatrol]) -> list[int]:
    spans = sorted(patrol.patrol.span for patrol in patrols)
    return [after.start - before.end for before, after in pairwise(spans)]


def _median(values: Iterable[int]) -> float | None:
    known = list(values)
    return median(known) if known else None
