"""A patrol: a stretch with one or more radios in a hot spot. Pure.

Stays of different radios are one patrol where they overlap, so two officers who walk together
make one patrol; one who comes when the other has left makes another. Other work joins no patrols:
a scene that is guarded all day may be patrolled many times.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from services.contracts.days import Span
from services.contracts.derived import Visit
from services.metrics.compliance.presence import Presence, together
from services.metrics.compliance.stays import Stay


@dataclass(frozen=True, slots=True)
class Patrol:
    """Stays that overlap, in order of time."""

    stays: tuple[Stay, ...]

    @property
    def patrol_id(self) -> str:
        """The visit with which it began."""
        return self.stays[0].visits[0].visit_id

    @property
    def span(self) -> Span:
        """From the start of the first stay to the end of the last, as far as is known."""
        return Span(self.stays[0].span.start, max(stay.span.end for stay in self.stays))

    @property
    def goes_on(self) -> bool:
        """Whether somebody is there on patrol now."""
        return any(stay.goes_on for stay in self.stays)

    @property
    def settled(self) -> bool:
        """Whether all its visits are final."""
        return all(visit.settled for visit in self.visits)

    @property
    def visits(self) -> list[Visit]:
        """The visits it is made of."""
        return [visit for stay in self.stays for visit in stay.visits]

    @property
    def counted(self) -> Presence:
        """When somebody was there on patrol."""
        return together(stay.counted for stay in self.stays)

    @property
    def other(self) -> Presence:
        """When somebody was there who did other work, whoever else was on patrol."""
        return together(stay.other for stay in self.stays)


def patrols_of(stays: Sequence[Stay], now: int) -> list[Patrol]:
    """The patrols, in order of time, that stays make, given in order of time.

    A stay that goes on lasts until ``now``. Stays of other work alone are apart.
    """
    on_patrol = _joined([stay for stay in stays if not stay.is_other_work], now)
    other_work = _joined([stay for stay in stays if stay.is_other_work], now)
    return sorted((*on_patrol, *other_work), key=lambda patrol: patrol.span)


def _joined(stays: Iterable[Stay], now: int) -> list[Patrol]:
    groups: list[list[Stay]] = []
    ends_at = 0
    for stay in stays:
        end = max(now, stay.span.end) if stay.goes_on else stay.span.end
        if groups and stay.span.start < ends_at:
            groups[-1].append(stay)
            ends_at = max(ends_at, end)
        else:
            groups.append([stay])
            ends_at = end
    return [Patrol(tuple(group)) for group in groups]
