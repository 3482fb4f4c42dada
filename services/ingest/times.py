"""Times as the API takes them: RFC 3339 with an offset, or integer milliseconds since 1970."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated

import msgspec
from pydantic import BeforeValidator, WithJsonSchema

from services.ingest.verdicts import Code, Fault, refused

DAY_MS = 86_400_000
LATEST_MS = 253_402_300_799_999
"""The last millisecond that RFC 3339 can write: the end of the year 9999."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

TIME_WORDS = (
    "a time as RFC 3339 with an offset, such as 2026-06-01T22:05:00Z, "
    "or whole milliseconds since 1970"
)
Instant = (
    Annotated[int, msgspec.Meta(ge=0, le=LATEST_MS, description="Milliseconds since 1970")]
    | Annotated[datetime, msgspec.Meta(tz=True, description="RFC 3339 with an offset")]
)


def to_ms(instant: int | datetime) -> int:
    """The instant in milliseconds since 1970, at most LATEST_MS."""
    if isinstance(instant, int):
        return instant
    return min(round(instant.timestamp() * 1000), LATEST_MS)


def rfc3339(ms: int) -> str:
    """Milliseconds since 1970 as RFC 3339 in UTC."""
    moment = _EPOCH + timedelta(milliseconds=ms)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def fault_of(field: str, value: object) -> Fault:
    """Why ``value``, which is no Instant, is none, and what to send instead."""
    if isinstance(value, str):
        if _lacks_offset(value):
            return Fault(
                field,
                Code.NO_OFFSET,
                f"{field} has no offset from UTC; end it with Z or with one such as +01:00",
            )
        return Fault(field, Code.NOT_A_TIME, f"{field} must be {TIME_WORDS}")
    code = Code.OUT_OF_RANGE if type(value) is int else Code.WRONG_TYPE
    return Fault(field, code, f"{field} must be {TIME_WORDS}")


def _parsed(value: object) -> int:
    try:
        ms = to_ms(msgspec.convert(value, Instant))
    except msgspec.ValidationError:
        raise refused(fault_of("the time", value).message) from None
    if ms < 0:
        msg = "the time must not lie before 1970"
        raise refused(msg)
    return ms


ApiTime = Annotated[
    int,
    BeforeValidator(_parsed),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "format": "date-time"},
                {"type": "integer", "minimum": 0, "maximum": LATEST_MS},
            ],
            "description": "RFC 3339 with an offset, or whole milliseconds since 1970",
        }
    ),
]
"""A time in a resource, as milliseconds since 1970."""


def _number_or_text(value: object) -> object:
    if isinstance(value, str) and value.isdecimal() and len(value) <= len(str(LATEST_MS)):
        return int(value)
    return value


QueryTime = Annotated[ApiTime, BeforeValidator(_number_or_text)]
"""The same in a query, where milliseconds come as text."""


def _lacks_offset(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is None
    except ValueError:
        return False
