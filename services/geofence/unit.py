"""What the engine remembers of a unit: its snapshot is this, as JSON."""

from __future__ import annotations

from dataclasses import dataclass, field

from services.contracts.derived import Ring
from services.contracts.telemetry import Gps


@dataclass(slots=True, kw_only=True)
class Stay:
    """A visit as it grows, in one ring of one hot spot.

    ``changed`` is the offset of its last fix and ``told`` that of the last fix it was told of at;
    ``inside`` says whether the last fix lay inside the ring and not only within its accuracy of
    it. Twice the milliseconds are kept, so that half of an odd gap stays exact. ``left_at`` is
    set while a tick has closed it provisionally. ``crossing_ms2`` is the sum of the squares of
    the gaps in which the ring was entered and left.
    """

    visit_id: str
    hotspot_id: str
    hotspot_version: int
    ring: Ring
    entered_at: int
    last_fix_time: int
    changed: int
    told: int
    inside: bool = True
    fixes: int = 1
    twice_ms: int = 0
    twice_low_ms: int = 0
    unknown_ms: int = 0
    crossing_ms2: int = 0
    left_at: int | None = None


@dataclass(slots=True, kw_only=True)
class Unit:
    """One radio.

    ``offset`` is that of the last record heard of it, ``fix`` its newest usable fix, and
    ``accuracy_m`` its 68 % radius where it says none. ``stays`` are its open visits by place
    (zone.py), and ``expires`` is the engine time after which nothing is known of them any more.
    """

    radio_id: str
    source: str
    heard_at: int
    offset: int
    fix: Gps | None = None
    accuracy_m: float = 0.0
    expires: int = 0
    status: str | None = None
    status_at: int = 0
    set_aside: dict[str, int] = field(default_factory=dict)
    stays: dict[str, Stay] = field(default_factory=dict)
