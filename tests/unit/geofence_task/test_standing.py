"""What readiness says of the partitions of a process."""

from __future__ import annotations

import pytest

from services.edge.health import Readiness
from services.geofence.standing import Standing, readiness

WORKING = Standing(restored=True, offset=90, end=100)
RESTORING = Standing()
REPLAYING = Standing(replaying=12_345)
STOPPED = Standing(restored=True, offset=7, end=100, trouble="records 7 to 50 are gone")


LOST = "partition 0: records 7 to 50 are gone"


@pytest.mark.parametrize(
    ("standings", "was_ready", "ready", "lag", "reason"),
    [
        ({}, False, False, {}, "waiting for partitions"),
        ({0: WORKING}, False, True, {"0": 10}, None),
        ({1: RESTORING, 0: WORKING}, False, False, {"0": 10}, "partition 1: restoring"),
        # Once ready, a partition taken over makes nothing unready.
        ({1: RESTORING, 0: WORKING}, True, True, {"0": 10}, "partition 1: restoring"),
        ({2: REPLAYING}, False, False, {}, "partition 2: restoring, 12,345 records to go"),
        (
            {0: WORKING, 1: RESTORING, 3: RESTORING, 2: REPLAYING},
            False,
            False,
            {"0": 10},
            "partitions 1, 3: restoring; partition 2: restoring, 12,345 records to go",
        ),
        # Trouble is told, and takes nothing out of rotation.
        ({0: STOPPED}, False, True, {"0": 93}, LOST),
    ],
)
def test_readiness(
    standings: dict[int, Standing],
    *,
    was_ready: bool,
    ready: bool,
    lag: dict[str, int],
    reason: str | None,
) -> None:
    told = readiness(standings, was_ready=was_ready, trouble=None)
    assert told == Readiness(ready=ready, lag={"telemetry": lag}, reason=reason)


def test_what_is_wrong_with_the_log_is_told_first() -> None:
    away = readiness({}, was_ready=False, trouble="no broker answers")
    assert (away.ready, away.reason) == (False, "no broker answers")
    both = readiness({0: STOPPED}, was_ready=True, trouble="no broker answers")
    assert (both.ready, both.reason) == (True, f"no broker answers; {LOST}")


def test_a_task_that_takes_up_its_partition_is_out_of_trouble() -> None:
    standing = Standing(trouble="fenced", end=50)
    standing.took_up(40, 1_000)
    assert (standing.restored, standing.trouble, standing.lag) == (True, None, 10)
    standing.committed(60, 2_000)
    assert (standing.lag, standing.engine_time) == (0, 2_000)
