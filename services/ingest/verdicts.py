"""What ingest says of one item of a request: the closed list of faults, and where it found one."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from pydantic import BaseModel, ValidationError
from pydantic_core import PydanticCustomError


class Code(StrEnum):
    """Why an item was refused, for programs; the message beside it is for people."""

    NOT_JSON = "not_json"
    NOT_AN_OBJECT = "not_an_object"
    BAD_TEXT = "bad_text"
    MISSING = "missing"
    WRONG_TYPE = "wrong_type"
    OUT_OF_RANGE = "out_of_range"
    TOO_LONG = "too_long"
    BAD_ID = "bad_id"
    AMBIGUOUS = "ambiguous"
    UNKNOWN_KIND = "unknown_kind"
    UNKNOWN_STATUS = "unknown_status"
    NOT_A_TIME = "not_a_time"
    NO_OFFSET = "no_offset"
    IN_FUTURE = "in_future"
    TOO_OLD = "too_old"


class Fault(NamedTuple):
    """What is wrong with an item; ``field`` is empty where it is the item as a whole."""

    field: str
    code: Code
    message: str


def refused(words: str) -> PydanticCustomError:
    """The error by which a validator of a resource refuses a value, in exactly these words."""
    type_ = "refused"
    return PydanticCustomError(type_, "{words}", {"words": words})


def first_fault(error: ValidationError) -> tuple[str, str]:
    """The field of the first fault of a resource, empty where it is the whole, and the message."""
    first = error.errors(include_url=False, include_input=False)[0]
    field = ".".join(str(part) for part in first["loc"])
    return field, f"{field}: {first['msg']}" if field else first["msg"]


class Rejection(BaseModel):
    """A fault and the place of its item in the request, from 0."""

    index: int
    field: str
    code: Code
    message: str


class Verdicts(BaseModel):
    """How many items are in the log, and what is wrong with each of the rest."""

    accepted: int
    rejected: list[Rejection]
