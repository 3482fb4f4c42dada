"""A fix with all that it is judged by."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from services.contracts.telemetry import Gps
from services.geofence.limits import Limits
from services.geofence.nearness import Near
from services.geofence.rota import Rota


class Evidence(NamedTuple):
    """A fix, what its source says of it, the zones near it and the duties of its radio.

    ``limits`` is None where the fix is vague. ``cause`` is the offset of the record by which it is
    taken: its own, or that of the late fix or tick for which the unit was taken back.
    """

    fix: Gps
    limits: Limits | None
    near: Sequence[Near]
    rota: Rota
    cause: int
