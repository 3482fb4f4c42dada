"""Is a unit expected to be heard: by its duties, and by the status its officer gave."""

from __future__ import annotations

from services.geofence.rota import Rota
from services.geofence.silence.explaining import EMERGENCY, OFF_DUTY
from services.geofence.unit import Unit


def expected_since(unit: Unit, rota: Rota, time: int) -> int | None:
    """From when on a unit has been expected without a break; None where it is not at ``time``.

    If nothing is heard of it, that changes at the edges of its duties alone.

    - In an emergency it always is.
    - Otherwise the newest word counts: the beginning or end of a duty, or a status.
    - Where there is neither, it is expected from its first ping on.
    """
    if unit.status == EMERGENCY:
        return unit.status_at
    edge, on_duty = _newest_edge(rota, time)
    if unit.status is not None and unit.status_at >= edge:
        return None if unit.status == OFF_DUTY else unit.status_at
    if rota.duties:
        return edge if on_duty else None
    return 0


def _newest_edge(rota: Rota, time: int) -> tuple[int, bool]:
    """The newest beginning or end of a duty up to ``time``, and whether one goes on then."""
    on = [since for since, until in rota.duties if since <= time < until]
    if on:
        return max(on), True
    return max((until for _, until in rota.duties if until <= time), default=0), False
