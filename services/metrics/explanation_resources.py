"""Where each number of a hot spot's day comes from, as the API says it. Pure."""

from __future__ import annotations

from datetime import date, datetime

from typing_extensions import TypedDict  # pydantic refuses that of typing before Python 3.12

from services.metrics.compliance_resources import (
    ComplianceResource,
    PatrolResource,
    WindowResource,
)
from services.metrics.resources import MinutesResource


class ReasonResource(TypedDict):
    """A rule by its word, and in a sentence."""

    rule: str
    because: str


StretchResource = TypedDict("StretchResource", {"from": datetime, "to": datetime})
VisitTermResource = TypedDict(
    "VisitTermResource",
    {
        "visit_id": str | None,
        "from": datetime,
        "to": datetime,
        "minutes": MinutesResource,
        "other_minutes": MinutesResource,
        "counted_minutes": MinutesResource,
    },
)


class StayResource(TypedDict):
    """A radio's visits that are one stay; its radio is told to those who may see places."""

    radio_id: str | None
    visits: list[VisitTermResource]
    counted_twice_minutes: MinutesResource
    counted_minutes: MinutesResource
    other_twice_minutes: MinutesResource
    other_minutes: MinutesResource


class CarriedResource(TypedDict):
    """An officer's time with one radio on one duty."""

    radio_id: str | None
    allocated: bool
    minutes: MinutesResource


class OfficerResource(TypedDict):
    """An officer's part of a patrol; of who is on no duty the officer is not known."""

    officer_id: str | None
    radios: list[CarriedResource]
    twice_minutes: MinutesResource
    minutes: MinutesResource
    allocated_twice_minutes: MinutesResource
    allocated_minutes: MinutesResource


class ExplainedPatrolResource(PatrolResource):
    """A patrol, why it is what it is, and what it is made of."""

    window_from: datetime | None
    rules: list[ReasonResource]
    stays: list[StayResource]
    patrol_twice_minutes: MinutesResource
    other_twice_minutes: MinutesResource
    officers: list[OfficerResource]


class ExplainedWindowResource(WindowResource):
    """A window, slack included, the patrols that belong to it, and unknown time there."""

    earliest: datetime
    latest: datetime
    rules: list[ReasonResource]
    patrol_ids: list[str]
    unknown: list[StretchResource]


class NumberResource(TypedDict):
    """A number of patrols, and which they are."""

    figure: str
    number: int
    patrol_ids: list[str]


class LastPatrolResource(TypedDict):
    """The last patrol that counts, and the day it is of."""

    patrol_id: str
    date: date


class MinutesEachResource(TypedDict):
    """How long a patrol should be."""

    low: float
    high: float


class ExplanationResource(TypedDict):
    """A hot spot's day and how each of its figures comes about."""

    figures: ComplianceResource
    minutes_each: MinutesEachResource
    rules: list[ReasonResource]
    windows: list[ExplainedWindowResource]
    patrols: list[ExplainedPatrolResource]
    other_twice_minutes: MinutesResource
    numbers: list[NumberResource]
    last_patrol: LastPatrolResource | None
