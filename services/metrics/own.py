"""What is an officer's own: the time of their duties on a radio. Pure."""

from __future__ import annotations

from services.contracts.days import Span
from services.contracts.reference import Duty
from services.contracts.register import Register
from services.metrics.spans import union


def is_own(register: Register, officer_id: str, radio_id: str, stretch: Span) -> bool:
    """Whether an officer was on duty with a radio all through a stretch of time.

    Duties that meet are as one; of two officers on one duty it is each one's own.
    """
    duties = (each for each in register.duties(radio_id) if is_theirs(each, officer_id))
    on_duty = union(Span(duty.since, duty.until) for duty in duties)
    return any(each.start <= stretch.start and stretch.end <= each.end for each in on_duty)


def is_theirs(duty: Duty, officer_id: str | None) -> bool:
    """Whether a duty is an officer's; where there is no officer it is nobody's."""
    return officer_id in duty.officer_ids
