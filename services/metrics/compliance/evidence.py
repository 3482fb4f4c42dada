"""What the rules are told: visits, unknown time and duties."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from services.contracts.derived import Visit
from services.contracts.reference import Duty
from services.metrics.spans import Spans


class Evidence(Protocol):
    """Times are epoch milliseconds; a stretch is ``since`` up to, and without, ``until``."""

    def visits(self, hotspot_id: str, since: int, until: int) -> Sequence[Visit]:
        """The visits to a hot spot that meet a stretch, none of them retracted."""

    def unknown(self, radio_id: str, since: int, until: int) -> Spans:
        """The time in a stretch of which nothing is known of a radio."""

    def unaccounted(self, radio_id: str, since: int, until: int) -> Spans:
        """The time in a stretch that no sheet of a radio accounts for."""

    def duties_of(self, radio_id: str) -> Sequence[Duty]:
        """The duties of a radio."""

    def duties_at(self, hotspot_id: str, since: int, until: int) -> Sequence[Duty]:
        """The duties in a stretch that are allocated to a hot spot."""

    def interval_ms(self, visit: Visit) -> float:
        """How often a visit's radio was expected to be heard when it entered."""
