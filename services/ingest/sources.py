"""Sources as the API has them, systems that post pings, and the messages they become."""

from __future__ import annotations

from typing import Annotated, Literal, Self

import msgspec
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from services.contracts.reference import Source
from services.ingest.kinds import Kind
from services.ingest.texts import Text
from services.ingest.times import ApiTime, rfc3339
from services.ingest.verdicts import refused
from services.ingest.vocabulary import OfficerStatus

Seconds = Annotated[float, Field(strict=True, gt=0, le=86_400, allow_inf_nan=False)]
Metres = Annotated[float, Field(strict=True, gt=0, le=100_000, allow_inf_nan=False)]
Code = Annotated[str, StringConstraints(min_length=1, max_length=64)]

_BY_DISTANCE = {
    "distance_m": "the metres after which a radio that moves reports",
    "periodic_max_s": "the seconds after which one that does not move reports all the same",
}


class SourceFields(BaseModel):
    """What may be expected of a source."""

    model_config = ConfigDict(extra="forbid")

    name: Text
    expected_interval_s: Seconds = 60.0
    silence_after_s: Seconds | None = None
    unknown_after_s: Seconds | None = None
    default_accuracy_m: Metres = 15.0
    usable_accuracy_m: Metres = 100.0
    reporting: Literal["periodic", "distance"] = "periodic"
    distance_m: Metres | None = None
    periodic_max_s: Seconds | None = None
    status_map: dict[Code, OfficerStatus] = Field(default={}, max_length=500)
    promise_m: Metres | None = None
    promise_share: float = Field(default=0.8, strict=True, gt=0, le=1, allow_inf_nan=False)
    simulated: bool = Field(
        default=False, strict=True, description="All that it posts is made up; every page says so"
    )

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        missing = [name for name in _BY_DISTANCE if getattr(self, name) is None]
        if self.reporting == "distance" and missing:
            msg = "a source that reports by distance needs " + " and ".join(
                f"{name}, {_BY_DISTANCE[name]}" for name in missing
            )
            raise refused(msg)
        if self.default_accuracy_m > self.usable_accuracy_m:
            msg = (
                "default_accuracy_m is over usable_accuracy_m, so that no fix without an "
                "accuracy of its own would count; lower it"
            )
            raise refused(msg)
        return self


class NewSource(SourceFields):
    """A source to be put into force."""

    effective_from: ApiTime | None = Field(default=None, description="Now where not given")


class HeldSource(SourceFields):
    """A version of a source."""

    source: str
    effective_from: str
    version: int | None = Field(description="Null where it was only tried")
    changed_by: str


def to_message(new: NewSource, source: str, by: str, now: int) -> Source:
    """The message of a source; in force from ``now`` (ms) on where it does not say."""
    effective_from = now if new.effective_from is None else new.effective_from
    fields = new.model_dump(exclude={"effective_from"})
    return Source(source=source, effective_from=effective_from, changed_by=by, **fields)


def to_held(version: int | None, held: Source) -> HeldSource:
    """A version of a source as the API shows it."""
    fields = msgspec.structs.asdict(held) | {"effective_from": rfc3339(held.effective_from)}
    return HeldSource(version=version, **fields)


KIND = Kind(
    name="source",
    path="/v1/sources",
    id_name="source",
    tag="sources",
    words="what is known of a source",
    changed_by="admin",
    kept=Source,
    new=NewSource,
    held=HeldSource,
    to_message=to_message,
    to_held=to_held,
)
