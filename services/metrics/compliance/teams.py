"""What each team did at a hot spot: by the duties of those who were there. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from services.contracts.derived import Bounds
from services.metrics.compliance.day import DayFigures
from services.metrics.compliance.judged import added
from services.metrics.compliance.shares import Share, per_officer


@dataclass(frozen=True, slots=True)
class TeamFigures:
    """A team at a hot spot: the patrols it took part in, how many of them count, and its time.

    ``team`` is None for radios on nobody's duty and duties of no team.
    """

    hotspot_id: str
    team: str | None
    patrols: int
    qualifying: int
    officer_time: Bounds
    allocated_time: Bounds


def teams_of(hotspot_id: str, days: Iterable[DayFigures]) -> list[TeamFigures]:
    """The teams that were at a hot spot on some days, in order of their names."""
    taken: dict[str | None, list[tuple[bool, list[Share]]]] = {}
    for patrol in (patrol for day in days for patrol in day.patrols):
        for team in {share.team for share in patrol.shares}:
            own = [share for share in patrol.shares if share.team == team]
            taken.setdefault(team, []).append((patrol.counts, own))
    return [
        TeamFigures(
            hotspot_id,
            team,
            patrols=len(parts),
            qualifying=sum(counts for counts, _ in parts),
            officer_time=added(_time(shares) for _, shares in parts),
            allocated_time=added(
                _time([share for share in shares if share.is_allocated(hotspot_id)])
                for _, shares in parts
            ),
        )
        for team, parts in sorted(taken.items(), key=lambda each: (each[0] is None, each[0] or ""))
    ]


def _time(shares: list[Share]) -> Bounds:
    return added(presence.bounds for presence in per_officer(shares))
