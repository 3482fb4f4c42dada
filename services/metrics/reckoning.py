"""Planned against delivered, as of the time that all partitions have reached.

So an outage of ours ends no window.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from services.contracts.days import Days
from services.contracts.reference import Duty
from services.contracts.register import Register
from services.metrics.audience import Audience, sees
from services.metrics.board import Board
from services.metrics.compliance.control import is_control
from services.metrics.compliance.day import DayFigures, Judge
from services.metrics.compliance.judged import JudgedPatrol
from services.metrics.compliance.ledger import Ledger
from services.metrics.projection import Projection
from services.metrics.recent import Kept, Read, Recent
from services.metrics.timesheets import Timesheets

_ONE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Reckoning:
    """Figures of days by one body of evidence, as of ``now`` in epoch milliseconds."""

    evidence: Recent
    ledger: Ledger
    kept: Kept
    register: Register
    days: Days
    partitions: int
    now: int

    @property
    def timesheets(self) -> Timesheets:
        """The sheets that the figures rest on."""
        return self.kept.timesheets

    def hotspot_ids(self, day: date) -> list[str]:
        """The hot spots that were in force on a day, in order; control places are among them."""
        return self.ledger.hotspot_ids(day, self.now)

    def may_see(self, audience: Audience, hotspot_id: str, day: date) -> bool:
        """Whether an audience may see a hot spot's figures of a day."""
        return sees(audience, "supervise") or not self.is_control(hotspot_id, day)

    def is_control(self, hotspot_id: str, day: date) -> bool:
        """Whether a hot spot is a control place on a day."""
        return is_control(self.register.plans(hotspot_id), hotspot_id, day, self.days)

    def on(self, hotspot_id: str, day: date) -> DayFigures:
        """A hot spot's figures on a day."""
        return self.ledger.on(hotspot_id, day, self.now)

    def judge_of(self, hotspot_id: str) -> Judge:
        """Who judges a hot spot's days."""
        return self.ledger.judge_of(hotspot_id, self.now)

    def last_patrol(self, hotspot_id: str, day: date) -> tuple[date, JudgedPatrol] | None:
        """The last patrol that counts by the end of a day, and the day it is of, where known."""
        return self.ledger.last_patrol(hotspot_id, day, self.now)

    def duties_at(self, hotspot_id: str, day: date) -> list[Duty]:
        """The duties of a day that are allocated to a hot spot."""
        return list(self.evidence.duties_at(hotspot_id, *self.days.span(day)))

    def is_settled(self, day: date) -> bool:
        """Whether all of a day is final."""
        span = self.days.span(day)
        visits = self.kept.visits
        return self.partitions > 0 and all(
            visits.is_settled(each, *span) for each in range(self.partitions)
        )


class Compliance:
    """Reckonings by what is kept in memory, as of now."""

    def __init__(
        self, projection: Projection, register: Register, days: Days, board: Board
    ) -> None:
        self._projection = projection
        self._register = register
        self.days = days
        self._board = board
        self._evidence = Recent(projection, register, days)
        self._ledger = Ledger(register, self._evidence, days)

    def today(self) -> date:
        """The force's day that it is."""
        return self.days.day_of(self._board.now())

    def now(self) -> int:
        """The time that the figures have reached, in epoch milliseconds."""
        engine_time = self._board.pipeline().engine_time
        return self._board.now() if engine_time is None else engine_time

    def remembered(self) -> Reckoning:
        """Figures that are remembered, for days that are asked for all the time."""
        return self._reckoning(self._projection, self._evidence, self._ledger)

    def kept(self) -> Reckoning:
        """Figures that are not."""
        ledger = Ledger(self._register, self._evidence, self.days)
        return self._reckoning(self._projection, self._evidence, ledger)

    def by(self, read: Read) -> Reckoning:
        """Figures by what was read from the log."""
        evidence = Recent(read, self._register, self.days)
        ledger = Ledger(self._register, evidence, self.days)
        return self._reckoning(read, evidence, ledger)

    def forget(self) -> None:
        """Drop what was remembered of days gone by, the last one aside."""
        self._ledger.forget(self.today() - _ONE)

    def _reckoning(self, kept: Kept, evidence: Recent, ledger: Ledger) -> Reckoning:
        partitions = self._projection.partitions
        return Reckoning(evidence, ledger, kept, self._register, self.days, partitions, self.now())
