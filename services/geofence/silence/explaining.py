"""What a radio or its officer said that explains a silence.

The names are those of the reasons for sending of TETRA's location protocol (ETSI TS 100 392-18-1),
under which a radio system may also post the numbers.
"""

from __future__ import annotations

from services.contracts.telemetry import Gps, Presence, Status
from services.geofence.unit import Unit

OFF_DUTY = "off_duty"
EMERGENCY = "emergency"
FLAT_PCT = 3.0
"""A radio with no more than this is about to switch itself off."""

_LEAVING = {
    "1": "power_off",
    "5": "transmit_inhibited",
    "8": "direct_mode",
    "10": "service_lost",
    "12": "low_battery",
}
"""After these a radio is not heard."""
_BLIND = {"21": "location_lost", "30": "positioning_off"}
"""After these it has no position."""
_LEAVES = frozenset(_LEAVING.values())
_IS_BLIND = frozenset(_BLIND.values())


def why_not_heard(unit: Unit) -> str | None:
    """Why a unit that is not heard said that it would not be; None where it did not."""
    if unit.status == OFF_DUTY:
        return OFF_DUTY
    last = unit.last
    if isinstance(last, Status):
        return None
    said = _named(last.reason, _LEAVING)
    if said in _LEAVES:
        return said
    if last.battery_pct is not None and last.battery_pct <= FLAT_PCT:
        return "low_battery"
    return None


def why_no_position(unit: Unit) -> str | None:
    """Why a unit that is heard has no position, as it said itself."""
    if isinstance(unit.last, Status):
        return None
    said = _named(unit.last.reason, _BLIND)
    return said if said in _IS_BLIND else None


def said_at(message: Gps | Presence | Status) -> int:
    """When a message was made, by its sender's clock where that is told."""
    if isinstance(message, Gps):
        return message.fix_time
    if isinstance(message, Status):
        return message.at
    return message.received_at if message.sent_at is None else message.sent_at


def _named(reason: str | None, numbers: dict[str, str]) -> str | None:
    if reason is None:
        return None
    said = reason.strip().lower().replace(" ", "_").replace("-", "_")
    return numbers.get(said, said)
