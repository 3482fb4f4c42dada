"""How a hot spot was patrolled over some days: how often, how long, how far apart. Pure.

1. **frequency**: patrols that count, a day;
2. **duration**: the median of their minutes, by estimate;
3. **intermittency**: the median time from the end of one to the start of the next.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from services.contracts.derived import Bounds
from services.metrics.compliance.day import DayFigures
from services.metrics.compliance.judged import JudgedPatrol, added
from services.metrics.compliance.standing import Status


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A hot spot over some days, given in order; medians are None without patrols to take them of.

    Durations are milliseconds.
    """

    days: Sequence[DayFigures]

    @property
    def by_status(self) -> Counter[Status]:
        """How many days came to what."""
        return Counter(day.status for day in self.days)

    @property
    def patrol_time(self) -> Bounds:
        """The police time of all days."""
        return added(day.patrol_time for day in self.days)

    @property
    def officer_time(self) -> Bounds:
        """The time of each officer, added up."""
        return added(day.officer_time for day in self.days)

    @property
    def allocated_time(self) -> Bounds:
        """The same of those who were allocated there."""
        return added(day.allocated_time for day in self.days)

    @property
    def other_time(self) -> Bounds:
        """The time of other work there."""
        return added(day.other_time for day in self.days)

    @property
    def frequency(self) -> float:
        """Patrols that count, a day."""
        return sum(day.qualifying for day in self.days) / len(self.days)

    @property
    def duration_ms(self) -> float | None:
        """How long one of them lasted."""
        lengths = [patrol.patrol_time.estimate_ms for patrol in self._counting()]
        return median(lengths) if lengths else None

    @property
    def intermittency_ms(self) -> float | None:
        """How long it was from one to the next."""
        spans = [patrol.patrol.span for patrol in self._counting()]
        gaps = [after.start - before.end for before, after in pairwise(spans)]
        return median(gaps) if gaps else None

    def _counting(self) -> list[JudgedPatrol]:
        return [patrol for day in self.days for patrol in day.patrols if patrol.counts]
