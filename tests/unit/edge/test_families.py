"""The catalogue of metric families is closed and keeps Prometheus' naming rules."""

from __future__ import annotations

import pytest
from prometheus_client import CollectorRegistry, generate_latest

from services.edge import families
from services.edge.families import BY_NAME, CATALOGUE, Family

FORBIDDEN_LABELS = {"radio_id", "officer_id", "call_sign", "name", "text"}


@pytest.mark.parametrize("family", CATALOGUE, ids=lambda family: family.name)
def test_a_family_keeps_the_rules(family: Family) -> None:
    assert family.name.startswith("stepsix_")
    assert family.help.endswith(".")
    assert family.name.endswith("_total") == (family.type == "counter")
    assert "minutes" not in family.name
    assert "_ms" not in family.name
    assert not FORBIDDEN_LABELS & set(family.labels)


def test_no_name_twice() -> None:
    assert len(BY_NAME) == len(CATALOGUE)


def test_each_kind_is_made_from_the_catalogue() -> None:
    registry = CollectorRegistry()
    families.counter(registry, "stepsix_ingest_pings_total").labels("s", "gps").inc(2)
    families.gauge(registry, "stepsix_live_clients").set(3)
    families.histogram(registry, "stepsix_geofence_commit_seconds").observe(0.01)
    text = generate_latest(registry).decode()
    assert 'stepsix_ingest_pings_total{kind="gps",source="s"} 2.0' in text
    assert "stepsix_live_clients 3.0" in text
    assert 'stepsix_geofence_commit_seconds_bucket{le="0.01"} 1.0' in text
    family = families.snapshot("stepsix_units")
    family.add_metric(["quiet"], 4)
    assert family.samples[0].labels == {"state": "quiet"}


@pytest.mark.parametrize("name", ["stepsix_unheard_of", "stepsix_live_clients"])
def test_a_family_that_is_not_in_the_catalogue_cannot_be_made(name: str) -> None:
    with pytest.raises(KeyError):
        families.counter(CollectorRegistry(), name)
