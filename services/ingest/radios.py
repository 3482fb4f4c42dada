"""Radios as the API has them, and the messages they become."""

from __future__ import annotations

import msgspec
from pydantic import BaseModel, ConfigDict, Field

from services.contracts.reference import Radio
from services.ingest.kinds import Kind
from services.ingest.texts import Text
from services.ingest.times import ApiTime, rfc3339


class RadioFields(BaseModel):
    """What a radio is and who answers to it."""

    model_config = ConfigDict(extra="forbid")

    model: Text | None = None
    firmware: Text | None = None
    type: Text | None = None
    call_sign: Text | None = None
    expected_interval_s: float | None = Field(
        default=None,
        strict=True,
        gt=0,
        le=86_400,
        allow_inf_nan=False,
        description="Where it differs from its source's",
    )


class NewRadio(RadioFields):
    """A radio to be put into force."""

    effective_from: ApiTime | None = Field(default=None, description="Now where not given")


class HeldRadio(RadioFields):
    """A version of a radio."""

    radio_id: str
    effective_from: str
    version: int | None = Field(description="Null where it was only tried")
    changed_by: str


def to_message(new: NewRadio, radio_id: str, by: str, now: int) -> Radio:
    """The message of a radio; in force from ``now`` (ms) on where it does not say."""
    effective_from = now if new.effective_from is None else new.effective_from
    fields = new.model_dump(exclude={"effective_from"})
    return Radio(radio_id=radio_id, effective_from=effective_from, changed_by=by, **fields)


def to_held(version: int | None, held: Radio) -> HeldRadio:
    """A version of a radio as the API shows it."""
    fields = msgspec.structs.asdict(held) | {"effective_from": rfc3339(held.effective_from)}
    return HeldRadio(version=version, **fields)


KIND = Kind(
    name="radio",
    path="/v1/radios",
    id_name="radio_id",
    tag="radios",
    words="what is known of a radio",
    changed_by="admin",
    kept=Radio,
    new=NewRadio,
    held=HeldRadio,
    to_message=to_message,
    to_held=to_held,
)
