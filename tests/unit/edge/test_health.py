"""Several services in one process: ready when all are, each one's lag and reason told."""

from __future__ import annotations

from services.edge.health import Readiness, combined


def test_ready_when_all_are() -> None:
    assert combined([Readiness(ready=True), Readiness(ready=True)]).ready
    assert not combined([Readiness(ready=True), Readiness(ready=False)]).ready


def test_lags_and_reasons_are_put_together() -> None:
    parts = [
        Readiness(ready=True, lag={"telemetry": {"0": 1}}, reason="slow"),
        Readiness(ready=True, lag={"telemetry": {"1": 2}, "visits": {"0": 3}}, reason="slower"),
    ]
    assert combined(parts) == Readiness(
        ready=True,
        lag={"telemetry": {"0": 1, "1": 2}, "visits": {"0": 3}},
        reason="slow; slower",
    )
