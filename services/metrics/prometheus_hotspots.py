"""Prometheus families of hot spots: planned against delivered, today. Absent until caught up.

Control places are in none of them. Where there are more hot spots than ``MOST_HOTSPOTS``, the first
by id have series of their own; the families by status count all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import get_args

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from services.edge.families import snapshot
from services.metrics.board import Board
from services.metrics.compliance.day import DayFigures
from services.metrics.compliance.standing import Status
from services.metrics.compliance.windows import Outcome
from services.metrics.live import Live
from services.metrics.standings import Standings

MOST_HOTSPOTS = 1_000

STATUSES: tuple[Status, ...] = ("not_planned", "on_track", "behind", "met", "missed", "not_known")
WINDOW_STATUSES: tuple[Outcome, ...] = get_args(Outcome)
"""Every one of them, so that a count of nothing is seen to be nothing."""


class HotSpots(Collector):
    """Reads the figures at each scrape, so a hot spot that was deleted is no longer exposed."""

    def __init__(self, live: Live, board: Board, standings: Standings) -> None:
        self._live = live
        self._board = board
        self._standings = standings

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The families as of now."""
        if not self._live.has_begun:
            return
        days = [day for day in self._standings.today() if not day.is_control]
        exposed = days[:MOST_HOTSPOTS]
        yield self._present(exposed)
        yield from _time(exposed)
        yield from _patrols(exposed)
        yield self._last_patrols(exposed)
        yield from _counts(days)
        not_exposed = snapshot("stepsix_hotspots_not_exposed")
        not_exposed.add_metric([], len(days) - len(exposed))
        yield not_exposed

    def _present(self, days: Iterable[DayFigures]) -> GaugeMetricFamily:
        family = snapshot("stepsix_hotspot_units_present")
        for day in days:
            present = self._board.figures(day.hotspot_id).present
            family.add_metric([day.hotspot_id], len(present))
        return family

    def _last_patrols(self, days: Iterable[DayFigures]) -> GaugeMetricFamily:
        family = snapshot("stepsix_hotspot_last_patrol_timestamp_seconds")
        for day in days:
            ended_at = self._standings.last_patrol(day.hotspot_id)
            if ended_at is not None:
                family.add_metric([day.hotspot_id], ended_at / 1000)
        return family


def _time(days: Iterable[DayFigures]) -> Iterator[GaugeMetricFamily]:
    planned = snapshot("stepsix_hotspot_planned_seconds")
    delivered = snapshot("stepsix_hotspot_delivered_seconds")
    for day in days:
        planned.add_metric([day.hotspot_id], day.planned_ms / 1000)
        delivered.add_metric([day.hotspot_id, "low"], day.patrol_time.low_ms / 1000)
        delivered.add_metric([day.hotspot_id, "estimate"], day.patrol_time.estimate_ms / 1000)
        delivered.add_metric([day.hotspot_id, "high"], day.patrol_time.high_ms / 1000)
    yield planned
    yield delivered


def _patrols(days: Iterable[DayFigures]) -> Iterator[GaugeMetricFamily]:
    planned = snapshot("stepsix_hotspot_planned_patrols")
    qualifying = snapshot("stepsix_hotspot_qualifying_patrols")
    for day in days:
        planned.add_metric([day.hotspot_id], day.planned_patrols)
        qualifying.add_metric([day.hotspot_id], day.qualifying)
    yield planned
    yield qualifying


def _counts(days: Iterable[DayFigures]) -> Iterator[GaugeMetricFamily]:
    standing = snapshot("stepsix_hotspots_by_status")
    hotspots = Counter(day.status for day in days)
    for status in STATUSES:
        standing.add_metric([status], hotspots[status])
    outcomes = snapshot("stepsix_windows")
    windows = Counter(window.outcome for day in days for window in day.windows)
    for outcome in WINDOW_STATUSES:
        outcomes.add_metric([outcome], windows[outcome])
    yield standing
    yield outcomes
