"""What plans are made of: clock times, dates, weekdays, minutes, windows."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationInfo,
    WithJsonSchema,
    field_validator,
)
from pydantic.functional_validators import AfterValidator

from services.ingest.verdicts import refused
from services.ingest.windows import DAY_MINUTES

_CLOCK = "^([01][0-9]|2[0-3]):[0-5][0-9]$"
_DATE = "^2[0-9]{3}-[0-9]{2}-[0-9]{2}$"


def _is_clock(text: str) -> str:
    if not re.fullmatch(_CLOCK.strip("^$"), text):
        words = "must be a local time of the day as hh:mm, such as 22:00; midnight is 00:00"
        raise refused(words)
    return text


def _is_date(text: str) -> str:
    try:
        found = re.fullmatch(_DATE.strip("^$"), text) and date.fromisoformat(text)
    except ValueError:
        found = None
    if not found:
        words = "must be a date of the years 2000 to 2999, such as 2026-06-01"
        raise refused(words)
    return text


Clock = Annotated[
    str, AfterValidator(_is_clock), WithJsonSchema({"type": "string", "pattern": _CLOCK})
]
Date = Annotated[
    str,
    AfterValidator(_is_date),
    WithJsonSchema({"type": "string", "format": "date", "pattern": _DATE}),
]
SomeMinutes = Annotated[float, Field(strict=True, ge=0, le=DAY_MINUTES, allow_inf_nan=False)]
Minutes = Annotated[SomeMinutes, Field(gt=0)]


class PlannedWindow(BaseModel):
    """Part of a day in the force's local time, and how many patrols are due in it."""

    model_config = ConfigDict(extra="forbid")

    since: Clock = Field(alias="from")
    until: Clock = Field(alias="to", description="In the next day where not after `from`")
    patrols: int = Field(strict=True, ge=1, le=100)

    @field_validator("until")
    @classmethod
    def _has_a_length(cls, until: str, info: ValidationInfo) -> str:
        if until == info.data.get("since"):
            words = f"to is {until} like from, so that the window has no length; end it later"
            raise refused(words)
        return until


class PatrolMinutes(BaseModel):
    """How long one patrol should be, in minutes."""

    model_config = ConfigDict(extra="forbid")

    low: Minutes
    high: Minutes

    @field_validator("high")
    @classmethod
    def _is_not_under_low(cls, high: float, info: ValidationInfo) -> float:
        low = info.data.get("low", high)
        if high < low:
            words = f"high, {high:g} min, is under low, {low:g} min; raise high or lower low"
            raise refused(words)
        return high
