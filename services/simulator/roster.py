"""The town's duty roster: one relief a shift, each officer with a radio of their own."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from services.simulator.officer import mode_of
from services.simulator.radio import call_sign_of, radio_id_of
from services.simulator.shifts import Shift
from services.simulator.tasking import allocated

FIRST_DUTY = "fenbridge-0-1"
"""It begins when the town does."""
_RELIEFS = ("Red", "Blue", "Green")
_SPECIAL_EVERY, _PCSO_EVERY = 6, 4


def duties(shift: Shift, officers: int) -> list[dict[str, Any]]:
    """The duties of a shift as ``PUT /v1/duties`` takes them."""
    relief = shift.number % len(_RELIEFS)
    return [
        {
            "duty_id": f"fenbridge-{shift.number}-{number + 1}",
            "radio_id": radio_id_of(number),
            "officer_ids": [f"P{100 * (relief + 1) + number + 1}"],
            "call_sign": call_sign_of(number),
            "role": _role_of(number),
            "mode": mode_of(number, officers).name,
            "team": _RELIEFS[relief],
            "from": _written(shift.since),
            "to": _written(shift.until),
            "hotspot_ids": list(allocated(shift.number, number // 2)),
        }
        for number in range(officers)
    ]


def _role_of(number: int) -> str:
    if number % _SPECIAL_EVERY == _SPECIAL_EVERY - 2:
        return "special"
    return "pcso" if number % _PCSO_EVERY == _PCSO_EVERY - 1 else "pc"


def _written(at: int) -> str:
    return datetime.fromtimestamp(at / 1000, UTC).isoformat()
