"""Which figures of one topic are believed: live ones, until a day's settlement replaces them. Pure.

1. A settlement is announced in its partition; the final figures that follow there are its own.
2. Of two runs of a partition's day the later holds, and an older one is passed over whole.
3. Of a stretch that was ever settled no live figures are believed any more.
"""

from __future__ import annotations

from bisect import bisect_right
from operator import itemgetter

from services.contracts.days import Span
from services.contracts.derived import Settlement
from services.metrics.spans import union

_start = itemgetter(0)


class Settling:
    """The settlements of each partition, in the order in which the log holds them."""

    def __init__(self) -> None:
        self.count = 0
        """How many settlements there were so far."""
        self._newest: dict[tuple[int, str], int] = {}
        self._settled: dict[int, list[Span]] = {}
        self._announced: dict[int, Span] = {}

    def announce(self, partition: int, settlement: Settlement) -> Span | None:
        """Begin a settlement; the stretch that it replaces, None where a later run's holds."""
        self.count += 1
        day = (partition, settlement.day)
        if settlement.run < self._newest.get(day, settlement.run):
            self._announced.pop(partition, None)
            return None
        span = Span(settlement.since, settlement.until)
        self._newest[day] = settlement.run
        spans = self._settled.setdefault(partition, [])
        spans[:] = union([*spans, span])
        self._announced[partition] = span
        return span

    def believes(self, partition: int, at: int, *, settled: bool) -> bool:
        """Whether a figure that belongs to the moment ``at`` counts, coming as the next one."""
        if settled:
            announced = self._announced.get(partition)
            return announced is not None and announced.start <= at < announced.end
        return not self.covers(partition, at, at + 1)

    def covers(self, partition: int, since: int, until: int) -> bool:
        """Whether the whole of ``[since, until)`` is settled."""
        spans = self._settled.get(partition, [])
        place = bisect_right(spans, since, key=_start) - 1
        return place >= 0 and until <= spans[place].end
