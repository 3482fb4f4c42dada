"""Where each number of a hot spot's day comes from, so that anyone can check it by hand. Pure.

A figure is the sum of its terms; a term names the patrol or visit that it is of. A rule is named
by a word that stays, and told in a sentence that has the numbers in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from operator import attrgetter

from typing_extensions import TypedDict  # pydantic refuses that of typing before Python 3.12

from services.contracts.derived import Bounds, Visit
from services.contracts.reference import MinutesEach
from services.metrics.audience import Audience
from services.metrics.compliance.day import DayFigures
from services.metrics.compliance.judged import JudgedPatrol
from services.metrics.compliance.planned import MINUTE_MS, USUAL
from services.metrics.compliance.presence import end_of
from services.metrics.compliance.stays import Stay
from services.metrics.compliance_resources import (
    ComplianceResource,
    PatrolResource,
    WindowResource,
    minutes,
    patrol,
    window,
)
from services.metrics.resources import MinutesResource, time_of


class TermResource(TypedDict):
    """One part of a sum: the patrol that it is of."""

    patrol_id: str
    minutes: MinutesResource


class FigureResource(TypedDict):
    """A number of minutes and what it is the sum of."""

    figure: str
    rule: str
    minutes: MinutesResource
    terms: list[TermResource]


VisitTermResource = TypedDict(
    "VisitTermResource",
    {"visit_id": str, "from": datetime, "to": datetime, "minutes": MinutesResource},
)


class StayResource(TypedDict):
    """A radio's visits that are one stay: what counts of it, and what was other work."""

    counted_minutes: MinutesResource
    other_minutes: MinutesResource
    visits: list[VisitTermResource]


class ExplainedPatrolResource(PatrolResource):
    """A patrol, why it is what it is, and the stays that it is made of."""

    window_from: datetime | None
    rule: str
    because: str
    stays: list[StayResource]


class ExplainedWindowResource(WindowResource):
    """A window, slack included, and the patrols that belong to it."""

    earliest: datetime
    latest: datetime
    because: str
    patrol_ids: list[str]


class MinutesEachResource(TypedDict):
    """How long a patrol should be."""

    low: float
    high: float


class ExplanationResource(TypedDict):
    """A hot spot's day and how each of its figures comes about."""

    figures: ComplianceResource
    minutes_each: MinutesEachResource
    windows: list[ExplainedWindowResource]
    patrols: list[ExplainedPatrolResource]
    sums: list[FigureResource]


def explanation(
    figures: DayFigures, resource: ComplianceResource, audience: Audience
) -> ExplanationResource:
    """How a day's figures, of which ``resource`` is what is shown, come about."""
    each = figures.planned.plan.minutes_each if figures.planned else USUAL
    return {
        "figures": resource,
        "minutes_each": {"low": each.low, "high": each.high},
        "windows": list(_windows(figures)),
        "patrols": [_patrol(judged, each, audience) for judged in figures.patrols],
        "sums": list(_sums(figures)),
    }


def _windows(figures: DayFigures) -> Iterator[ExplainedWindowResource]:
    for each in figures.windows:
        own = [judged for judged in figures.patrols if judged.window == each.window]
        wide = each.window.wide
        yield {
            **window(each),
            "earliest": time_of(wide.start),
            "latest": time_of(wide.end),
            "because": (
                f"{each.delivered} of {each.window.patrols} patrols count, {each.uncertain} may: "
                f"{_OUTCOMES[each.outcome]}"
            ),
            "patrol_ids": [judged.patrol.patrol_id for judged in own],
        }


_OUTCOMES = {
    "delivered": "as many as are due.",
    "missed": "it is over, and unknown time could not have held the others.",
    "not_known": "it is over, but patrols that may count or unknown time could have filled it.",
    "open": "it goes on.",
    "ahead": "it has not begun.",
}


def _patrol(judged: JudgedPatrol, each: MinutesEach, audience: Audience) -> ExplainedPatrolResource:
    terms = judged.window.plan.minutes_each if judged.window else each
    return {
        **patrol(judged, audience),
        "window_from": time_of(judged.window.span.start) if judged.window else None,
        "rule": "repeats" if judged.repeats else judged.kind,
        "because": _because(judged, terms),
        "stays": [_stay(stay) for stay in judged.patrol.stays],
    }


def _because(judged: JudgedPatrol, each: MinutesEach) -> str:
    bounds = [stay.counted.bounds for stay in judged.patrol.stays]
    low = max(stay.low_ms for stay in bounds) / MINUTE_MS
    high = max(stay.high_ms for stay in bounds) / MINUTE_MS
    told = {
        "qualifying": f"its longest stay lasted {low:.1f} min for sure, and {each.low:g} are due.",
        "long": f"its longest stay lasted {low:.1f} min for sure, more than {each.high:g}.",
        "uncertain": (
            f"its longest stay lasted between {low:.1f} and {high:.1f} min; {each.low:g} are due."
        ),
        "interrupted": (
            f"its longest stay lasted {high:.1f} min at most, under {each.low:g}, and its officers "
            "were called away."
        ),
        "short": f"its longest stay lasted {high:.1f} min at most, under {each.low:g}.",
    }[judged.kind]
    nearness = " It is too near to one that counts to count as well." if judged.repeats else ""
    return told[0].upper() + told[1:] + nearness


def _stay(stay: Stay) -> StayResource:
    return {
        "counted_minutes": minutes(stay.counted.bounds),
        "other_minutes": minutes(stay.other.bounds),
        "visits": [_visit(visit) for visit in stay.visits],
    }


def _visit(visit: Visit) -> VisitTermResource:
    bounds = Bounds(low_ms=visit.low_ms, estimate_ms=visit.duration_ms, high_ms=visit.high_ms)
    return {
        "visit_id": visit.visit_id,
        "from": time_of(visit.entered_at),
        "to": time_of(end_of(visit)),
        "minutes": minutes(bounds),
    }


def _sums(figures: DayFigures) -> Iterator[FigureResource]:
    for figure, rule, total, of_patrol in (
        ("patrol_minutes", "union", figures.patrol_time, attrgetter("patrol_time")),
        ("officer_minutes", "each_officer", figures.officer_time, attrgetter("officer_time")),
        ("allocated_minutes", "allocated", figures.allocated_time, attrgetter("allocated_time")),
        ("other_minutes", "other_work", figures.other_time, attrgetter("other_time")),
    ):
        yield {
            "figure": figure,
            "rule": rule,
            "minutes": minutes(total),
            "terms": [
                {"patrol_id": each.patrol.patrol_id, "minutes": minutes(of_patrol(each))}
                for each in figures.patrols
            ],
        }
