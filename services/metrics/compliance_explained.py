"""Where each number of a hot spot's day comes from, so that anyone can check it by hand. Pure.

A figure is the sum of its terms, less ``twice``: the time that two or more of them have in common,
which counts once. The terms lead down to visits:

1. a day's time is that of its ``patrols``; its numbers of patrols are the patrols that they name;
2. a patrol's time is that of its ``stays``; its officers' time is that of its ``officers``;
3. a stay is its ``visits``, of which other work is taken off; an officer's time is that of the
   radios that they carried.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from services.contracts.derived import Bounds, Visit
from services.metrics.audience import Audience, is_among, may_see
from services.metrics.compliance.day import DayFigures, Judge
from services.metrics.compliance.judged import JudgedPatrol, added
from services.metrics.compliance.planned import minutes_each
from services.metrics.compliance.presence import Presence, together
from services.metrics.compliance.reasons import Reason, of_day, of_patrol, of_window
from services.metrics.compliance.shares import Share, by_officer
from services.metrics.compliance.stays import Stay, counted_and_other
from services.metrics.compliance.windows import WindowFigures
from services.metrics.compliance_resources import Day, compliance, minutes, patrol, window
from services.metrics.explanation_resources import (
    ExplainedPatrolResource,
    ExplainedWindowResource,
    ExplanationResource,
    NumberResource,
    OfficerResource,
    ReasonResource,
    StayResource,
    VisitTermResource,
)
from services.metrics.lasting import end_of
from services.metrics.resources import MinutesResource, time_of
from services.metrics.spans import length_ms


@dataclass(frozen=True, slots=True)
class Explainer:
    """Explains a day's figures by who judged them, to an audience."""

    judge: Judge
    day: Day
    audience: Audience

    @property
    def figures(self) -> DayFigures:
        """What is explained."""
        return self.day.figures

    def explanation(self) -> ExplanationResource:
        """How the figures come about."""
        figures, last = self.figures, self.day.last
        each = minutes_each(figures.planned.plan if figures.planned else None)
        span = self.judge.days.span(figures.day)
        stretches = [span, *(each.window.wide for each in figures.windows)]
        unknown_ms = length_ms(self.judge.unknown(figures.day, stretches))
        return {
            "figures": compliance(self.day),
            "minutes_each": {"low": each.low, "high": each.high},
            "rules": _rules(of_day(figures, unknown_ms)),
            "windows": [self._window(found) for found in figures.windows],
            "patrols": [self._patrol(found) for found in figures.patrols],
            "other_twice_minutes": _twice([each.patrol.other for each in figures.patrols]),
            "numbers": _numbers(figures),
            "last_patrol": {"patrol_id": last[1].patrol.patrol_id, "date": last[0]}
            if last
            else None,
        }

    def _window(self, found: WindowFigures) -> ExplainedWindowResource:
        wide = found.window.wide
        own = [each for each in self.figures.patrols if each.window == found.window]
        unknown = self.judge.unknown(self.figures.day, [wide])
        return {
            **window(found),
            "earliest": time_of(wide.start),
            "latest": time_of(wide.end),
            "rules": _rules([of_window(found)]),
            "patrol_ids": [each.patrol.patrol_id for each in own],
            "unknown": [{"from": time_of(each.start), "to": time_of(each.end)} for each in unknown],
        }

    def _patrol(self, found: JudgedPatrol) -> ExplainedPatrolResource:
        stays = found.patrol.stays
        return {
            **patrol(found, self.audience),
            "window_from": time_of(found.window.span.start) if found.window else None,
            "rules": _rules(of_patrol(found, self.figures)),
            "stays": [self._stay(stay) for stay in stays],
            "patrol_twice_minutes": _twice([stay.counted for stay in stays]),
            "other_twice_minutes": _twice([stay.other for stay in stays]),
            "officers": [self._officer(parts) for parts in by_officer(found.shares)],
        }

    def _stay(self, stay: Stay) -> StayResource:
        parts = [counted_and_other(visit, self.judge.evidence) for visit in stay.visits]
        return {
            "radio_id": self._told(stay.radio_id),
            "visits": [
                self._visit(visit, *part) for visit, part in zip(stay.visits, parts, strict=True)
            ],
            "counted_twice_minutes": _twice([counted for counted, _ in parts]),
            "counted_minutes": minutes(stay.counted.bounds),
            "other_twice_minutes": _twice([other for _, other in parts]),
            "other_minutes": minutes(stay.other.bounds),
        }

    def _visit(self, visit: Visit, counted: Presence, other: Presence) -> VisitTermResource:
        return {
            "visit_id": visit.visit_id if may_see(self.audience, visit) else None,
            "from": time_of(visit.entered_at),
            "to": time_of(end_of(visit)),
            "minutes": minutes(added((counted.bounds, other.bounds))),
            "other_minutes": minutes(other.bounds),
            "counted_minutes": minutes(counted.bounds),
        }

    def _officer(self, parts: list[Share]) -> OfficerResource:
        here = self.figures.hotspot_id
        all_ = [part.presence for part in parts]
        allocated = [part.presence for part in parts if part.is_allocated(here)]
        return {
            "officer_id": self._told(parts[0].officer_id),
            "radios": [
                {
                    "radio_id": self._told(part.radio_id),
                    "allocated": part.is_allocated(here),
                    "minutes": minutes(part.presence.bounds),
                }
                for part in parts
            ],
            "twice_minutes": _twice(all_),
            "minutes": minutes(together(all_).bounds),
            "allocated_twice_minutes": _twice(allocated),
            "allocated_minutes": minutes(together(allocated).bounds),
        }

    def _told(self, who: str | None) -> str | None:
        """A radio or an officer, for those who may see places."""
        return who if is_among(self.audience, "view") else None


def _twice(presences: list[Presence]) -> MinutesResource:
    """What their sum has more than they have together."""
    total, once = added(each.bounds for each in presences), together(presences).bounds
    return minutes(
        Bounds(
            low_ms=total.low_ms - once.low_ms,
            estimate_ms=total.estimate_ms - once.estimate_ms,
            high_ms=total.high_ms - once.high_ms,
        )
    )


def _rules(reasons: Iterable[Reason]) -> list[ReasonResource]:
    return [{"rule": each.rule, "because": each.text} for each in reasons]


def _numbers(figures: DayFigures) -> list[NumberResource]:
    def number(figure: str, found: Iterable[JudgedPatrol]) -> NumberResource:
        ids = [each.patrol.patrol_id for each in found]
        return {"figure": figure, "number": len(ids), "patrol_ids": ids}

    patrols = figures.patrols
    kinds = ("uncertain", "short", "long", "interrupted")
    return [
        number("qualifying_patrols", (each for each in patrols if each.counts)),
        *(number(f"{kind}_patrols", (p for p in patrols if p.kind == kind)) for kind in kinds),
        number("repeated_patrols", (each for each in patrols if each.repeats)),
    ]
