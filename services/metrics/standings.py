"""Planned against delivered as of now: the time that all figures have reached.

That is the slowest partition's engine time, so that a window does not turn out missed because our
own pipeline stands still.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from services.contracts.days import Days
from services.metrics.board import Board
from services.metrics.compliance.day import DayFigures
from services.metrics.compliance.ledger import Ledger
from services.metrics.compliance_resources import ComplianceResource, compliance
from services.metrics.projection import Projection
from services.metrics.prometheus_patrols import ClosedPatrol

_ONE = timedelta(days=1)


class Standings:
    """Each hot spot's day as it stands."""

    def __init__(self, ledger: Ledger, days: Days, board: Board, projection: Projection) -> None:
        self.ledger = ledger
        self.days = days
        self._board = board
        self._projection = projection

    @property
    def now(self) -> int:
        """The time that the figures have reached, in epoch milliseconds."""
        pipeline = self._board.pipeline()
        return pipeline.now if pipeline.engine_time is None else pipeline.engine_time

    @property
    def day(self) -> date:
        """Today."""
        return self.days.day_of(self.now)

    def hotspot_ids(self) -> list[str]:
        """The hot spots in force, in order."""
        return list(self._board.versions())

    def of_today(self, hotspot_id: str) -> DayFigures:
        """A hot spot's day."""
        return self.ledger.on(hotspot_id, self.day, self.now)

    def today(self) -> list[DayFigures]:
        """Each hot spot's day, control places among them, in order of their ids."""
        return [self.of_today(each) for each in self.hotspot_ids()]

    def under_way(self) -> list[DayFigures]:
        """Each hot spot's day, and those of yesterday of which a window still goes on."""
        return [*filter(_goes_on, map(self._of_yesterday, self.hotspot_ids())), *self.today()]

    def resource(self, figures: DayFigures) -> ComplianceResource:
        """A day's figures as they are shown."""
        settled = self._projection.is_settled(*self.days.span(figures.day))
        found = self.ledger.last_patrol(figures.hotspot_id, figures.day, self.now)
        days_since = (figures.day - found[0]).days if found else None
        return compliance(figures, days_since, settled=settled)

    def last_patrol(self, hotspot_id: str) -> int | None:
        """When the last patrol that counts ended, in epoch milliseconds; None where unknown."""
        found = self.ledger.last_patrol(hotspot_id, self.day, self.now)
        return found[1].patrol.span.end if found else None

    def closed(self, hotspot_ids: Iterable[str]) -> list[ClosedPatrol]:
        """The patrols of today and yesterday that are over, but those of control places."""
        return [
            ClosedPatrol([visit.visit_id for visit in over.visits], over.span.end, judged.kind)
            for hotspot_id in hotspot_ids
            for figures in (self._of_yesterday(hotspot_id), self.of_today(hotspot_id))
            if not figures.is_control
            for judged in figures.patrols
            if not (over := judged.patrol).goes_on
        ]

    def forget(self) -> None:
        """Drop what was judged of the days before yesterday."""
        self.ledger.forget(self.day - _ONE)

    def _of_yesterday(self, hotspot_id: str) -> DayFigures:
        return self.ledger.on(hotspot_id, self.day - _ONE, self.now)


def _goes_on(figures: DayFigures) -> bool:
    return any(window.outcome == "open" for window in figures.windows)
