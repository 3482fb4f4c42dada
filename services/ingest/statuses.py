"""An officer's status as a source posts it, and the message it becomes.

A source may speak in the words of ``vocabulary``, in its own codes, or in both. Its ``status_map``
goes first: where it gives one of our words another meaning, the source means the other.
"""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from services.contracts.register import Register
from services.contracts.telemetry import Status
from services.ingest.pings import Id, absurd_time
from services.ingest.posted import Posted
from services.ingest.times import Instant, rfc3339, to_ms
from services.ingest.verdicts import Code, Fault
from services.ingest.vocabulary import OFFICER_STATUSES

_WORDS = (
    "a status such as on_patrol, or the source's code for one, as text of 64 characters at most"
)


class StatusReport(msgspec.Struct, kw_only=True, gc=False):
    """What the officers who answer to a radio do, since ``at``: receipt, where it does not say."""

    radio_id: Id
    status: Annotated[str, Meta(max_length=64, description=_WORDS)]
    at: Instant | None = None


def to_message(
    report: StatusReport, source: str, received_at: int, register: Register
) -> Status | Fault:
    """The message for the log, by what was in force of the source at the time of the status.

    A code that nothing translates is a fault, since a status that is guessed would be counted.
    """
    at = received_at if report.at is None else to_ms(report.at)
    absurd = absurd_time("at", at, received_at)
    if absurd is not None:
        return absurd
    in_force = register.source(source, at)
    translated = None if in_force is None else in_force.status_map.get(report.status)
    if translated is None and report.status not in OFFICER_STATUSES:
        return _unknown(report.status, source, at)
    return Status(
        radio_id=report.radio_id,
        source=source,
        status=translated or report.status,
        at=at,
        received_at=received_at,
        code=report.status if translated else None,
    )


def statuses(register: Register) -> Posted[StatusReport, Status]:
    """Statuses as posted, translated by what ``register`` says of their sources."""

    def by_register(report: StatusReport, source: str, received_at: int) -> Status | Fault:
        return to_message(report, source, received_at, register)

    return Posted(
        name="statuses",
        item=StatusReport,
        example='{"radio_id": "R1", "status": "on_patrol"}',
        to_message=by_register,
    )


def _unknown(code: str, source: str, at: int) -> Fault:
    words = (
        f"status {code!r} is neither in the status_map of the source {source} as in force at "
        f"{rfc3339(at)} nor one of {', '.join(OFFICER_STATUSES)}; put it into the status_map (PUT "
        f"/v1/sources/{source}), or send one of these"
    )
    return Fault("status", Code.UNKNOWN_STATUS, words)
