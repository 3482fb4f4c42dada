"""The closed catalogue of Prometheus metric families.

Every family that stepsix exposes is named here, in base units, and nowhere else; a family that
is not cannot be made. Labels never hold an officer, a radio or free text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.core import GaugeMetricFamily

_LATENCY_BUCKETS_S = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class Family:
    """One metric family: what it counts or measures, and by what."""

    name: str
    type: Literal["counter", "gauge", "histogram"]
    help: str
    labels: tuple[str, ...] = ()


CATALOGUE: tuple[Family, ...] = (
    Family(
        "stepsix_ingest_pings_total",
        "counter",
        "Messages of radios, and feedback, that were accepted and are in the log.",
        ("source", "kind"),
    ),
    Family(
        "stepsix_ingest_rejected_total",
        "counter",
        "Items that were refused, by the code given to the sender.",
        ("source", "code"),
    ),
    Family(
        "stepsix_ingest_deferred_total",
        "counter",
        "Requests that were told to come again because the log was behind.",
    ),
    Family(
        "stepsix_ingest_pending_bytes",
        "gauge",
        "Bytes accepted from senders that the log has not confirmed yet.",
    ),
    Family(
        "stepsix_ingest_append_seconds",
        "histogram",
        "From handing records to the log until it confirmed them.",
    ),
    Family(
        "stepsix_geofence_records_total",
        "counter",
        "Records of telemetry processed and committed, by kind.",
        ("kind",),
    ),
    Family(
        "stepsix_geofence_outputs_total",
        "counter",
        "Records derived and committed, by topic.",
        ("topic",),
    ),
    Family(
        "stepsix_geofence_commit_seconds",
        "histogram",
        "One transaction, from begin to committed.",
    ),
    Family(
        "stepsix_geofence_restore_seconds",
        "histogram",
        "Taking over a partition, from claim to ready.",
    ),
    Family(
        "stepsix_geofence_fixes_set_aside_total",
        "counter",
        "Fixes that were not used, by reason.",
        ("reason",),
    ),
    Family(
        "stepsix_geofence_restarts_total",
        "counter",
        "Partition tasks that started over, by what stopped them.",
        ("reason",),
    ),
    Family(
        "stepsix_geofence_rebuilds_total",
        "counter",
        "Partitions whose state this release could not read and rebuilt from telemetry.",
    ),
    Family(
        "stepsix_geofence_lag_records",
        "gauge",
        "Records of telemetry not yet processed, by partition.",
        ("partition",),
    ),
    Family(
        "stepsix_geofence_engine_timestamp_seconds",
        "gauge",
        "Log time that the engine has reached, by partition.",
        ("partition",),
    ),
    Family(
        "stepsix_pipeline_engine_timestamp_seconds",
        "gauge",
        "Log time that the slowest partition's figures have reached.",
    ),
    Family(
        "stepsix_units",
        "gauge",
        "Units, by state.",
        ("state",),
    ),
    Family(
        "stepsix_signal_episodes",
        "gauge",
        "Episodes of silence that go on now, by whose fault they are and by kind.",
        ("cause", "type"),
    ),
    Family(
        "stepsix_signal_episodes_declared_total",
        "counter",
        "Episodes of silence first told since the start, by their cause then and by kind.",
        ("cause", "type"),
    ),
    Family(
        "stepsix_hotspot_units_present",
        "gauge",
        "Units inside the hot spot now.",
        ("hotspot_id",),
    ),
    Family(
        "stepsix_hotspot_planned_seconds",
        "gauge",
        "Police time due in the hot spot today.",
        ("hotspot_id",),
    ),
    Family(
        "stepsix_hotspot_delivered_seconds",
        "gauge",
        "Police time of today's patrols that counts: low, estimate and high.",
        ("hotspot_id", "bound"),
    ),
    Family(
        "stepsix_hotspot_planned_patrols",
        "gauge",
        "Patrols due in the hot spot today.",
        ("hotspot_id",),
    ),
    Family(
        "stepsix_hotspot_qualifying_patrols",
        "gauge",
        "Patrols of today that count towards those due.",
        ("hotspot_id",),
    ),
    Family(
        "stepsix_hotspot_last_patrol_timestamp_seconds",
        "gauge",
        "When the last patrol that counts ended; absent where none is known.",
        ("hotspot_id",),
    ),
    Family(
        "stepsix_hotspots_by_status",
        "gauge",
        "Hot spots by where they stand today.",
        ("status",),
    ),
    Family(
        "stepsix_hotspots_not_exposed",
        "gauge",
        "Hot spots that have no series of their own, because there are too many.",
    ),
    Family(
        "stepsix_windows",
        "gauge",
        "Today's windows by what became of them.",
        ("status",),
    ),
    Family(
        "stepsix_patrols_closed_total",
        "counter",
        "Patrols first told as over since the start, by what they were then.",
        ("kind",),
    ),
    Family(
        "stepsix_live_clients",
        "gauge",
        "Open live streams.",
    ),
    Family(
        "stepsix_live_dropped_total",
        "counter",
        "Live streams closed because the client read too slowly.",
    ),
)
BY_NAME: dict[str, Family] = {family.name: family for family in CATALOGUE}


def counter(registry: CollectorRegistry, name: str) -> Counter:
    """The counter of that name. Raises KeyError where the catalogue has none."""
    family = _of(name, "counter")
    return Counter(name, family.help, family.labels, registry=registry)


def gauge(registry: CollectorRegistry, name: str) -> Gauge:
    """The gauge of that name. Raises KeyError where the catalogue has none."""
    family = _of(name, "gauge")
    return Gauge(name, family.help, family.labels, registry=registry)


def histogram(registry: CollectorRegistry, name: str) -> Histogram:
    """The histogram of that name. Raises KeyError where the catalogue has none."""
    family = _of(name, "histogram")
    return Histogram(
        name, family.help, family.labels, buckets=_LATENCY_BUCKETS_S, registry=registry
    )


def snapshot(name: str) -> GaugeMetricFamily:
    """An empty gauge family for a collector that fills it at each scrape."""
    family = _of(name, "gauge")
    return GaugeMetricFamily(name, family.help, labels=family.labels)


def _of(name: str, type_: str) -> Family:
    family = BY_NAME[name]
    if family.type != type_:
        msg = f"{name} is a {family.type}, not a {type_}"
        raise KeyError(msg)
    return family
