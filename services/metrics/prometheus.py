"""Prometheus families of units, silence and the pipeline: absent until metrics has caught up."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from services.edge.families import counter, snapshot
from services.metrics.board import Board
from services.metrics.broadcast import Broadcast
from services.metrics.episodes import LABELS, Label
from services.metrics.live import Live
from services.metrics.projection import Projection


class Figures(Collector):
    """Reads the board and the projection at each scrape."""

    def __init__(
        self, live: Live, board: Board, projection: Projection, broadcast: Broadcast
    ) -> None:
        self._live = live
        self._board = board
        self._projection = projection
        self._broadcast = broadcast

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The families as of now."""
        clients = snapshot("stepsix_live_clients")
        clients.add_metric([], self._broadcast.clients)
        yield clients
        if self._live.has_begun:
            yield self._engine_time()
            yield self._states()
            yield self._episodes()

    def _engine_time(self) -> GaugeMetricFamily:
        family = snapshot("stepsix_pipeline_engine_timestamp_seconds")
        engine_time = self._board.pipeline().engine_time
        if engine_time is not None:
            family.add_metric([], engine_time / 1000)
        return family

    def _states(self) -> GaugeMetricFamily:
        family = snapshot("stepsix_units")
        for state, count in self._projection.units.by_state().items():
            family.add_metric([state], count)
        return family

    def _episodes(self) -> GaugeMetricFamily:
        family = snapshot("stepsix_signal_episodes")
        going_on = self._projection.signals.episodes.count()
        for label in LABELS:
            family.add_metric(label, going_on[label])
        return family


def counting(registry: CollectorRegistry) -> Callable[[Label], None]:
    """Counts the episodes of silence that are declared from now on; every label begins at 0."""
    declared = counter(registry, "stepsix_signal_episodes_declared_total")
    for label in LABELS:
        declared.labels(*label)

    def count(label: Label) -> None:
        declared.labels(*label).inc()

    return count
