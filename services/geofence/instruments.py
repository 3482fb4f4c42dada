"""What Prometheus sees of the geofence service (families: services/edge/families.py)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from services.edge import families
from services.geofence.standing import Standing


@dataclass(slots=True)
class Work:
    """What a commit makes final: records by kind, outputs by topic, fixes not used by reason."""

    records: Counter[str] = field(default_factory=Counter)
    outputs: Counter[str] = field(default_factory=Counter)
    set_aside: Counter[str] = field(default_factory=Counter)


class Instruments:
    """The counters and histograms of one process; a counter moves when a commit went through."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.commit_seconds = families.histogram(registry, "stepsix_geofence_commit_seconds")
        self.restore_seconds = families.histogram(registry, "stepsix_geofence_restore_seconds")
        self._records = families.counter(registry, "stepsix_geofence_records_total")
        self._outputs = families.counter(registry, "stepsix_geofence_outputs_total")
        self._set_aside = families.counter(registry, "stepsix_geofence_fixes_set_aside_total")
        self._restarts = families.counter(registry, "stepsix_geofence_restarts_total")
        self._rebuilds = families.counter(registry, "stepsix_geofence_rebuilds_total")

    def count(self, work: Work) -> None:
        """Count what a commit has made final."""
        for kind, count in work.records.items():
            self._records.labels(kind).inc(count)
        for topic, count in work.outputs.items():
            self._outputs.labels(topic).inc(count)
        for reason, count in work.set_aside.items():
            self._set_aside.labels(reason).inc(count)

    def restarted(self, reason: str) -> None:
        """Count a task that starts over."""
        self._restarts.labels(reason).inc()

    def rebuilt(self) -> None:
        """Count a partition whose state could not be read."""
        self._rebuilds.inc()


class StandingsCollector(Collector):
    """Lag and engine time of the partitions that are this process's at the scrape."""

    def __init__(self, standings: Mapping[int, Standing]) -> None:
        self._standings = standings

    def collect(self) -> Iterable[GaugeMetricFamily]:
        """One sample for each partition that has been restored."""
        lag = families.snapshot("stepsix_geofence_lag_records")
        time = families.snapshot("stepsix_geofence_engine_timestamp_seconds")
        for partition, standing in self._standings.items():
            if standing.restored:
                lag.add_metric([str(partition)], standing.lag)
                time.add_metric([str(partition)], standing.engine_time / 1000)
        yield from (lag, time)
