"""Which hot spots are control places, where no patrols should be. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from services.contracts.days import Days
from services.contracts.register import Version
from services.metrics.compliance.planned import in_force, planned


def is_control(plans: Sequence[Sequence[Version]], hotspot_id: str, day: date, days: Days) -> bool:
    """Whether a hot spot is a control place on a day: its plan says so.

    On a day that no plan names it is one as long as any plan in force says so; else it would show
    itself at weekends.
    """
    due = planned(plans, hotspot_id, day, days)
    if due is not None:
        return due.plan.arm == "control"
    span = days.span(day)
    moments = (span.start, span.end - 1)
    held = [each for versions in plans for at in moments if (each := in_force(versions, at))]
    return any(plan.arm == "control" and plan.hotspot_id == hotspot_id for _, plan in held)
