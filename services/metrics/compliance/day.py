"""A hot spot's day: planned against delivered. Pure.

Patrols are looked for among the visits from a day before to a day after; the day's are those that
belong to it (``belonging``). A day's police time is the sum of its patrols' low, estimate and high.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from services.contracts.days import Days, Span
from services.contracts.derived import Bounds, Visit
from services.metrics.compliance.belonging import window_of
from services.metrics.compliance.evidence import Evidence
from services.metrics.compliance.judged import Due, JudgedPatrol, added, due, judged, repeating
from services.metrics.compliance.patrols import patrols_of
from services.metrics.compliance.planned import Planned, Window
from services.metrics.compliance.presence import together
from services.metrics.compliance.standing import PoliceTime, Status, by_minutes, by_patrols, worst
from services.metrics.compliance.stays import stays_of
from services.metrics.compliance.unknown import could_hold, unknown_there
from services.metrics.compliance.verdicts import QUALIFIES, Kind
from services.metrics.compliance.windows import WindowFigures, figures_of
from services.metrics.spans import Spans, length_ms, union

PlannedOn = Callable[[date], Planned | None]
"""What is due at the hot spot on a day."""

_ONE = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayFigures:
    """What was due at a hot spot on a day, and what was done; all in order of time."""

    hotspot_id: str
    day: date
    planned: Planned | None
    patrols: tuple[JudgedPatrol, ...]
    windows: tuple[WindowFigures, ...]
    status: Status
    is_control: bool
    """Whether it is a place where no patrols should be."""

    @property
    def planned_patrols(self) -> int:
        """How many patrols were due."""
        return self.planned.patrols if self.planned else 0

    @property
    def planned_ms(self) -> int:
        """The police time that was due."""
        return self.planned.day_ms if self.planned else 0

    @property
    def qualifying(self) -> int:
        """How many patrols count."""
        return sum(patrol.counts for patrol in self.patrols)

    def number_of(self, kind: Kind) -> int:
        """How many patrols are of a kind, whether they count or not."""
        return sum(patrol.kind == kind for patrol in self.patrols)

    @property
    def patrol_time(self) -> Bounds:
        """The time in which somebody was there on patrol."""
        return added(patrol.patrol_time for patrol in self.patrols)

    @property
    def officer_time(self) -> Bounds:
        """The time of each officer there on patrol, added up."""
        return added(patrol.officer_time for patrol in self.patrols)

    @property
    def allocated_time(self) -> Bounds:
        """The same of those officers who were allocated there."""
        return added(patrol.allocated_time for patrol in self.patrols)

    @property
    def other_time(self) -> Bounds:
        """The time in which somebody was there who did other work; of two at once it is one's."""
        return together(patrol.patrol.other for patrol in self.patrols).bounds


@dataclass(frozen=True, slots=True)
class Judge:
    """Judges a hot spot by what is known at a time, ``now`` in epoch milliseconds."""

    hotspot_id: str
    planned_on: PlannedOn
    is_control_on: Callable[[date], bool]
    evidence: Evidence
    days: Days
    now: int

    def judge(self, day: date) -> DayFigures:
        """The figures of a day."""
        planned = self.planned_on(day)
        visits = self._visits(day, planned)
        found = list(self._found(day, visits))
        repeats = repeating(found)
        patrols = tuple(
            judged(each, self.hotspot_id, self.evidence, repeats=repeat)
            for each, repeat in zip(found, repeats, strict=True)
            if each.day == day
        )
        counting = [
            each
            for each, repeat in zip(found, repeats, strict=True)
            if each.kind in QUALIFIES and not repeat
        ]
        windows = tuple(self._windows(planned, patrols, counting, visits) if planned else ())
        return DayFigures(
            hotspot_id=self.hotspot_id,
            day=day,
            planned=planned,
            patrols=patrols,
            windows=windows,
            status=self._status(day, planned, patrols, windows, visits),
            is_control=self.is_control_on(day),
        )

    def unknown(self, day: date, stretches: Sequence[Span]) -> Spans:
        """The time in stretches of a day in which radios may have been there unknown to anybody."""
        return self._unknown(stretches, self._visits(day, self.planned_on(day)))

    def _visits(self, day: date, planned: Planned | None) -> list[Visit]:
        """The visits about a day, to the ring that its plan counts."""
        ring = planned.plan.ring if planned else "core"
        since, until = self.days.start_of(day - _ONE), self.days.start_of(day + 2 * _ONE)
        found = self.evidence.visits(self.hotspot_id, since, until)
        return [visit for visit in found if visit.ring == ring]

    def _found(self, day: date, visits: Sequence[Visit]) -> Iterator[Due]:
        """The patrols about a day in order of time, each with the day and window it belongs to."""
        about = {each: self.planned_on(each) for each in (day - _ONE, day, day + _ONE)}
        windows = [window for planned in about.values() if planned for window in planned.windows]
        day_of = {
            window.span: each
            for each, planned in about.items()
            for window in (planned.windows if planned else ())
        }
        for patrol in patrols_of(stays_of(visits, self.evidence), self.now):
            window = window_of(patrol, windows)
            own = day_of[window.span] if window else self.days.day_of(patrol.span.start)
            planned = about.get(own)
            plan = window.plan if window else planned.plan if planned else None
            yield due(patrol, own, window, plan)

    def _windows(
        self,
        planned: Planned,
        patrols: Sequence[JudgedPatrol],
        counting: Sequence[Due],
        visits: Sequence[Visit],
    ) -> Iterator[WindowFigures]:
        for window in planned.windows:
            own = [patrol for patrol in patrols if patrol.window == window]
            could_hold_ = partial(self._could_hold, window, counting, visits)
            yield figures_of(window, own, could_hold_, self.now)

    def _could_hold(self, window: Window, counting: Sequence[Due], visits: Sequence[Visit]) -> int:
        free = self._unknown((window.wide,), visits)
        return could_hold(free, [each.patrol.span for each in counting], window.plan)

    def _unknown_ms(self, stretches: Sequence[Span], visits: Sequence[Visit]) -> int:
        return length_ms(self._unknown(stretches, visits))

    def _unknown(self, stretches: Sequence[Span], visits: Sequence[Visit]) -> Spans:
        past = [Span(each.start, min(each.end, self.now)) for each in stretches]
        return union(
            part
            for each in past
            for part in unknown_there(
                each, self.evidence.duties_at(self.hotspot_id, *each), visits, self.evidence
            )
        )

    def _status(
        self,
        day: date,
        planned: Planned | None,
        patrols: Sequence[JudgedPatrol],
        windows: Sequence[WindowFigures],
        visits: Sequence[Visit],
    ) -> Status:
        if planned is None:
            return "not_planned"
        if planned.plan.arm == "control":
            return "contaminated" if any(patrol.counts for patrol in patrols) else "not_planned"
        span = self.days.span(day)
        judged_by: list[Status] = []
        if planned.plan.judge_by != "minutes" and windows:
            judged_by.append(by_patrols(windows, self.now))
        if planned.plan.judge_by != "patrols":
            stretches = [span, *(window.wide for window in planned.windows)]
            unknown_ms = partial(self._unknown_ms, stretches, visits)
            goes_on = any(patrol.patrol.goes_on for patrol in patrols)
            time = PoliceTime(added(patrol.patrol_time for patrol in patrols), goes_on, unknown_ms)
            judged_by.append(by_minutes(planned, span, time, self.now))
        return worst(judged_by) if judged_by else "not_planned"
