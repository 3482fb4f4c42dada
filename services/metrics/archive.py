"""Planned against delivered on any days, by what is kept in memory or read from the log.

1. A day is judged by what is kept as long as the sheets of the day before are kept, too; before
   that by sheets, and where they are kept no more by visits, that are read from the log.
2. Today's figures are remembered, those of other days only as long as somebody asks for them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from services.contracts.register import Register
from services.metrics.compliance.ledger import Ledger
from services.metrics.older import Older
from services.metrics.projection import Projection
from services.metrics.recent import Kept, Read, Recent
from services.metrics.reckoning import Reckoning
from services.metrics.standings import Standings

_ONE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Reckonings:
    """The figures of several days.

    Those before ``first_kept`` by what was read of them from the log.
    """

    today: date
    first_kept: date
    remembered: Reckoning
    kept: Reckoning
    read: Reckoning

    def of(self, day: date) -> Reckoning:
        """The figures among which a day's are."""
        if day == self.today:
            return self.remembered
        return self.kept if day >= self.first_kept else self.read


class Archive:
    """Finds what each day is judged by."""

    def __init__(
        self,
        standings: Standings,
        projection: Projection,
        recent: Recent,
        register: Register,
        older: Older,
    ) -> None:
        self._standings = standings
        self._projection = projection
        self._evidence = recent
        self._register = register
        self._older = older
        self._days = standings.days

    async def over(self, first: date, last: date) -> Reckonings:
        """The figures of the days from ``first`` to ``last``.

        Raises NotKept where the log no longer has all that they rest on, and the log's errors.
        """
        first_kept = self._days.day_of(self._projection.timesheets.kept_from) + _ONE
        kept = read = self._by(self._projection, self._evidence)
        if first < first_kept:
            found = await self._read(first, min(last, first_kept - _ONE))
            read = self._by(found, Recent(found, self._register, self._days))
        remembered = self._by(self._projection, self._evidence, self._standings.ledger)
        return Reckonings(self._standings.day, first_kept, remembered, kept, read)

    def _by(self, kept: Kept, evidence: Recent, ledger: Ledger | None = None) -> Reckoning:
        return Reckoning(
            evidence=evidence,
            ledger=ledger or Ledger(self._register, evidence, self._days),
            kept=kept,
            register=self._register,
            days=self._days,
            partitions=self._projection.partitions,
            now=self._standings.now,
        )

    async def _read(self, first: date, last: date) -> Read:
        """What is known of days that are not kept whole, and of the days around them."""
        since, until = self._days.start_of(first - _ONE), self._days.start_of(last + 2 * _ONE)
        visits, kept_from = self._projection.visits, self._projection.kept_from
        if since < kept_from:
            visits, kept_from = await self._older.visits(since, until), since
        timesheets = await self._older.timesheets(since, until)
        return Read(kept_from, visits, timesheets)


def days_from(first: date, last: date) -> Iterator[date]:
    """Each day from the first to the last."""
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)
