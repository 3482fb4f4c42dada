"""A patrol with its verdict and its minutes. Pure.

Of two qualifying patrols nearer than ``min_gap_minutes``, from the end of the one to the start of
the next, the later does not count; nor does an uncertain one so near to one that counts. Minutes
count all the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from services.contracts.derived import Bounds
from services.contracts.reference import Plan
from services.metrics.compliance.evidence import Evidence
from services.metrics.compliance.patrols import Patrol
from services.metrics.compliance.planned import MINUTE_MS, USUAL, USUAL_GAP_MINUTES, Window
from services.metrics.compliance.shares import Share, per_officer, shares_of
from services.metrics.compliance.verdicts import QUALIFIES, Kind, verdict


@dataclass(frozen=True, slots=True)
class JudgedPatrol:
    """A patrol and what it comes to.

    ``repeats`` says that it is too near to one that counts to count as well. ``window`` is the one
    it belongs to, if any. Patrol time is the time in which somebody was there, officer time the sum
    over officers, allocated time that of officers allocated there.
    """

    patrol: Patrol
    window: Window | None
    kind: Kind
    repeats: bool
    shares: tuple[Share, ...]
    patrol_time: Bounds
    officer_time: Bounds
    allocated_time: Bounds
    other_time: Bounds

    @property
    def counts(self) -> bool:
        """Whether it is one of the patrols that were due."""
        return self.kind in QUALIFIES and not self.repeats

    @property
    def may_count(self) -> bool:
        """Whether it may be one of them: its bounds leave that open."""
        return self.kind == "uncertain" and not self.repeats


def added(several: Iterable[Bounds]) -> Bounds:
    """The sum of durations, bound by bound."""
    all_ = list(several)
    return Bounds(
        low_ms=sum(each.low_ms for each in all_),
        estimate_ms=sum(each.estimate_ms for each in all_),
        high_ms=sum(each.high_ms for each in all_),
    )


def judged(  # what a patrol is judged by, each by its name
    patrol: Patrol,
    *,
    hotspot_id: str,
    window: Window | None,
    plan: Plan | None,
    after: JudgedPatrol | None,
    evidence: Evidence,
) -> JudgedPatrol:
    """Judge a patrol by a plan, or by what is usual; ``after`` is the last one that counts."""
    shares = shares_of(patrol, evidence)
    allocated = [share for share in shares if share.is_allocated(hotspot_id)]
    return JudgedPatrol(
        patrol=patrol,
        window=window,
        kind=verdict(patrol, plan.minutes_each if plan else USUAL),
        repeats=after is not None and _is_near(patrol, after.patrol, plan),
        shares=tuple(shares),
        patrol_time=patrol.counted.bounds,
        officer_time=added(each.bounds for each in per_officer(shares)),
        allocated_time=added(each.bounds for each in per_officer(allocated)),
        other_time=patrol.other.bounds,
    )


def _is_near(patrol: Patrol, before: Patrol, plan: Plan | None) -> bool:
    gap_minutes = plan.min_gap_minutes if plan else USUAL_GAP_MINUTES
    return patrol.span.start - before.span.end < gap_minutes * MINUTE_MS
