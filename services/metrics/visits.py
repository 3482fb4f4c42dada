"""The visits of the last weeks, folded from their revisions and settlements. Pure.

Of two revisions of one visit the higher holds, in whichever order they come. A retracted visit
stays known for as long, so that a revision from before its end cannot bring it back; one that a
settlement left out is retracted, too. A visit that is final takes no live revision any more, also
where that would move it into another day.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import msgspec

from services.contracts.days import Days
from services.contracts.derived import Settlement, Visit
from services.metrics.figures import Figures, Tally
from services.metrics.lasting import end_of, goes_on
from services.metrics.packing import pack, unpack
from services.metrics.settling import Settling
from services.metrics.timeline import Key, key_of
from services.metrics.visit_index import Index

DAYS_KEPT = 36
"""Today and the five weeks before."""


class Visits:
    """Visits by id, time, radio and hot spot, and the figures of each hot spot today.

    Those that go on are kept as they are, all others packed.
    """

    def __init__(self, days: Days) -> None:
        self._days = days
        self.kept_from = 0
        """The start of the first of the days kept, in epoch milliseconds."""
        self._settling = Settling()
        self._by_id: dict[str, Visit | bytes] = {}
        self._index = Index()
        self._radios: dict[int, set[str]] = {}
        """Of each partition, those that made visits."""
        self._open: set[str] = set()
        self._tally = Tally()

    def apply(self, partition: int, visit: Visit) -> set[str]:
        """Fold in one revision of a partition's visit; the hot spots for which it is news."""
        if not self._settling.believes(partition, visit.entered_at, settled=visit.settled):
            return set()
        known = self.get(visit.visit_id)
        if known is not None and not _is_news(visit, known):
            return set()
        self._radios.setdefault(partition, set()).add(visit.radio_id)
        self._put(visit, known)
        return {visit.hotspot_id} if known is None else {visit.hotspot_id, known.hotspot_id}

    @property
    def settlements(self) -> int:
        """How many there were so far."""
        return self._settling.count

    def settle(self, partition: int, settlement: Settlement) -> list[Visit]:
        """Retract a partition's visits of a day, for its final ones follow; what they were."""
        span = self._settling.announce(partition, settlement)
        if span is None:
            return []
        timelines = (self._index.of(each) for each in self._radios.get(partition, ()))
        gone = [self._known(key) for line in timelines for key in line.between(*span)]
        for visit in gone:
            retracted = msgspec.structs.replace(visit, state="retracted", settled=True)
            self._put(retracted, visit)
        return [visit for visit in gone if visit.state != "retracted"]

    def turn(self, now: int) -> set[str]:
        """Let a new day begin if one has; the hot spots whose figures that changes."""
        today = self._tally.today
        if today.start <= now < today.end:
            return set()
        day = self._days.day_of(now)
        today = self._days.span(day)
        self.kept_from = self._days.start_of(day - timedelta(days=DAYS_KEPT - 1))
        self._forget()
        return self._tally.begin(today, map(self._known, self._index.all.between(*today)))

    def get(self, visit_id: str) -> Visit | None:
        """The newest revision of a visit, retracted or not."""
        known = self._by_id.get(visit_id)
        return None if known is None else _whole(known)

    def figures(self, hotspot_id: str) -> Figures:
        """The figures of one hot spot; zero where nobody has been."""
        return self._tally.of(hotspot_id)

    def open(self) -> list[Visit]:
        """The visits that go on now, in the order in which they began."""
        return sorted((_whole(self._by_id[each]) for each in self._open), key=key_of)

    def since(
        self, first: Key, radio_id: str | None = None, hotspot_id: str | None = None
    ) -> Iterator[Visit]:
        """Visits of a radio and to a hot spot, where given, in order, from ``first`` on.

        Those retracted are not among them, nor any that ended and began before the days kept.
        """
        for key in self._index.of(radio_id, hotspot_id).starting(first):
            visit = self._known(key)
            is_wanted = radio_id in (None, visit.radio_id) and visit.state != "retracted"
            if is_wanted and self._is_kept(visit):
                yield visit

    def overlapping(self, hotspot_id: str, since: int, until: int) -> list[Visit]:
        """The visits to either ring of a hot spot that lie in part in ``[since, until)``, in order.

        A visit lasts until it was left, or else to its last fix.
        """
        found = map(self._known, self._index.near(hotspot_id, since, until))
        return [
            visit
            for visit in found
            if visit.state != "retracted"
            and self._is_kept(visit)
            and (visit.entered_at >= since or end_of(visit) > since)
        ]

    def edition(self, hotspot_id: str) -> int:
        """A number that rises whenever anything about a hot spot's visits changes."""
        return self._index.edition(hotspot_id)

    def _known(self, key: Key) -> Visit:
        return _whole(self._by_id[key.visit_id])

    def _is_kept(self, visit: Visit) -> bool:
        return goes_on(visit) or visit.entered_at >= self.kept_from

    def _put(self, visit: Visit, known: Visit | None) -> None:
        """Let a visit stand in the place of what was known of it."""
        if known is not None:
            self._tally.count(known, -1)
        self._index.put(visit, known)
        self._by_id[visit.visit_id] = visit if goes_on(visit) else pack(visit)
        (self._open.add if goes_on(visit) else self._open.discard)(visit.visit_id)
        self._tally.count(visit, +1)

    def _forget(self) -> None:
        """Drop what began before the days kept; but not what still goes on."""
        for key in list(self._index.all.between(0, self.kept_from)):
            if key.visit_id not in self._open:
                self._index.remove(self._known(key))
                del self._by_id[key.visit_id]


def _whole(known: Visit | bytes) -> Visit:
    return unpack(known) if isinstance(known, bytes) else known


def _is_news(visit: Visit, known: Visit) -> bool:
    if visit == known:
        return False
    return visit.settled or (not known.settled and visit.revision >= known.revision)
