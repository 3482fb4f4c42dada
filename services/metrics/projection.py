"""All that metrics knows from the log, and what of it has changed. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from services.contracts.derived import Position, Progress, Visit
from services.contracts.days import Days
from services.metrics.units import IntervalOf, Units
from services.metrics.visits import Visits


@dataclass(slots=True)
class Changes:
    """The ids of what is no longer as it was last told."""

    units: set[str] = field(default_factory=set)
    visits: set[str] = field(default_factory=set)
    hotspots: set[str] = field(default_factory=set)


class Projection:
    """Visits, units and each partition's engine time (``reached``, in epoch milliseconds)."""

    def __init__(self, days: Days) -> None:
        self.visits = Visits(days)
        self.units = Units()
        self.reached: dict[int, int] = {}
        self.partitions = 0
        """How many there are; known once the log is followed."""
        self._changes = Changes()

    def apply(self, partition: int, message: Visit | Position | Progress) -> None:
        """Fold in one message of a partition."""
        if isinstance(message, Visit):
            self._apply_visit(message)
        elif isinstance(message, Progress):
            reached = self.reached.get(message.partition, message.engine_time)
            self.reached[message.partition] = max(reached, message.engine_time)
        elif self.units.apply(partition, message):
            self._changes.units.add(message.radio_id)

    def pass_time(self, now: int, interval_of: IntervalOf) -> None:
        """Let a new day begin if one has, and see which units have fallen quiet."""
        self._changes.hotspots |= self.visits.turn(now)
        self._changes.units.update(self.units.review(self.reached, interval_of))

    def touch(self, hotspot_ids: Iterable[str]) -> None:
        """Count hot spots as changed, for a reason that lies outside the projection."""
        self._changes.hotspots.update(hotspot_ids)

    def take_changes(self) -> Changes:
        """What has changed since the last call."""
        changes, self._changes = self._changes, Changes()
        return changes

    def _apply_visit(self, visit: Visit) -> None:
        before = self.visits.get(visit.visit_id)
        if not self.visits.apply(visit):
            return
        self._changes.visits.add(visit.visit_id)
        self._changes.hotspots |= {each.hotspot_id for each in (before, visit) if each}
