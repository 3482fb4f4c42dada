"""What each hot spot has now: who is there, and today's police time. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from services.contracts.days import Span
from services.contracts.derived import Bounds, Visit
from services.metrics.lasting import goes_on

_NEVER = Span(0, 0)


@dataclass(slots=True)
class Figures:
    """What a hot spot has: the visits to its core that go on now, and today's added up."""

    present: set[str] = field(default_factory=set)
    low_ms: int = 0
    estimate_ms: int = 0
    high_ms: int = 0

    @property
    def today(self) -> Bounds:
        """Police time today, so far."""
        return Bounds(low_ms=self.low_ms, estimate_ms=self.estimate_ms, high_ms=self.high_ms)

    def add(self, visit: Visit, sign: int) -> None:
        """Count a visit's time in (+1) or out again (-1)."""
        self.low_ms += sign * visit.low_ms
        self.estimate_ms += sign * visit.duration_ms
        self.high_ms += sign * visit.high_ms


class Tally:
    """The figures of every hot spot that has any."""

    def __init__(self) -> None:
        self.today = _NEVER
        self._figures: dict[str, Figures] = {}

    def of(self, hotspot_id: str) -> Figures:
        """The figures of one hot spot; zero where nobody has been."""
        return self._figures.get(hotspot_id) or Figures()

    def begin(self, today: Span, visits: Iterable[Visit]) -> set[str]:
        """Count another day's visits anew; the hot spots whose figures that changes."""
        self.today = today
        for figures in self._figures.values():
            figures.low_ms = figures.estimate_ms = figures.high_ms = 0
        for visit in visits:
            self._count_time(visit, +1)
        return set(self._figures)

    def count(self, visit: Visit, sign: int) -> None:
        """Count a visit in (+1) or out again (-1)."""
        if visit.ring != "core":
            return
        if goes_on(visit):
            present = self._figures_of(visit).present
            (present.add if sign > 0 else present.discard)(visit.visit_id)
        self._count_time(visit, sign)

    def _count_time(self, visit: Visit, sign: int) -> None:
        is_today = self.today.start <= visit.entered_at < self.today.end
        if is_today and visit.ring == "core" and visit.state != "retracted":
            self._figures_of(visit).add(visit, sign)

    def _figures_of(self, visit: Visit) -> Figures:
        return self._figures.setdefault(visit.hotspot_id, Figures())
