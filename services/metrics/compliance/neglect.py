"""Where no patrol was recorded for four days although one was due. Pure.

It is the rule of the alert ``StepsixNoPatrolForFourDays`` (deploy/prometheus/alerts.rules.yml):

1. The last patrol that counts ended over four days ago; or none is known, and the hot spot has been
   there for longer.
2. Something was due on one of these days, today among them. In a control place nothing is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from services.metrics.compliance.judged import JudgedPatrol
from services.metrics.compliance.planned import Planned

NEGLECTED_AFTER_MS = 4 * 24 * 60 * 60 * 1000


@dataclass(frozen=True, slots=True)
class Neglect:
    """Since when there was no patrol, and the day of the last one; None where none is known."""

    since: int
    last_day: date | None


def neglect(
    last: tuple[date, JudgedPatrol] | None,
    there_since: int,
    was_due: Callable[[], bool],
    now: int,
) -> Neglect | None:
    """Whether a hot spot is neglected, by its last patrol that counts and the day that is of.

    ``there_since`` is from when on a patrol there would be known; ``was_due`` is asked only if it
    matters.
    """
    since = last[1].patrol.span.end if last else there_since
    if now - since <= NEGLECTED_AFTER_MS or not was_due():
        return None
    return Neglect(since, last[0] if last else None)


def is_due(planned: Planned | None) -> bool:
    """Whether anything is due on a day."""
    if planned is None or planned.plan.arm == "control":
        return False
    return planned.patrols > 0 or planned.day_ms > 0
