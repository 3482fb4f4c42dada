"""A unit on the engine's books."""

from __future__ import annotations

from dataclasses import dataclass

from services.geofence.unit import Unit


@dataclass(slots=True, eq=False)
class Track:
    """A unit, and how it stands to its snapshots.

    ``seen`` is the offset below which a restored unit has taken every record, ``saved`` that of
    its last record when it was last written to a snapshot, -1 where a tick has changed it since.
    """

    unit: Unit
    seen: int = 0
    saved: int = -1
