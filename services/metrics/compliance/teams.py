"""What each team did at each hot spot. Pure.

A team took part in a patrol if one of its officers was there on patrol. Radios on nobody's duty are
of no team.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from services.contracts.derived import Bounds
from services.contracts.reference import Duty
from services.metrics.compliance.allocation import NO_TIME, Allocation
from services.metrics.compliance.day import DayFigures
from services.metrics.compliance.judged import JudgedPatrol, added
from services.metrics.compliance.shares import Share, per_officer

NOTHING = Bounds(low_ms=0, estimate_ms=0, high_ms=0)


@dataclass(slots=True)
class AtHotSpot:
    """What a team did at a hot spot: patrols that it took part in and those that count."""

    patrols: int = 0
    qualifying: int = 0
    officer_time: Bounds = NOTHING
    allocated_time: Bounds = NOTHING


@dataclass(slots=True)
class Team:
    """A team's work, by hot spot, and the time of its duties that are allocated to any."""

    hotspots: dict[str, AtHotSpot] = field(default_factory=dict)
    duty_time: Allocation = NO_TIME

    def at(self, hotspot_id: str) -> AtHotSpot:
        """What it did at a hot spot."""
        return self.hotspots.setdefault(hotspot_id, AtHotSpot())


class Teams:
    """Teams by name; those who are of none have none."""

    def __init__(self) -> None:
        self._by_name: dict[str | None, Team] = {}

    def in_order(self) -> list[tuple[str | None, Team]]:
        """Teams by name, and last who is of none."""
        return sorted(self._by_name.items(), key=lambda each: (each[0] is None, each[0] or ""))

    def add_day(self, figures: DayFigures) -> None:
        """Count in a hot spot's day."""
        for patrol in figures.patrols:
            by_team: dict[str | None, list[Share]] = {}
            for share in patrol.shares:
                by_team.setdefault(share.team, []).append(share)
            for name, shares in by_team.items():
                self._add(name, figures.hotspot_id, patrol, shares)

    def add_duty(self, duty: Duty, hotspot_ids: Iterable[str], time: Allocation) -> None:
        """Count in a duty that is allocated to some hot spots, of which these are to be seen."""
        team = self._team(duty.team)
        team.duty_time = team.duty_time.plus(time)
        for each in hotspot_ids:
            team.at(each)

    def _add(
        self, name: str | None, hotspot_id: str, patrol: JudgedPatrol, shares: list[Share]
    ) -> None:
        there = self._team(name).at(hotspot_id)
        allocated = [share for share in shares if share.is_allocated(hotspot_id)]
        there.patrols += 1
        there.qualifying += patrol.counts
        there.officer_time = added((there.officer_time, _time(shares)))
        there.allocated_time = added((there.allocated_time, _time(allocated)))

    def _team(self, name: str | None) -> Team:
        return self._by_name.setdefault(name, Team())


def _time(shares: Iterable[Share]) -> Bounds:
    return added(presence.bounds for presence in per_officer(shares))
