"""The parameters of lists, checked: a wrong or unknown one is refused, never passed over."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Literal, Self

from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    model_validator,
)

from services.contracts.derived import Ring
from services.edge.problems import Problem
from services.metrics.episodes import Cause
from services.metrics.resources import time_of, written


def _rfc3339(given: object, parse: ValidatorFunctionWrapHandler) -> datetime:
    """Pydantic alone would also take seconds since 1970, which no client of ours should guess."""
    try:
        if isinstance(given, str) and "T" in given.upper():
            time: datetime = parse(given)
            return time
    except ValidationError:
        pass
    msg = "should be a time with its offset, such as 2026-06-01T08:00:00Z (write + as %2B)"
    raise ValueError(msg)


Time = Annotated[AwareDatetime, WrapValidator(_rfc3339)]


class _Known(BaseModel):
    """Parameters of which no other is taken."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Cursor(_Known):
    """Which page."""

    cursor: str | None = Field(default=None, max_length=200)


class Stretch(Cursor):
    """A stretch of time: ``from`` up to, and without, ``to``."""

    since: Time = Field(alias="from")
    until: Time = Field(alias="to")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        _refuse_backwards(self.since, self.until)
        return self


class Beginning(Cursor):
    """What began from ``from`` on and before ``to``, where given."""

    since: Time | None = Field(default=None, alias="from")
    until: Time | None = Field(default=None, alias="to")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.since and self.until:
            _refuse_backwards(self.since, self.until)
        return self

    def first_ms(self, kept_from: int, what: str) -> int:
        """Where to begin, in epoch milliseconds: at ``from``, else with the days kept.

        Raises Problem where ``from`` lies before these; ``what`` names what is listed.
        """
        first = kept_from if self.since is None else epoch_ms(self.since)
        if first < kept_from:
            raise too_early(kept_from, what)
        return first

    def is_before_end(self, began: int) -> bool:
        """Whether a moment in epoch milliseconds lies before ``to``."""
        return self.until is None or began < epoch_ms(self.until)


class VisitQuery(Beginning):
    """Which visits."""

    radio_id: str | None = None
    hotspot_id: str | None = None
    ring: Ring | None = None
    format: Literal["json", "csv"] = "json"


class TimesheetQuery(Beginning):
    """Which timesheets."""

    radio_id: str | None = None
    format: Literal["json", "csv"] = "json"


class SignalQuery(Beginning):
    """Which episodes of silence; ``open`` ones go on."""

    radio_id: str | None = None
    source: str | None = None
    cause: Cause | None = None
    open: bool | None = None


class NextQuery(_Known):
    """In which form to tell what to do."""

    format: Literal["json", "sheet"] = "json"


class DutyQuery(Beginning):
    """Which duties."""

    radio_id: str | None = None


def too_early(begins: int, what: str) -> Problem:
    """The answer to who asks for what lies before all that is known."""
    begin = written(time_of(begins))
    detail = f"from: {what} are listed from {begin} on. Ask for that or later."
    return Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "too_early", detail)


def epoch_ms(time: datetime) -> int:
    """A time as epoch milliseconds."""
    return round(time.timestamp() * 1000)


def _refuse_backwards(since: datetime, until: datetime) -> None:
    if since >= until:
        msg = "'from' should be before 'to'"
        raise ValueError(msg)
