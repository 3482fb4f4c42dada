"""When a failed task starts over, and when that mends nothing."""

from __future__ import annotations

import pytest

from services.eventlog.port import Fenced, Retry, Truncated, Unavailable
from services.geofence.keeper import LONGEST_PAUSE_S, pause_after
from services.geofence.restore import Unreadable


@pytest.mark.parametrize(
    ("error", "failures", "pause"),
    [
        (Retry("aborted"), 1, 0.2),
        (Unavailable("no broker"), 2, 0.4),
        (Unavailable("no broker"), 3, 0.8),
        (Unavailable("no broker"), 500, LONGEST_PAUSE_S),
        (ZeroDivisionError(), 1, 0.2),
        # Then the group is asked whose the partition is.
        (Fenced("a later claim"), 1, 0.2),
        # The records are gone, or not readable by this release: a person has to decide.
        (Truncated("telemetry 0: 7 to 50"), 1, None),
        (Unreadable("record 3"), 1, None),
    ],
)
def test_pause(error: Exception, failures: int, pause: float | None) -> None:
    assert pause_after(error, failures) == pause
