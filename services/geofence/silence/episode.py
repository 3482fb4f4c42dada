"""An episode of one unit: what is remembered of it while it goes on."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Literal, NamedTuple

from services.contracts.derived import Signal

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
    that of its last position, and None where nothing was heard of it at all. Where it was then is
    kept with it, since the unit may move on.
    """

    episode_id: str
    type: Type
    cause: Cause
    declared_at: int
    last_heard_at: int | None = None
    source: str | None = None
    reason: str | None = None
    hotspot_id: str | None = None
    lat: float | None = None
    lon: float | None = None
    cell_id: str | None = None


def episode_id(*parts: object) -> str:
    """An id that is the same wherever the same thing is seen."""
    return sha256("\n".join(str(part) for part in parts).encode()).hexdigest()[:16]


def signal_of(radio_id: str, episode: Episode, now: Now, *, over: bool) -> Signal:
    """An episode as it is told; ``over`` ends it now."""
    return Signal(
        episode_id=episode.episode_id,
        type=episode.type,
        cause=episode.cause,
        declared_at=episode.declared_at,
        revision=now.offset,
        radio_id=radio_id,
        source=episode.source,
        reason=episode.reason,
        last_heard_at=episode.last_heard_at,
        ended_at=now.time if over else None,
        hotspot_id=episode.hotspot_id,
        lat=episode.lat,
        lon=episode.lon,
        cell_id=episode.cell_id,
    )
