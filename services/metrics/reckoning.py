"""Planned against delivered, as of the time that all partitions have reached.

So an outage of ours ends no window.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.contracts.days import Days
from services.contracts.reference import Duty
from services.contracts.register import Register
from services.metrics.audience import Audience, is_among
from services.metrics.compliance.control import is_control
from services.metrics.compliance.day import DayFigures
from services.metrics.compliance.judged import JudgedPatrol
from services.metrics.compliance.ledger import Ledger
from services.metrics.recent import Kept, Recent
from services.metrics.timesheets import Timesheets


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
        return is_among(audience, "supervise") or not self.is_control(hotspot_id, day)

    def is_control(self, hotspot_id: str, day: date) -> bool:
        """Whether a hot spot is a control place on a day."""
        return is_control(self.register.plans(hotspot_id), hotspot_id, day, self.days)

    def on(self, hotspot_id: str, day: date) -> DayFigures:
        """A hot spot's figures on a day."""
        return self.ledger.on(hotspot_id, day, self.now)

    def last_patrol(self, hotspot_id: str, day: date) -> tuple[date, JudgedPatrol] | None:
        """The last patrol that counts by the end of a day, and the day it is of, where known."""
        return self.ledger.last_patrol(hotspot_id, day, self.now)

    def duties_at(self, hotspot_id: str, day: date) -> list[Duty]:
        """The duties of a day that are allocated to a hot spot."""
        return list(self.evidence.duties_at(hotspot_id, *self.days.span(day)))

    def is_settled(self, day: date) -> bool:
        """Whether all of a day is final."""
        return self.timesheets.are_settled(self.partitions, *self.days.span(day))
