"""A beat's days in a few words: who was where and when, who was on duty, and what was due.

Times are the force's clock: ``20:00`` is on Monday the first of June 2026, ``tue 01:00`` on another
day of that week, ``2026-03-29 00:30`` on any. A radio's name is also its officer's.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import msgspec

from services.contracts.days import Days
from services.contracts.derived import Settlement, StatusSpan, Timesheet, UnknownSpan, Visit
from services.contracts.reference import Deleted, Duty, MinutesEach, Plan, Reference, Source, Window
from services.contracts.register import Register
from services.metrics.compliance.day import DayFigures
from services.metrics.compliance.judged import JudgedPatrol
from services.metrics.compliance.ledger import Ledger
from services.metrics.projection import Projection
from services.metrics.recent import Recent
from tests.support.derived import HOUR_MS, MINUTE_MS, a_visit

MONDAY = date(2026, 6, 1)
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ALWAYS = 0


class Beat:
    """What the log told of some days, folded by the real projection and register."""

    def __init__(self, starts: str = "00:00", zone: str = "Europe/London") -> None:
        self.days = Days(ZoneInfo(zone), time.fromisoformat(starts))
        self.register = Register()
        self.projection = Projection(self.days)
        self.recent = Recent(self.projection, self.register, self.days)
        self.ledger = Ledger(self.register, self.recent, self.days)
        self._visits = 0

    def at(self, told: str) -> int:
        """A moment by the force's clock, in epoch milliseconds."""
        day, _, clock = told.rpartition(" ")
        if day in WEEK:
            day = MONDAY.replace(day=1 + WEEK.index(day)).isoformat()
        local = datetime.fromisoformat(f"{day or MONDAY} {clock}")
        return round(local.replace(tzinfo=self.days.zone).timestamp() * 1000)

    def knows(self, message: Reference) -> None:
        """A record of ``reference``."""
        self.register.apply(self.register.offset, message)

    def plan(  # as many words as a plan has
        self,
        *windows: tuple[str, str, int],
        plan_id: str = "p-1",
        since: str | None = None,
        each: tuple[float, float] = (10, 20),
        minutes: float = 0,
        **given: object,
    ) -> Plan:
        """Windows (from, until, patrols) that are due at hs-1 on Mondays, but for ``given``."""
        plan = Plan(
            plan_id=plan_id,
            hotspot_id="hs-1",
            windows=[Window(since=a, until=b, patrols=n) for a, b, n in windows],
            minutes_each=MinutesEach(low=each[0], high=each[1]),
            minutes_per_day=minutes,
            effective_from=self.at(since) if since else ALWAYS,
            changed_by="test",
            weekdays=[] if given.get("dates") else ["mon"],
        )
        plan = msgspec.structs.replace(plan, **given)
        self.knows(plan)
        return plan

    def ends(self, plan_id: str, when: str) -> None:
        """The plan is deleted."""
        self.knows(
            Deleted(type="plan", id=plan_id, effective_from=self.at(when), changed_by="test")
        )

    def duty(
        self,
        radio: str,
        since: str,
        until: str,
        *,
        officers: Sequence[str] = (),
        places: Sequence[str] = ("hs-1",),
        team: str | None = None,
    ) -> Duty:
        """A radio's duty, allocated to hs-1 unless other places are given."""
        duty = Duty(
            duty_id=f"{radio} {since}",
            radio_id=radio,
            since=self.at(since),
            until=self.at(until),
            officer_ids=list(officers) or [radio],
            effective_from=ALWAYS,
            changed_by="test",
            team=team,
            hotspot_ids=list(places),
        )
        self.knows(duty)
        return duty

    def source(self, seconds: float) -> str:
        """A source with such an interval."""
        name = f"every {seconds:g} s"
        self.knows(
            Source(
                source=name,
                name=name,
                effective_from=ALWAYS,
                changed_by="test",
                expected_interval_s=seconds,
            )
        )
        return name

    def visit(
        self,
        radio: str,
        since: str,
        until: str,
        *,
        bounds: tuple[float, float] | None = None,
        unknown: float = 0,
        statuses: Sequence[tuple[str, str, str]] = (),
        **given: object,
    ) -> Visit:
        """A visit to the core of hs-1, of which so many minutes are unknown.

        Its low and high bound are in minutes; its length is certain where they are not given.
        """
        self._visits += 1
        entered, left = self.at(since), self.at(until)
        known = (left - entered) / MINUTE_MS - unknown
        low, high = bounds or (known, known)
        visit = a_visit(
            f"v-{self._visits}",
            entered_at=entered,
            radio_id=radio,
            last_fix_time=left,
            left_at=left,
            duration_ms=round(known * MINUTE_MS),
            low_ms=round(low * MINUTE_MS),
            high_ms=round(high * MINUTE_MS),
            unknown_ms=round(unknown * MINUTE_MS),
            statuses=[
                StatusSpan(status=word, since=self.at(begun), until=self.at(ended))
                for word, begun, ended in statuses
            ],
        )
        visit = msgspec.structs.replace(visit, **given)
        self.told(visit)
        return visit

    def stays(
        self, radio: str, since: str, until: str, statuses: Sequence[tuple[str, str, str]] = ()
    ) -> Visit:
        """A visit that goes on, by what was known of it at a time."""
        return self.visit(radio, since, until, statuses=statuses, state="open", left_at=None)

    def told(self, visit: Visit) -> None:
        """A revision of a visit."""
        self.projection.apply(0, visit)

    def settles(self, day: str = "mon") -> None:
        """The day's final visits follow; all that was told of it is taken back."""
        span = self.days.span(self.date(day))
        settlement = Settlement(
            partition=0, day=day, since=span.start, until=span.end, run=1, end_offset=0
        )
        self.projection.settle("visits", 0, settlement)

    def accounted(self, radio: str, since: str, until: str, *unknown: tuple[str, str]) -> None:
        """The radio's timesheets of a stretch, with the stretches in it that are unknown."""
        start, end = self.at(since), self.at(until)
        gaps = [(self.at(a), self.at(b)) for a, b in unknown]
        while start < end:
            stop = min(end, start - start % HOUR_MS + HOUR_MS)
            cut = [(max(a, start), min(b, stop)) for a, b in gaps]
            spans = [UnknownSpan(since=a, until=b) for a, b in cut if a < b]
            lacking = sum(span.until - span.since for span in spans)
            self.projection.apply(
                0,
                Timesheet(
                    radio_id=radio,
                    since=start,
                    until=stop,
                    inside_ms=0,
                    outside_ms=stop - start - lacking,
                    unknown_ms=lacking,
                    fixes=0,
                    revision=1,
                    unknown=spans,
                ),
            )
            start = stop

    def day(self, day: str = "mon", now: str = "sun 12:00", place: str = "hs-1") -> DayFigures:
        """A hot spot's figures on a day, by what was known at a time."""
        at = self.at(now)
        self.projection.turn(at)
        return self.ledger.on(place, self.date(day), at)

    def date(self, day: str) -> date:
        """A weekday of the week, or any day by its date."""
        return MONDAY.replace(day=1 + WEEK.index(day)) if day in WEEK else date.fromisoformat(day)


def minutes(ms: int) -> float:
    """Milliseconds as minutes."""
    return ms / MINUTE_MS


def kinds(day: DayFigures) -> list[str]:
    """What each patrol of a day is; one that does not count for being too near has a ``*``."""
    return [f"{each.kind}{'*' * each.repeats}" for each in day.patrols]


def outcomes(day: DayFigures) -> list[str]:
    """What became of each window of a day."""
    return [window.outcome for window in day.windows]


def windows(day: DayFigures) -> list[tuple[int, int]]:
    """How many patrols are due and delivered in each window of a day."""
    return [(each.window.patrols, each.delivered) for each in day.windows]


def radios(patrol: JudgedPatrol) -> list[str]:
    """The radios of a patrol, one for each stay."""
    return [stay.radio_id for stay in patrol.patrol.stays]
