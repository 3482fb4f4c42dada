"""What is wrong with the pipeline, in words."""

from __future__ import annotations

import pytest

from services.metrics.pipeline import pipeline
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
