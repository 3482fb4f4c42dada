"""How long a visit lasts. Pure."""

from __future__ import annotations

from services.contracts.derived import Visit


def end_of(visit: Visit) -> int:
    """Until when a visit lasted, as far as is known, in epoch milliseconds."""
    return visit.last_fix_time if visit.left_at is None else visit.left_at


def goes_on(visit: Visit) -> bool:
    """Whether the unit is there now. Of a final visit's end nothing more is heard: it is over."""
    return visit.state == "open" and not visit.settled
