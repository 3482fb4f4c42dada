"""The rules for Prometheus: understood by promtool, of families there are, each in the runbook."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from services.edge.families import CATALOGUE
from tests.support.deployment import ROOT
from tests.support.prometheus import configured, promtool, rules

TESTS = sorted((Path(__file__).parent / "prometheus").glob("*.test.yml"))
METRICS_PAGE = (ROOT / "docs" / "metrics.md").read_text("utf-8")
RUNBOOK = (ROOT / "docs" / "runbook.md").read_text("utf-8")
RECORDING, ALERTS = "recording.rules.yml", "alerts.rules.yml"
SERIES = {
    name
    for family in CATALOGUE
    for name in (
        [f"{family.name}_{part}" for part in ("bucket", "sum", "count")]
        if family.type == "histogram"
        else [family.name]
    )
}


def test_prometheus_takes_the_configuration(tmp_path: Path) -> None:
    config = configured(tmp_path, "127.0.0.1:8600", "secret")
    checked = promtool("check", "config", str(config))
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "2 rule files found" in checked.stdout
    checked = promtool(
        "check", "rules", "--lint-fatal", *map(str, config.parent.glob("*.rules.yml"))
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.parametrize("file", TESTS, ids=lambda file: file.name)
def test_the_rules_say_what_they_should(file: Path) -> None:
    tested = promtool("test", "rules", str(file))
    assert tested.returncode == 0, tested.stdout + tested.stderr


@pytest.mark.parametrize("file", [RECORDING, ALERTS])
def test_rules_name_families_of_the_catalogue_alone(file: str) -> None:
    recorded = {rule["record"] for rule in rules(RECORDING)}
    expressions = " ".join(rule["expr"] for rule in rules(file))
    named = set(re.findall(r"\b(?:[a-z]+:)?stepsix_[a-z0-9_]+(?::[a-z0-9_]+)?", expressions))
    assert named
    assert named <= SERIES | recorded


def test_every_alert_and_ratio_is_tried_firing_and_silent() -> None:
    tried = "\n".join(file.read_text("utf-8") for file in TESTS)
    for rule in rules(RECORDING):
        assert f"labels: {rule['record']}{{" in tried or f"({rule['record']})" in tried
    for alert in rules(ALERTS):
        assert f'labels: ALERTS{{alertname="{alert["alert"]}",alertstate="firing"' in tried


def test_the_page_of_families_has_each_recorded_series() -> None:
    documented = re.findall(r"^\| `(\w+:\w+:\w+)` \|", METRICS_PAGE, re.MULTILINE)
    assert sorted(documented) == sorted(rule["record"] for rule in rules(RECORDING))


def test_every_alert_has_its_section_of_the_runbook_and_every_section_its_alert() -> None:
    assert re.findall(r"^## (\w+)$", RUNBOOK, re.MULTILINE) == [
        alert["alert"] for alert in rules(ALERTS)
    ]


@pytest.mark.parametrize("alert", rules(ALERTS), ids=lambda alert: str(alert["alert"]))
def test_an_alert_says_what_to_do(alert: dict[str, dict[str, str]]) -> None:
    assert set(alert["annotations"]) == {"summary", "description", "runbook"}
    assert all(alert["annotations"].values())
    assert alert["annotations"]["runbook"] == f"docs/runbook.md#{str(alert['alert']).lower()}"
    assert alert["labels"]["severity"] in {"critical", "warning", "info"}
