"""The plan that holds for a hot spot on a day, and its windows as moments. Pure.

1. On a day one plan holds at most: one that names its date before one that names its weekday.
2. The day's own terms (minutes a day, how it is judged, the ring) are those in force when the day
   starts, or the first that come into force in it, of those that name the day; a window's are
   those in force when it starts.
3. A window belongs to the day in which it starts, though it may end in the next one. A local time
   that the clocks skip is when it would have been; one that comes twice is the first. A window
   that lies wholly in the hour that is skipped is not due that night.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from services.contracts import register
from services.contracts.days import Days, Span
from services.contracts.reference import WEEKDAYS, MinutesEach, Plan
from services.contracts.register import Version

MINUTE_MS = 60_000
_USUAL_GAP_MINUTES = 30.0
_USUAL = MinutesEach(low=10, high=20)
"""How long a patrol should be where no plan says so: the 10 to 20 minutes of the national guide."""

_ONE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Window:
    """Part of a day in which patrols are due, by one version of a plan."""

    span: Span
    patrols: int
    version: int
    plan: Plan

    @property
    def slack_ms(self) -> int:
        """How much earlier and later a patrol may be."""
        return round(self.plan.slack_minutes * MINUTE_MS)

    @property
    def wide(self) -> Span:
        """The window with its slack on either side."""
        return Span(self.span.start - self.slack_ms, self.span.end + self.slack_ms)

    @property
    def low_ms(self) -> int:
        """How long a patrol in it should last at least."""
        return round(self.plan.minutes_each.low * MINUTE_MS)


@dataclass(frozen=True, slots=True)
class Planned:
    """What is due at a hot spot on a day."""

    version: int
    plan: Plan
    windows: tuple[Window, ...]

    @property
    def patrols(self) -> int:
        """How many patrols are due."""
        return sum(window.patrols for window in self.windows)

    @property
    def day_ms(self) -> int:
        """How much police time is due."""
        return round(self.plan.minutes_per_day * MINUTE_MS)


def planned(
    plans: Sequence[Sequence[Version]], hotspot_id: str, day: date, days: Days
) -> Planned | None:
    """What is due at a hot spot; ``plans`` has all versions of each plan that ever named it."""
    found = [each for versions in plans for each in _on_day(versions, hotspot_id, day, days)]
    return min(found, key=lambda each: (not each.plan.dates, each.plan.plan_id), default=None)


def minutes_each(plan: Plan | None) -> MinutesEach:
    """How long a patrol should be by a plan, or as is usual."""
    return plan.minutes_each if plan else _USUAL


def gap_minutes(plan: Plan | None) -> float:
    """How long after another one a patrol has to begin, by a plan or as is usual."""
    return plan.min_gap_minutes if plan else _USUAL_GAP_MINUTES


def _moment(calendar_day: date, clock: time, days: Days) -> int:
    return round(datetime.combine(calendar_day, clock, tzinfo=days.zone).timestamp() * 1000)


def _is_skipped(calendar_day: date, clock: time, days: Days) -> bool:
    """Whether the clocks go forward over a local time (PEP 495: a gap)."""
    later = _moment(calendar_day, clock.replace(fold=1), days)
    return later < _moment(calendar_day, clock, days)


def _on_day(
    versions: Sequence[Version], hotspot_id: str, day: date, days: Days
) -> Iterator[Planned]:
    """The plan of these versions, if it holds on the day."""
    naming = {
        offset: plan
        for offset, plan in _plans(versions)
        if plan.hotspot_id == hotspot_id and _names(plan, day)
    }
    span = days.span(day)
    begins = sorted(plan.effective_from for plan in naming.values())
    moments = (span.start, *(at for at in begins if span.start < at < span.end))
    held = (in_force(versions, at) for at in moments)
    terms = next((each for each in held if each is not None and each[0] in naming), None)
    if terms is None:
        return
    windows = [
        window
        for offset, plan in naming.items()
        for window in _windows(offset, plan, day, days)
        if in_force(versions, window.span.start) == (offset, plan)
    ]
    yield Planned(*terms, tuple(sorted(windows, key=lambda window: window.span)))


def _windows(offset: int, plan: Plan, day: date, days: Days) -> Iterator[Window]:
    for drawn in plan.windows:
        since, until = time.fromisoformat(drawn.since), time.fromisoformat(drawn.until)
        starts = day if since >= days.starts else day + _ONE
        ends = starts if until > since else starts + _ONE
        span = Span(_moment(starts, since, days), _moment(ends, until, days))
        skipped = _is_skipped(starts, since, days) and _is_skipped(ends, until, days)
        if span.start < span.end and not skipped:
            yield Window(span, drawn.patrols, offset, plan)


def in_force(versions: Sequence[Version], at: int) -> tuple[int, Plan] | None:
    """The version of the plan that holds at a time."""
    held = register.in_force(versions, at)
    return (held.offset, held.message) if held and isinstance(held.message, Plan) else None


def _plans(versions: Sequence[Version]) -> list[tuple[int, Plan]]:
    return [(each.offset, each.message) for each in versions if isinstance(each.message, Plan)]


def _names(plan: Plan, day: date) -> bool:
    return day.isoformat() in plan.dates or WEEKDAYS[day.weekday()] in plan.weekdays
