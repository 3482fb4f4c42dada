"""A roster: many duties at once, each judged by itself, so that one bad one costs no other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from pydantic import BaseModel, ValidationError

from services.ingest.duties import RosterDuty
from services.ingest.ids import ID
from services.ingest.verdicts import first_fault


class DutyRejection(BaseModel):
    """What is wrong with one duty of a roster; ``duty_id`` where it says one that can be."""

    index: int
    duty_id: str | None
    field: str
    message: str


class Checked(NamedTuple):
    """The duties of a roster that are in order, and the verdicts on the rest, in order."""

    duties: list[RosterDuty]
    rejected: list[DutyRejection]


def check(items: Sequence[object]) -> Checked:
    """Judge each duty by itself; of two in order with one id the second is refused."""
    checked = Checked([], [])
    seen: set[str] = set()
    for index, item in enumerate(items):
        try:
            duty = RosterDuty.model_validate(item)
        except ValidationError as error:
            field, message = first_fault(error)
            checked.rejected.append(
                DutyRejection(index=index, duty_id=_id_in(item), field=field, message=message)
            )
            continue
        if duty.duty_id in seen:
            words = "duty_id: another duty of this roster has the same; give each its own"
            checked.rejected.append(
                DutyRejection(index=index, duty_id=duty.duty_id, field="duty_id", message=words)
            )
            continue
        seen.add(duty.duty_id)
        checked.duties.append(duty)
    return checked


def _id_in(item: object) -> str | None:
    named = item.get("duty_id") if isinstance(item, dict) else None
    return named if isinstance(named, str) and re.fullmatch(ID, named) else None
