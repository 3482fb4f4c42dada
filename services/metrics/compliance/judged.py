"""A patrol with its verdict and its minutes. Pure.

Of two qualifying patrols nearer than ``min_gap_minutes``, from the end of the one to the start of
the next, the later does not count, whichever day it is of; nor does an uncertain one so near to
one that counts, before or after it, or to an earlier one that may. Minutes count all the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from services.contracts.derived import Bounds
from services.contracts.reference import Plan
from services.metrics.compliance.evidence import Evidence
from services.metrics.compliance.patrols import Patrol
from services.metrics.compliance.planned import MINUTE_MS, Window, gap_minutes, minutes_each
from services.metrics.compliance.shares import Share, per_officer, shares_of
from services.metrics.compliance.verdicts import QUALIFIES, UNCERTAIN, Kind, verdict


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


@dataclass(frozen=True, slots=True)
class Due:
    """A patrol, the day and the window it belongs to, the plan it is judged by and its verdict."""

    patrol: Patrol
    day: date
    window: Window | None
    plan: Plan | None
    kind: Kind

    @property
    def gap_ms(self) -> float:
        """How long after another one it has to begin."""
        return gap_minutes(self.plan) * MINUTE_MS


def due(patrol: Patrol, day: date, window: Window | None, plan: Plan | None) -> Due:
    """A patrol judged by its plan, or by what is usual."""
    kind = verdict(patrol, minutes_each(plan))
    return Due(patrol, day, window, plan, kind)


def repeating(several: Sequence[Due]) -> list[bool]:
    """Which of these patrols, given in order of time, are too near to another to count."""
    counting = _apart(several, QUALIFIES, ())
    may_count = _apart(several, UNCERTAIN, counting)
    taken = {id(each) for each in (*counting, *may_count)}
    return [
        id(each) not in taken
        and each.kind != "other_work"
        and (each.kind in UNCERTAIN or any(_are_near(each, one) for one in counting))
        for each in several
    ]


def _apart(several: Iterable[Due], kinds: Collection[Kind], others: Iterable[Due]) -> list[Due]:
    """Those of some kinds that are near neither to others nor to an earlier one among them."""
    found: list[Due] = []
    for each in several:
        if each.kind in kinds and not any(_are_near(each, one) for one in (*others, *found)):
            found.append(each)
    return found


def _are_near(one: Due, another: Due) -> bool:
    first, then = sorted((one, another), key=lambda each: each.patrol.span)
    return then.patrol.span.start - first.patrol.span.end < then.gap_ms


def judged(each: Due, hotspot_id: str, evidence: Evidence, *, repeats: bool) -> JudgedPatrol:
    """A patrol with its verdict and whose minutes it is."""
    patrol = each.patrol
    shares = shares_of(patrol, evidence)
    allocated = [share for share in shares if share.is_allocated(hotspot_id)]
    return JudgedPatrol(
        patrol=patrol,
        window=each.window,
        kind=each.kind,
        repeats=repeats,
        shares=tuple(shares),
        patrol_time=patrol.counted.bounds,
        officer_time=added(part.bounds for part in per_officer(shares)),
        allocated_time=added(part.bounds for part in per_officer(allocated)),
        other_time=patrol.other.bounds,
    )
