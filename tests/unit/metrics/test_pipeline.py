"""What is wrong with the pipeline, in words."""

from __future__ import annotations

import pytest

from services.metrics.pipeline import pipeline, reached_by_all
from tests.support.derived import NOON


@pytest.mark.parametrize(
    ("behind_s", "age_ms", "reason"),
    [
        ([0, 0, 0], 0, None),
        ([10, 1, 2], 10_000, None),
        ([-2, -1, -3], 0, None),
        ([1, 14, 1], 14_000, "geofence partition 1 is 14 s behind"),
        ([11, 14, 1], 14_000, "geofence is 14 s behind on partitions 0, 1"),
        ([11, 14, 12], 14_000, "geofence is 14 s behind"),
        ([0, None, 0], None, "geofence partition 1 has reported nothing in the last hour"),
        ([None, None, None], None, "geofence has reported nothing in the last hour"),
    ],
)
def test_reasons(behind_s: list[int | None], age_ms: int | None, reason: str | None) -> None:
    reached = {
        partition: NOON - behind * 1000
        for partition, behind in enumerate(behind_s)
        if behind is not None
    }
    state = pipeline(reached, partitions=3, now=NOON)
    assert (state.age_ms, state.reason, state.is_stale) == (age_ms, reason, reason is not None)


@pytest.mark.parametrize(
    ("behind_s", "reached_s"),
    [([0], 0), ([3, 0, 1], -3), ([10, 0], -10), ([11, 0, 2], -2)],
)
def test_alarms_wait_for_the_slowest_partition_but_not_for_one_that_stands_still(
    behind_s: list[int], reached_s: int
) -> None:
    reached = {each: NOON - behind * 1000 for each, behind in enumerate(behind_s)}
    assert reached_by_all(reached) == NOON + reached_s * 1000
