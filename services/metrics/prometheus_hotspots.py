"""Prometheus families of hot spots: planned against delivered, today. Absent until caught up.

Control places are in none of them. Where there are more hot spots than ``MOST_HOTSPOTS``, the first
by id have series of their own; the families by status count all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, Protocol

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from services.contracts.derived import Bounds
from services.edge.families import snapshot
from services.metrics.board import Board
from services.metrics.live import Live

MOST_HOTSPOTS = 1_000

STATUSES = ("not_planned", "on_track", "behind", "met", "missed", "not_known")
WINDOW_STATUSES = ("delivered", "missed", "not_known", "open", "ahead")
"""Every one of them, so that a count of nothing is seen to be nothing."""


class WindowFigures(Protocol):
    """What became of a window."""

    @property
    def status(self) -> str:
        """One of ``WINDOW_STATUSES``."""


class DayFigures(Protocol):
    """What was due at a hot spot on a day, and what was done."""

    @property
    def hotspot_id(self) -> str:
        """The hot spot."""

    @property
    def arm(self) -> Literal["treatment", "control"]:
        """Whether it should be patrolled, or be left alone for comparison."""

    @property
    def planned_patrols(self) -> int:
        """How many patrols are due."""

    @property
    def qualifying_patrols(self) -> int:
        """How many count."""

    @property
    def planned_ms(self) -> int:
        """The police time due, in milliseconds."""

    @property
    def minutes(self) -> Bounds:
        """The police time of the patrols."""

    @property
    def windows(self) -> Sequence[WindowFigures]:
        """Its windows, in order of time."""

    @property
    def status(self) -> str:
        """Where the day stands; ``contaminated`` for a control place, else one of ``STATUSES``."""


class Compliance(Protocol):
    """Planned against delivered, as of now."""

    def today(self) -> Iterable[DayFigures]:
        """Each hot spot's day, control places among them."""

    def last_patrol(self, hotspot_id: str) -> int | None:
        """When its last patrol that counts ended, in epoch milliseconds; None where unknown."""


class HotSpots(Collector):
    """Reads the figures at each scrape, so a hot spot that was deleted is no longer exposed."""

    def __init__(self, live: Live, board: Board, compliance: Compliance) -> None:
        self._live = live
        self._board = board
        self._compliance = compliance

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The families as of now."""
        if not self._live.has_begun:
            return
        in_force = self._board.versions()
        days = sorted(
            (
                day
                for day in self._compliance.today()
                if day.arm != "control" and day.hotspot_id in in_force
            ),
            key=lambda day: day.hotspot_id,
        )
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
            ended_at = self._compliance.last_patrol(day.hotspot_id)
            if ended_at is not None:
                family.add_metric([day.hotspot_id], ended_at / 1000)
        return family


def _time(days: Iterable[DayFigures]) -> Iterator[GaugeMetricFamily]:
    planned = snapshot("stepsix_hotspot_planned_seconds")
    delivered = snapshot("stepsix_hotspot_delivered_seconds")
    for day in days:
        planned.add_metric([day.hotspot_id], day.planned_ms / 1000)
        delivered.add_metric([day.hotspot_id, "low"], day.minutes.low_ms / 1000)
        delivered.add_metric([day.hotspot_id, "estimate"], day.minutes.estimate_ms / 1000)
        delivered.add_metric([day.hotspot_id, "high"], day.minutes.high_ms / 1000)
    yield planned
    yield delivered


def _patrols(days: Iterable[DayFigures]) -> Iterator[GaugeMetricFamily]:
    planned = snapshot("stepsix_hotspot_planned_patrols")
    qualifying = snapshot("stepsix_hotspot_qualifying_patrols")
    for day in days:
        planned.add_metric([day.hotspot_id], day.planned_patrols)
        qualifying.add_metric([day.hotspot_id], day.qualifying_patrols)
    yield planned
    yield qualifying


def _counts(days: Iterable[DayFigures]) -> Iterator[GaugeMetricFamily]:
    standing = snapshot("stepsix_hotspots_by_status")
    hotspots = Counter(day.status for day in days)
    for status in STATUSES:
        standing.add_metric([status], hotspots[status])
    outcomes = snapshot("stepsix_windows")
    windows = Counter(window.status for day in days for window in day.windows)
    for status in WINDOW_STATUSES:
        outcomes.add_metric([status], windows[status])
    yield standing
    yield outcomes
