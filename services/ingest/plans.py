"""Plans as the API has them, how much patrol a hot spot is due, and the messages they become.

What a plan says by itself is checked here, field after field, each against those before it; how it
fits what is in force is for ``planning``.
"""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Annotated, Literal

import msgspec
from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator
from pydantic.functional_validators import AfterValidator

from services.contracts.days import Days
from services.contracts.reference import MinutesEach, Plan, Scope, Weekday, Window
from services.contracts.register import Register
from services.ingest import planning
from services.ingest.ids import Id, each_once
from services.ingest.kinds import Kind
from services.ingest.schedule import Date, PatrolMinutes, PlannedWindow, SomeMinutes
from services.ingest.times import ApiTime, rfc3339
from services.ingest.verdicts import refused
from services.ingest.windows import length_minutes, words_of


class PlanFields(BaseModel):
    """How much patrol a hot spot is due, when."""

    model_config = ConfigDict(extra="forbid")

    hotspot_id: Id
    weekdays: Annotated[list[Weekday], AfterValidator(each_once)] = Field(
        default=[], description="Either these or `dates`"
    )
    dates: Annotated[list[Date], AfterValidator(each_once)] = Field(
        default=[], max_length=400, description="A date goes before its weekday"
    )
    minutes_each: PatrolMinutes
    slack_minutes: SomeMinutes = Field(default=10.0, description="Before and after a window")
    min_gap_minutes: SomeMinutes = Field(
        default=30.0, description="Between two patrols that count as two"
    )
    judge_by: Literal["patrols", "minutes", "both"] = "patrols"
    ring: Literal["core", "catchment"] = "core"
    arm: Literal["treatment", "control"] = Field(
        default="treatment", description="A control place is one where no patrol is wanted"
    )
    windows: list[PlannedWindow] = Field(default=[], max_length=48)


class NewPlan(PlanFields):
    """A plan to be put into force."""

    model_config = ConfigDict(validate_default=True)

    minutes_per_day: SomeMinutes | None = Field(
        default=None, description="The low minutes of all its patrols where not given"
    )
    effective_from: ApiTime | None = Field(default=None, description="Now where not given")
    effective_to: ApiTime | None = Field(
        default=None, description="After `effective_from`; the plan has no end where not given"
    )

    @field_validator("dates")
    @classmethod
    def _are_days_of_one_kind(cls, dates: list[str], info: ValidationInfo) -> list[str]:
        if "weekdays" not in info.data:
            return dates
        weekdays = info.data["weekdays"]
        if dates and weekdays:
            words = (
                "weekdays are given too; put the dates as a plan of their own: on those dates it "
                "goes before the plan of weekdays"
            )
            raise refused(words)
        if not dates and not weekdays:
            words = "give the days of the plan: weekdays, such as mon, or dates"
            raise refused(words)
        return dates

    @field_validator("windows")
    @classmethod
    def _can_be_delivered(
        cls, windows: list[PlannedWindow], info: ValidationInfo
    ) -> list[PlannedWindow]:
        said = info.data
        if not windows and said.get("arm") == "treatment" and said.get("judge_by") != "minutes":
            words = (
                "a plan that is judged by patrols needs windows; give them, or judge_by minutes "
                "and minutes_per_day"
            )
            raise refused(words)
        if said.keys() >= {"minutes_each", "slack_minutes", "min_gap_minutes"}:
            for window in windows:
                _check_room(
                    window, said["minutes_each"].low, said["min_gap_minutes"], said["slack_minutes"]
                )
        return windows

    @field_validator("minutes_per_day")
    @classmethod
    def _can_be_reached(cls, minutes: float | None, info: ValidationInfo) -> float | None:
        said = info.data
        if not minutes and said.get("arm") == "treatment" and said.get("judge_by") != "patrols":
            words = "a plan that is judged by minutes needs them; give those due in a day"
            raise refused(words)
        if minutes and said.get("windows") and "minutes_each" in said:
            patrols = sum(window.patrols for window in said["windows"])
            most = patrols * said["minutes_each"].high
            if most < minutes:
                words = (
                    f"{patrols} patrols of {said['minutes_each'].high:g} min at most reach "
                    f"{most:g} min, not {minutes:g}; plan more or longer patrols, or lower it"
                )
                raise refused(words)
        return minutes


class NamedPlan(NewPlan):
    """A plan among others, which says its own id."""

    plan_id: Id


class HeldPlan(PlanFields):
    """A version of a plan."""

    plan_id: str
    minutes_per_day: float
    effective_from: str
    effective_to: str | None
    version: int | None = Field(description="Null where it was only tried")
    changed_by: str


def to_message(new: NewPlan, plan_id: str, by: str, now: int) -> Plan:
    """The message of a plan; in force from ``now`` (ms) on where it does not say."""
    fields = new.model_dump(exclude={"plan_id", "windows", "minutes_each"})
    if new.minutes_per_day is None:
        patrols = sum(window.patrols for window in new.windows)
        fields["minutes_per_day"] = patrols * new.minutes_each.low
    if new.effective_from is None:
        fields["effective_from"] = now
    return Plan(
        plan_id=plan_id,
        changed_by=by,
        windows=[Window(**window.model_dump()) for window in new.windows],
        minutes_each=MinutesEach(**new.minutes_each.model_dump()),
        **fields,
    )


def to_held(version: int | None, held: Plan) -> HeldPlan:
    """A version of a plan as the API shows it."""
    fields = msgspec.structs.asdict(held)
    fields["windows"] = [
        {"from": window.since, "to": window.until, "patrols": window.patrols}
        for window in held.windows
    ]
    fields["minutes_each"] = msgspec.structs.asdict(held.minutes_each)
    ends = held.effective_to
    return HeldPlan.model_validate(
        fields
        | {
            "effective_from": rfc3339(held.effective_from),
            "effective_to": None if ends is None else rfc3339(ends),
            "version": version,
        }
    )


def _check_room(window: PlannedWindow, low: float, gap: float, slack: float) -> None:
    needed = window.patrols * low + (window.patrols - 1) * gap
    room = length_minutes(window) + 2 * slack
    if needed > room:
        words = (
            f"{words_of(window)} has {room:g} min with its slack, and {window.patrols} patrols of "
            f"{low:g} min with {gap:g} min between them take {needed:g}; plan fewer or shorter "
            "patrols, or a longer window"
        )
        raise refused(words)


def kind(register: Register, days: Days) -> Kind[NewPlan, Plan, HeldPlan]:
    """Plans, each judged by what else is in force."""
    return Kind(
        name="plan",
        path="/v1/plans",
        id_name="plan_id",
        tag="plans",
        words="a plan",
        changed_by="supervise",
        kept=Plan,
        new=NewPlan,
        held=HeldPlan,
        to_message=to_message,
        to_held=to_held,
        misfits=partial(planning.misfits, register, days),
        seen_by=_seen_by,
        turn=asyncio.Lock(),
    )


def _seen_by(plan: Plan, _at: int) -> Scope:
    """Who may see a plan: officers are not to know which places are compared with theirs."""
    return "supervise" if plan.arm == "control" else "view"
