"""What one partition showed of a day before it is settled once more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from services.contracts.codec import decode_all
from services.contracts.derived import Settlement, Visit
from services.contracts.topics import VISITS
from services.eventlog.port import EventLog
from services.geofence.history.period import Period


@dataclass(slots=True)
class Before:
    """Folded from the partition's ``visits``, as every reader folds them.

    ``run`` is that of the newest settlement of the day, None where it was never settled; its
    visits hold then, whatever the engine has said of the day since.
    """

    day: str
    period: Period
    run: int | None = None
    _settled: list[Visit] = field(default_factory=list)
    _live: dict[str, Visit] = field(default_factory=dict)
    _announced: str | None = None
    _passed_over: bool = False

    def take(self, messages: Iterable[object]) -> None:
        """Fold in the next records; what is no visit and no settlement is passed over."""
        for message in messages:
            if isinstance(message, Settlement):
                self._announce(message)
            elif isinstance(message, Visit):
                self._visit(message)

    def visits(self) -> list[Visit]:
        """The visits that the day showed."""
        if self.run is not None:
            return self._settled
        return [
            visit
            for visit in self._live.values()
            if visit.state != "retracted" and self.period.holds(visit.entered_at)
        ]

    def _announce(self, settlement: Settlement) -> None:
        self._announced = settlement.day
        if settlement.day != self.day:
            return
        self._passed_over = self.run is not None and settlement.run < self.run
        if not self._passed_over:
            self.run = settlement.run
            self._settled = []

    def _visit(self, visit: Visit) -> None:
        if visit.settled:
            if self._announced == self.day and not self._passed_over:
                self._settled.append(visit)
            return
        known = self._live.get(visit.visit_id)
        if known is None or visit.revision >= known.revision:
            self._live[visit.visit_id] = visit


async def read_before(log: EventLog, partition: int, day: str, period: Period) -> Before:
    """What the partition's ``visits`` say of the day now. Raises LogError."""
    before = Before(day, period)
    start = (await log.offset_at(VISITS.name, period.read_from))[partition]
    async for records in log.read(VISITS.name, partition, start):
        before.take(decode_all(VISITS.name, [record.value for record in records]))
    return before
