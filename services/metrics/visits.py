"""The visits of the last days, folded from their revisions and settlements. Pure.

Of two revisions of one visit the higher holds, in whichever order they come. A retracted visit
stays known for as long, so that a revision from before its end cannot bring it back; one that a
settlement left out is retracted, too. A visit that is final takes no live revision any more, also
where that would move it into another day.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import NamedTuple

import msgspec

from services.contracts.days import Days, Span
from services.contracts.derived import Bounds, Settlement, Visit
from services.metrics.settling import Settling

DAYS_KEPT = 8
"""Today and the seven days before: what a weekly view compares."""

_NEVER = Span(0, 0)


class Key(NamedTuple):
    """A visit's place in the order of time."""

    entered_at: int
    visit_id: str


def key_of(visit: Visit) -> Key:
    """Where a visit stands among the others."""
    return Key(visit.entered_at, visit.visit_id)


def goes_on(visit: Visit) -> bool:
    """Whether the unit is there now. Of a final visit's end nothing more is heard: it is over."""
    return visit.state == "open" and not visit.settled


def end_of(visit: Visit) -> int:
    """Until when a visit lasted, as far as is known."""
    return visit.last_fix_time if visit.left_at is None else visit.left_at


@dataclass(slots=True)
class Figures:
    """What a hot spot has: the visits to its core that go on now, and today's added up."""

    present: set[str] = field(default_factory=set)
    low_ms: int = 0
    estimate_ms: int = 0
    high_ms: int = 0

    @property
    def today(self) -> Bounds:
        """Police time today, so far."""
        return Bounds(low_ms=self.low_ms, estimate_ms=self.estimate_ms, high_ms=self.high_ms)

    def add(self, visit: Visit, sign: int) -> None:
        """Count a visit's time in (+1) or out again (-1)."""
        self.low_ms += sign * visit.low_ms
        self.estimate_ms += sign * visit.duration_ms
        self.high_ms += sign * visit.high_ms


@dataclass(slots=True)
class _Place:
    """The visits to one hot spot that were not retracted, in order.

    None of them ever lasted longer than ``longest_ms``; ``edition`` rises with each change.
    """

    keys: list[Key] = field(default_factory=list)
    longest_ms: int = 0
    edition: int = 0

    def add(self, visit: Visit) -> None:
        insort(self.keys, key_of(visit))
        self.longest_ms = max(self.longest_ms, end_of(visit) - visit.entered_at)
        self.edition += 1

    def remove(self, key: Key) -> None:
        del self.keys[bisect_left(self.keys, key)]
        self.edition += 1


class Visits:
    """Visits by id, by time and by hot spot, and the figures of each hot spot today."""

    def __init__(self, days: Days) -> None:
        self._days = days
        self._today = _NEVER
        self.kept_from = 0
        """The start of the first of the days kept, in epoch milliseconds."""
        self._settling = Settling()
        self._by_id: dict[str, Visit] = {}
        self._partitions: dict[str, int] = {}
        self._order: list[Key] = []
        self._open: set[str] = set()
        self._figures: dict[str, Figures] = {}
        self._places: dict[str, _Place] = {}

    def apply(self, partition: int, visit: Visit) -> bool:
        """Fold in one revision of a partition's visit; whether it told anything new."""
        if not self._settling.believes(partition, visit.entered_at, settled=visit.settled):
            return False
        known = self._by_id.get(visit.visit_id)
        if known is not None and not _is_news(visit, known):
            return False
        self._partitions[visit.visit_id] = partition
        self._put(visit, known)
        return True

    def settle(self, partition: int, settlement: Settlement) -> list[Visit]:
        """Retract a partition's visits of a day, for its final ones follow; what they were."""
        span = self._settling.announce(partition, settlement)
        if span is None:
            return []
        first, last = (bisect_left(self._order, Key(at, "")) for at in span)
        among = [self._by_id[key.visit_id] for key in self._order[first:last]]
        gone = [each for each in among if self._partitions[each.visit_id] == partition]
        for visit in gone:
            retracted = msgspec.structs.replace(visit, state="retracted", settled=True)
            self._put(retracted, visit)
        return [visit for visit in gone if visit.state != "retracted"]

    def turn(self, now: int) -> set[str]:
        """Let a new day begin if one has; the hot spots whose figures that changes."""
        if self._today.start <= now < self._today.end:
            return set()
        day = self._days.day_of(now)
        self._today = self._days.span(day)
        self.kept_from = self._days.start_of(day - timedelta(days=DAYS_KEPT - 1))
        self._forget()
        for figures in self._figures.values():
            figures.low_ms = figures.estimate_ms = figures.high_ms = 0
        for key in self._order[bisect_left(self._order, Key(self._today.start, "")) :]:
            self._count_time(self._by_id[key.visit_id], +1)
        return set(self._figures)

    def get(self, visit_id: str) -> Visit | None:
        """The newest revision of a visit, retracted or not."""
        return self._by_id.get(visit_id)

    def figures(self, hotspot_id: str) -> Figures:
        """The figures of one hot spot; zero where nobody has been."""
        return self._figures.get(hotspot_id) or Figures()

    def open(self) -> list[Visit]:
        """The visits that go on now, in the order in which they began."""
        return sorted((self._by_id[each] for each in self._open), key=key_of)

    def since(self, first: Key) -> Iterator[Visit]:
        """Visits in the order of their keys, from ``first`` on.

        Those retracted are not among them, nor any that ended and began before the days kept.
        """
        for at in range(bisect_left(self._order, first), len(self._order)):
            visit = self._by_id[self._order[at][1]]
            if visit.state != "retracted" and self._is_kept(visit):
                yield visit

    def overlapping(self, hotspot_id: str, since: int, until: int) -> list[Visit]:
        """The visits to either ring of a hot spot that lie in part in ``[since, until)``, in order.

        A visit lasts until it was left, or else to its last fix.
        """
        place = self._places.get(hotspot_id)
        if place is None:
            return []
        first, last = (
            bisect_left(place.keys, Key(at, "")) for at in (since - place.longest_ms, until)
        )
        found = (self._by_id[key.visit_id] for key in place.keys[first:last])
        return [
            visit
            for visit in found
            if (visit.entered_at >= since or end_of(visit) > since) and self._is_kept(visit)
        ]

    def edition(self, hotspot_id: str) -> int:
        """A number that rises whenever anything about a hot spot's visits changes."""
        place = self._places.get(hotspot_id)
        return 0 if place is None else place.edition

    def _is_kept(self, visit: Visit) -> bool:
        return goes_on(visit) or visit.entered_at >= self.kept_from

    def _put(self, visit: Visit, known: Visit | None) -> None:
        """Let a visit stand in the place of what was known of it."""
        if known is not None:
            self._count(known, -1)
            del self._order[bisect_left(self._order, key_of(known))]
            if known.state != "retracted":
                self._places[known.hotspot_id].remove(key_of(known))
        insort(self._order, key_of(visit))
        self._by_id[visit.visit_id] = visit
        if visit.state != "retracted":
            self._places.setdefault(visit.hotspot_id, _Place()).add(visit)
        (self._open.add if goes_on(visit) else self._open.discard)(visit.visit_id)
        self._count(visit, +1)

    def _forget(self) -> None:
        """Drop what began before the days kept; but not what still goes on."""
        old = self._order[: bisect_left(self._order, Key(self.kept_from, ""))]
        self._order[: len(old)] = [key for key in old if key.visit_id in self._open]
        for key in old:
            if key.visit_id not in self._open:
                visit = self._by_id.pop(key.visit_id)
                del self._partitions[key.visit_id]
                if visit.state != "retracted":
                    self._places[visit.hotspot_id].remove(key)

    def _count(self, visit: Visit, sign: int) -> None:
        """Count a visit in (+1) or out again (-1)."""
        if visit.ring == "core" and goes_on(visit):
            present = self._figures_of(visit).present
            (present.add if sign > 0 else present.discard)(visit.visit_id)
        self._count_time(visit, sign)

    def _count_time(self, visit: Visit, sign: int) -> None:
        is_today = self._today.start <= visit.entered_at < self._today.end
        if is_today and visit.ring == "core" and visit.state != "retracted":
            self._figures_of(visit).add(visit, sign)

    def _figures_of(self, visit: Visit) -> Figures:
        return self._figures.setdefault(visit.hotspot_id, Figures())


def _is_news(visit: Visit, known: Visit) -> bool:
    if visit == known:
        return False
    return visit.settled or (not known.settled and visit.revision >= known.revision)
