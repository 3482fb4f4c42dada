"""An episode of one unit: what is remembered of it while it goes on."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Literal, NamedTuple

Type = Literal["lost", "no_position", "frozen"]
Cause = Literal["unexpected", "explained"]


class Now(NamedTuple):
    """A tick: the engine's time and its offset."""

    time: int
    offset: int


@dataclass(slots=True, kw_only=True)
class Episode:
    """A unit that is not heard (``lost``), or is heard without a position.

    ``declared_at`` and ``last_heard_at`` are log times; for a unit without a position the latter is
    that of its last position. Where it was then is kept with it, since the unit may move on.
    """

    episode_id: str
    type: Type
    cause: Cause
    declared_at: int
    last_heard_at: int
    source: str
    reason: str | None = None
    hotspot_id: str | None = None
    lat: float | None = None
    lon: float | None = None
    cell_id: str | None = None


def episode_id(*parts: object) -> str:
    """An id that is the same wherever the same thing is seen."""
    return sha256("\n".join(str(part) for part in parts).encode()).hexdigest()[:16]
