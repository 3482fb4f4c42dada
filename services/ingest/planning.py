"""How plans fit what else is in force: their time, the force's days, their hot spots, each other.

1. A plan ends after it begins.
2. Its windows do not overlap on the clock of the force's day.
3. Each of its dates has time in which the plan holds.
4. Its hot spot is one, and no blackspot, at some time in which the plan holds.
5. No other plan of that hot spot holds at the same time for one of its days, dates beside dates
   and weekdays beside weekdays: at most one plan is in force on a day.

Of several plans put at once each is judged as if all that are in order were in force already, so
that a day may pass from one plan to another whichever comes first in the list.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from services.contracts.days import Days
from services.contracts.reference import WEEKDAYS, Deleted, HotSpot, Plan
from services.contracts.register import Register
from services.ingest.in_force import Stretch, end_of, stretches
from services.ingest.kinds import Misfit
from services.ingest.times import rfc3339
from services.ingest.windows import overlap

_ONE = timedelta(days=1)


def misfits(register: Register, days: Days, plans: Sequence[Plan]) -> dict[int, Misfit]:
    """Why some of the plans cannot be put into force, by their indices."""
    wrong = {
        index: misfit
        for index, plan in enumerate(plans)
        if (misfit := _own_misfit(register, days, plan)) is not None
    }
    before = -1
    while len(wrong) > before:  # one refused keeps its old version, which others may meet
        before = len(wrong)
        book = _Book(register, [each for index, each in enumerate(plans) if index not in wrong])
        for index, plan in enumerate(plans):
            if index not in wrong and (misfit := book.collision(plan)) is not None:
                wrong[index] = misfit
                book.withdraw(plan)
    return wrong


def _own_misfit(register: Register, days: Days, plan: Plan) -> Misfit | None:
    """What is wrong with a plan whatever the other plans are."""
    since, until = plan.effective_from, end_of(plan)
    if until <= since:
        words = f"must come after effective_from, {rfc3339(since)}; leave it out for no end"
        return Misfit("effective_to", words)
    if clash := overlap(plan.windows, days.starts, daily=_has_days_in_a_row(plan)):
        return Misfit("windows", f"{clash}; make one window of both, or end the one earlier")
    for each in plan.dates:
        span = days.span(date.fromisoformat(each))
        if span.end <= since:
            words = (
                f"{each} is over before the plan begins, {rfc3339(since)}; take it out, or give an "
                f"earlier effective_from, such as {rfc3339(span.start)}"
            )
            return Misfit("dates", words)
        if span.start >= until:
            words = f"{each} begins after the plan ends; take it out, or give a later effective_to"
            return Misfit("dates", words)
    return _place_misfit(register, plan)


def _place_misfit(register: Register, plan: Plan) -> Misfit | None:
    """Whether there is no such place to patrol."""
    held = (each.message for each in register.versions(f"hotspot/{plan.hotspot_id}"))
    versions = [each for each in held if isinstance(each, HotSpot | Deleted)]
    types = {
        each.message.type
        for each in stretches(versions)
        if isinstance(each.message, HotSpot) and each.meets(plan.effective_from, end_of(plan))
    }
    if "hotspot" in types:
        return None
    if types:
        words = f"{plan.hotspot_id} is a blackspot, no place to patrol; name a hot spot"
    else:
        words = (
            f"there is no hot spot {plan.hotspot_id} while the plan holds, from "
            f"{rfc3339(plan.effective_from)}; put the hot spot first, or correct its id"
        )
    return Misfit("hotspot_id", words)


class _Book:
    """The plans in force together with those that are to be."""

    def __init__(self, register: Register, plans: Sequence[Plan]) -> None:
        self._register = register
        self._places = {plan.plan_id: place for place, plan in enumerate(plans)}
        self._plans = {plan.plan_id: plan for plan in plans}
        self._by_hotspot: dict[str, set[str]] = {}
        for plan in plans:
            self._by_hotspot.setdefault(plan.hotspot_id, set()).add(plan.plan_id)

    def withdraw(self, plan: Plan) -> None:
        """Take out one that is not to be: what is in force of it stays."""
        del self._plans[plan.plan_id]

    def collision(self, plan: Plan) -> Misfit | None:
        """Whether another plan in force, or before it among those to be, has a day of its days."""
        for other in self._others(plan):
            for stretch in self._stretches(other, plan):
                common = _common_day(plan, stretch.message)
                if common is not None and stretch.meets(plan.effective_from, end_of(plan)):
                    return _collision(plan, other, *common)
        return None

    def _others(self, plan: Plan) -> list[str]:
        """The ids of the other plans that name its hot spot, or did."""
        known = self._register.plans(plan.hotspot_id)
        ids = {
            each.message.plan_id
            for versions in known
            for each in versions
            if isinstance(each.message, Plan)
        }
        return sorted((ids | self._by_hotspot[plan.hotspot_id]) - {plan.plan_id})

    def _stretches(self, plan_id: str, beside: Plan) -> Iterator[Stretch]:
        """When which version of a plan holds, without what comes after ``beside`` in the list."""
        held = (each.message for each in self._register.versions(f"plan/{plan_id}"))
        versions = [each for each in held if isinstance(each, Plan | Deleted)]
        coming = self._plans.get(plan_id)
        if coming is not None:
            versions.append(coming)
        for stretch in stretches(versions):
            later = stretch.message is coming and (
                self._places[plan_id] > self._places[beside.plan_id]
            )
            if not later:
                yield stretch


def _common_day(plan: Plan, other: object) -> tuple[str, str] | None:
    """The field and the day that two plans of one hot spot share."""
    if isinstance(other, Plan) and other.hotspot_id == plan.hotspot_id:
        for field in ("dates", "weekdays"):
            for day in getattr(plan, field):
                if day in getattr(other, field):
                    return field, day
    return None


def _collision(plan: Plan, other: str, field: str, day: str) -> Misfit:
    words = (
        f"plan {other} has {day} for {plan.hotspot_id} at the same time; make one plan of both, "
        f"take the day out of one, or give {other} an effective_to"
    )
    return Misfit(field, words)


def _has_days_in_a_row(plan: Plan) -> bool:
    """Whether the day after one of the plan's is the plan's too."""
    dates = {date.fromisoformat(each) for each in plan.dates}
    weekdays = {WEEKDAYS.index(each) for each in plan.weekdays}
    return any(each + _ONE in dates for each in dates) or any(
        (each + 1) % len(WEEKDAYS) in weekdays for each in weekdays
    )
