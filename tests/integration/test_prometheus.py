"""A real Prometheus scrapes a real service with what deploy/prometheus says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.support.deployment import Deployment, deployment, stepsix
from tests.support.prometheus import Prometheus, configured, prometheus, promtool, rules

GOOD = {"radio_id": "T-1", "lat": 53.4801, "lon": -2.2450, "accuracy_m": 8}
BAD = {"radio_id": "T-1", "lat": 153.0, "lon": -2.2450}
POSTED = [GOOD, GOOD, GOOD, BAD]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    with deployment(tmp_path_factory.mktemp("served")) as running:
        yield running


@pytest.fixture(scope="module")
def token(served: Deployment) -> str:
    """A token that may scrape and do nothing else."""
    made = stepsix("token", "create", "--scope", "scrape", "--data-dir", str(served.data_dir))
    assert made.returncode == 0, made.stderr
    return made.stdout.strip()


@pytest.fixture(scope="module")
def scraping(
    served: Deployment, token: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Prometheus]:
    folder = tmp_path_factory.mktemp("scraping")
    with prometheus(configured(folder, served.url.removeprefix("http://"), token)) as running:
        yield running


def test_what_is_posted_is_scraped_and_the_ratios_follow(
    served: Deployment, scraping: Prometheus
) -> None:
    with served.client() as client:
        assert client.post("/v1/pings", json=POSTED).status_code == 202
        counted = scraping.until("stepsix_ingest_pings_total == 3")
        assert counted == {(("kind", "gps"), ("source", "local")): 3}
        # A rate needs two values.
        assert client.post("/v1/pings", json=POSTED).status_code == 202
        # A scrape may come in between two rules of one evaluation; the next one has both.
        refused = scraping.until("abs(source:stepsix_ingest_rejected:ratio_rate5m - 0.25) < 0.01")
    assert set(refused) == {(("source", "local"),)}
    assert scraping.until("job:stepsix_units_reporting:ratio == 1")
    assert scraping.until("max by (job) (stepsix_pipeline_engine_timestamp_seconds)")
    assert scraping.values("time() - stepsix_pipeline_engine_timestamp_seconds < 60")


def test_nothing_is_wrong_with_scrapes_or_rules(scraping: Prometheus) -> None:
    assert scraping.until('up{job="stepsix"}') == {(): 1}
    scraping.until("stepsix_units")
    [target] = scraping.asked("targets")["activeTargets"]
    assert (target["health"], target["lastError"]) == ("up", "")
    known = [rule for group in scraping.asked("rules")["groups"] for rule in group["rules"]]
    deployed = rules("recording.rules.yml") + rules("alerts.rules.yml")
    assert len(known) == len(deployed)
    assert {rule["health"] for rule in known} <= {"ok", "unknown"}  # unknown: not evaluated yet
    logged = scraping.logged.read_text("utf-8").splitlines()
    assert [line for line in logged if "level=warn" in line or "level=error" in line] == []


def test_the_exposition_is_without_fault(served: Deployment, token: str) -> None:
    exposed = httpx.get(f"{served.url}/metrics", headers={"Authorization": f"Bearer {token}"})
    assert exposed.status_code == 200
    checked = promtool("check", "metrics", given=exposed.text)
    assert (checked.returncode, checked.stdout, checked.stderr) == (0, "", "")


def test_its_token_opens_nothing_else(served: Deployment, token: str) -> None:
    refused = httpx.get(f"{served.url}/v1/units", headers={"Authorization": f"Bearer {token}"})
    assert refused.status_code == 403


def test_a_token_that_is_not_valid_is_seen_to_scrape_nothing(
    served: Deployment, tmp_path: Path
) -> None:
    target = served.url.removeprefix("http://")
    with prometheus(configured(tmp_path, target, "revoked")) as running:
        assert running.until('up{job="stepsix"}') == {(): 0}
        [told] = running.asked("targets")["activeTargets"]
        assert "401" in told["lastError"]
