"""Looking at an officer's track: why, and what is noted of it in ``audit``. Pure.

The reason is a header, ``Stepsix-Why``: addresses end up in the logs of whatever lies between and
in a browser's history, and a reason may name people. A header holds ASCII at best, so what is
none is given as UTF-8, percent-encoded as in an address or as it is.
"""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import unquote_to_bytes

from services.contracts.days import Span
from services.contracts.people import Audit
from services.contracts.register import Register
from services.edge.problems import Problem
from services.metrics.resources import time_of, written

WHY = "Stepsix-Why"
LEAST, MOST = 3, 200
ACTION = "look at track"
"""What is done, in ``audit``."""
_REMEDY = (
    f"{WHY}: say in this header why you look at the track, in {LEAST} to {MOST} characters on one "
    "line; what is not ASCII as UTF-8, percent-encoded."
)


def reason(header: str | None) -> str | None:
    """The reason that a header gives; None where there is no header. Raises a 422 Problem."""
    if header is None:
        return None
    try:
        why = unquote_to_bytes(header.encode("latin-1")).decode().strip()
    except UnicodeError:
        raise no_reason() from None
    if not LEAST <= len(why) <= MOST or not why.isprintable():
        raise no_reason()
    return why


def no_reason() -> Problem:
    """The answer to who does not say why."""
    return Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "why_needed", _REMEDY)


def look(
    who: str, radio_id: str, stretch: Span, *, register: Register, why: str | None, at: int
) -> Audit:
    """The record of a look at the track of a radio: of whom, by the duties then that are known."""
    duties = register.duties(radio_id)
    then = (duty for duty in duties if duty.since < stretch.end and stretch.start < duty.until)
    officers = sorted({officer_id for duty in then for officer_id in duty.officer_ids})
    since, until = (written(time_of(moment)) for moment in stretch)
    return Audit(
        who=who,
        action=ACTION,
        what=f"radio {radio_id}, {since} to {until}",
        at=at,
        whom=" ".join(officers) or None,
        why=why,
    )
