"""Duties as the API has them, and the messages they become.

A duty is by its own ``from`` and ``to``: a roster may come before or after it, and the last
version of it is the one that counts.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator
from pydantic.functional_validators import AfterValidator

from services.contracts.reference import Duty
from services.ingest.ids import Id, each_once
from services.ingest.kinds import Kind
from services.ingest.pings import EARLIEST_MS
from services.ingest.texts import Text
from services.ingest.times import DAY_MS, ApiTime, rfc3339
from services.ingest.verdicts import refused

HOUR_MS = 3_600_000


class DutyFields(BaseModel):
    """Who carries which radio, and which hot spots they are allocated."""

    model_config = ConfigDict(extra="forbid")

    radio_id: Id
    officer_ids: Annotated[list[Id], AfterValidator(each_once)] = Field(min_length=1, max_length=10)
    call_sign: Text | None = None
    role: Literal["pc", "pcso", "special"] | None = None
    mode: Literal["foot", "cycle", "vehicle"] | None = None
    team: Text | None = None
    hotspot_ids: Annotated[list[Id], AfterValidator(each_once)] = Field(default=[], max_length=100)


class NewDuty(DutyFields):
    """A duty to be put on the roster."""

    since: ApiTime = Field(alias="from")
    until: ApiTime = Field(alias="to", description="After `from`, by 24 h at most")

    @field_validator("since")
    @classmethod
    def _is_of_our_time(cls, since: int) -> int:
        if since < EARLIEST_MS:
            words = (
                "from lies before 2000; give milliseconds, not seconds, or RFC 3339 with an offset"
            )
            raise refused(words)
        return since

    @field_validator("until")
    @classmethod
    def _is_a_duty_long(cls, until: int, info: ValidationInfo) -> int:
        since = info.data.get("since", until - 1)
        if until <= since:
            words = f"to must come after from, {rfc3339(since)}"
            raise refused(words)
        if until - since > DAY_MS:
            words = (
                f"the duty lasts {(until - since) / HOUR_MS:.1f} h; a duty lasts at most 24 h: "
                "check both dates, or put it as several duties"
            )
            raise refused(words)
        return until


class RosterDuty(NewDuty):
    """A duty among others, which says its own id."""

    duty_id: Id


class HeldDuty(DutyFields):
    """A duty as last put."""

    duty_id: str
    since: str = Field(alias="from")
    until: str = Field(alias="to")
    effective_from: str
    version: int | None = Field(description="Null where it was only tried")
    changed_by: str


def to_message(new: NewDuty, duty_id: str, by: str, now: int) -> Duty:
    """The message of a duty, changed at ``now`` (ms)."""
    fields = new.model_dump(exclude={"duty_id"})
    return Duty(duty_id=duty_id, effective_from=now, changed_by=by, **fields)


def to_held(version: int | None, held: Duty) -> HeldDuty:
    """A version of a duty as the API shows it."""
    fields = msgspec.structs.asdict(held)
    times = {
        "from": rfc3339(fields.pop("since")),
        "to": rfc3339(fields.pop("until")),
        "effective_from": rfc3339(held.effective_from),
    }
    return HeldDuty.model_validate({**fields, **times, "version": version})


KIND = Kind(
    name="duty",
    path="/v1/duties",
    id_name="duty_id",
    tag="roster",
    words="a duty",
    changed_by="supervise",
    kept=Duty,
    new=NewDuty,
    held=HeldDuty,
    to_message=to_message,
    to_held=to_held,
    dated=False,
)
