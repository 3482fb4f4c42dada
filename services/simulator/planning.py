"""How much patrol the town's hot spots are due: plans by the hours since the force's day began.

Market Square's day is over by its fifth hour, so that a demo opened in the sixth finds it met; the
Bus Station is due two patrols in the same hours. The others are due some in every shift.
"""

from __future__ import annotations

from datetime import time
from typing import Any

from services.simulator.tasking import CONTROL, NEGLECTED

_WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
_MINUTES_EACH = {"low": 10, "high": 20}
_IN_EACH_SHIFT = ((60, 300, 3), (540, 780, 3), (1020, 1260, 3))
_WINDOWS: dict[str, tuple[tuple[int, int, int], ...]] = {
    "market-square": ((20, 140, 2), (140, 270, 2)),
    "high-street": _IN_EACH_SHIFT,
    "station-road": _IN_EACH_SHIFT,
    NEGLECTED: ((30, 150, 1), (150, 270, 1), (540, 780, 2), (1020, 1260, 2)),
}
"""Of each: from and to, in minutes since the day began, and the patrols that are due."""


def plans(day_starts: time, effective_from: int) -> list[dict[str, Any]]:
    """The plans as ``PUT /v1/plans`` takes them. ``effective_from`` is in epoch ms."""
    return [
        {
            "plan_id": f"fenbridge-{hotspot_id}",
            "hotspot_id": hotspot_id,
            "weekdays": _WEEKDAYS,
            "windows": [_window(day_starts, *window) for window in windows],
            "minutes_each": _MINUTES_EACH,
            "min_gap_minutes": 20,
            "arm": "control" if hotspot_id == CONTROL else "treatment",
            "effective_from": effective_from,
        }
        for hotspot_id, windows in (*_WINDOWS.items(), (CONTROL, ()))
    ]


def _window(day_starts: time, since: int, until: int, patrols: int) -> dict[str, Any]:
    return {"from": _clock(day_starts, since), "to": _clock(day_starts, until), "patrols": patrols}


def _clock(day_starts: time, minutes: int) -> str:
    of_day = (day_starts.hour * 60 + day_starts.minute + minutes) % 1440
    return f"{of_day // 60:02}:{of_day % 60:02}"
