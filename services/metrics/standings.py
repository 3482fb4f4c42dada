"""Planned against delivered as of now: the time that all figures have reached.

That is the slowest partition's engine time, so that a window does not turn out missed because our
own pipeline stands still. To judge all hot spots takes a while, so what is asked for of all of them
is as each was last looked at, less than a minute ago.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import partial
from typing import NamedTuple

from services.contracts.days import Days
from services.metrics.alerts import Standing
from services.metrics.board import Board
from services.metrics.compliance.day import DayFigures
from services.metrics.compliance.ledger import Ledger
from services.metrics.compliance.neglect import NEGLECTED_AFTER_MS, Neglect, neglect
from services.metrics.compliance_resources import Day
from services.metrics.projection import Projection
from services.metrics.prometheus_patrols import ClosedPatrol

_ONE = timedelta(days=1)


class _Seen(NamedTuple):
    """A hot spot as last looked at."""

    today: Day
    yesterday: DayFigures
    neglect: Neglect | None


class Standings:
    """Each hot spot's day as it stands."""

    def __init__(self, ledger: Ledger, days: Days, board: Board, projection: Projection) -> None:
        self.ledger = ledger
        self.days = days
        self._board = board
        self._projection = projection
        self._seen: dict[str, _Seen] = {}

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

    def look_at(self, hotspot_id: str) -> Day:
        """A hot spot's day, judged now."""
        now, day, known = self.now, self.day, self._projection
        last = self.ledger.last_patrol(hotspot_id, day, now)
        today = Day(
            self.ledger.on(hotspot_id, day, now),
            last,
            known.timesheets.are_settled(known.partitions, *self.days.span(day)),
        )
        first = self.days.day_of(now - NEGLECTED_AFTER_MS)
        was_due = partial(self.ledger.was_due, hotspot_id, first, day)
        there_since = self.ledger.there_since(hotspot_id)
        self._seen[hotspot_id] = _Seen(
            today,
            self.ledger.on(hotspot_id, day - _ONE, now),
            neglect(last, there_since, was_due, now),
        )
        return today

    def of_alerts(self) -> Iterator[Standing]:
        """Each hot spot as last looked at, by what may be alarming of it."""
        for each in self._all_seen():
            yield Standing(each.today.figures, each.yesterday, each.neglect)

    def today(self) -> list[DayFigures]:
        """Each hot spot's day as last looked at, control places among them, in order of ids."""
        return [each.today.figures for each in self._all_seen()]

    def under_way(self) -> list[DayFigures]:
        """Each hot spot's day, and those of yesterday of which a window still goes on."""
        yesterday = (each.yesterday for each in self._all_seen())
        return [*filter(_goes_on, yesterday), *self.today()]

    def last_patrol(self, hotspot_id: str) -> int | None:
        """When the last patrol that counts ended, in epoch milliseconds; None where unknown."""
        seen = self._seen.get(hotspot_id)
        return seen.today.last[1].patrol.span.end if seen and seen.today.last else None

    def closed(self, hotspot_ids: Iterable[str]) -> list[ClosedPatrol]:
        """The patrols of today and yesterday that are over, but those of control places."""
        return [
            ClosedPatrol([visit.visit_id for visit in over.visits], over.span.end, judged.kind)
            for hotspot_id in hotspot_ids
            for seen in (self._seen[hotspot_id],)
            for figures in (seen.today.figures, seen.yesterday)
            if not figures.is_control
            for judged in figures.patrols
            if not (over := judged.patrol).goes_on
        ]

    def forget(self) -> None:
        """Drop what was judged of the days before yesterday, and hot spots that are gone."""
        self.ledger.forget(self.day - _ONE)
        self._seen = {each: self._seen[each] for each in self.hotspot_ids() if each in self._seen}

    def _all_seen(self) -> list[_Seen]:
        ids = self.hotspot_ids()
        return [seen for each in ids if (seen := self._seen.get(each)) is not None]


def _goes_on(figures: DayFigures) -> bool:
    return any(window.outcome == "open" for window in figures.windows)
