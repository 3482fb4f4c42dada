"""Each hot spot's days, judged when they are asked for and again when what they rest on changed.

Pure but for what it remembers. A day is judged anew once there is a new version of anything in the
register, a revision of a visit to that hot spot or of a timesheet, and while it is not over each
minute.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple, Protocol

from services.contracts.days import Days
from services.contracts.reference import HotSpot
from services.contracts.register import Register
from services.metrics.compliance.control import is_control
from services.metrics.compliance.day import DayFigures, Judge, PlannedOn
from services.metrics.compliance.evidence import Evidence
from services.metrics.compliance.judged import JudgedPatrol
from services.metrics.compliance.neglect import is_due
from services.metrics.compliance.planned import MINUTE_MS, Planned, planned

_ONE = timedelta(days=1)


class KeptEvidence(Evidence, Protocol):
    """Evidence of the days kept, which tells when it has changed."""

    def first_day(self) -> date:
        """The first of the days kept."""

    def edition(self, hotspot_id: str) -> int:
        """Rises whenever a visit to a hot spot changes."""

    def sheets_edition(self, since: int, until: int) -> int:
        """Rises whenever a timesheet that begins in a stretch changes."""


class _Stamp(NamedTuple):
    """What a judgement rests on; whether a patrol counts, on all but the time."""

    reference: int
    visits: int
    sheets: int
    minute: int


@dataclass(slots=True)
class _Entry:
    stamp: _Stamp
    figures: DayFigures


class Ledger:
    """What was due at each hot spot on each day, and what was done."""

    def __init__(self, register: Register, evidence: KeptEvidence, days: Days) -> None:
        self._register = register
        self._evidence = evidence
        self._days = days
        self._entries: dict[tuple[str, date], _Entry] = {}

    def hotspot_ids(self, day: date, now: int) -> list[str]:
        """The hot spots that were in force on a day, in order."""
        span = self._days.span(day)
        ends = (span.start, max(span.start, min(span.end - 1, now)))
        in_force = (each for at in ends for each in self._register.all_in_force("hotspot", at))
        return sorted(
            {
                version.message.hotspot_id
                for version in in_force
                if isinstance(version.message, HotSpot) and version.message.type == "hotspot"
            }
        )

    def on(self, hotspot_id: str, day: date, now: int) -> DayFigures:
        """A hot spot's figures on a day, as they are known now (epoch ms)."""
        entry = self._entries.get((hotspot_id, day))
        stamp = self._stamp(hotspot_id, day, now)
        if entry is None or entry.stamp != stamp:
            entry = self._judged(hotspot_id, day, stamp, now)
        return entry.figures

    def last_patrol(self, hotspot_id: str, day: date, now: int) -> tuple[date, JudgedPatrol] | None:
        """The last patrol of a hot spot that counts, by the end of a day, and the day it is of.

        None where there was none in the days kept.
        """
        while day >= self._evidence.first_day():
            if self._was_visited(hotspot_id, day):
                counting = [each for each in self._patrols(hotspot_id, day, now) if each.counts]
                if counting:
                    return day, counting[-1]
            day -= _ONE
        return None

    def was_due(self, hotspot_id: str, first: date, last: date) -> bool:
        """Whether anything was due at a hot spot on one of some days, both included."""
        planned_on = planning(self._register, hotspot_id, self._days)
        days = (first + each * _ONE for each in range((last - first).days + 1))
        return any(is_due(planned_on(day)) for day in days)

    def there_since(self, hotspot_id: str) -> int:
        """Since when a patrol of a hot spot in force would be known, in epoch milliseconds."""
        versions = self._register.versions(f"hotspot/{hotspot_id}")
        drawn = min(
            each.message.effective_from for each in versions if isinstance(each.message, HotSpot)
        )
        return max(drawn, self._days.start_of(self._evidence.first_day()))

    def judge_of(self, hotspot_id: str, now: int) -> Judge:
        """Who judges a hot spot's days by what is known at a time (epoch ms)."""
        planned_on = cache(planning(self._register, hotspot_id, self._days))
        plans = self._register.plans(hotspot_id)

        def is_control_on(day: date) -> bool:
            return is_control(plans, hotspot_id, day, self._days)

        return Judge(hotspot_id, planned_on, is_control_on, self._evidence, self._days, now)

    def forget(self, first: date) -> None:
        """Drop what was judged of the days before one."""
        self._entries = {key: each for key, each in self._entries.items() if key[1] >= first}

    def _was_visited(self, hotspot_id: str, day: date) -> bool:
        """Whether there are visits of which a patrol of a day may be made."""
        since, until = self._days.start_of(day - _ONE), self._days.start_of(day + 2 * _ONE)
        return bool(self._evidence.visits(hotspot_id, since, until))

    def _patrols(self, hotspot_id: str, day: date, now: int) -> tuple[JudgedPatrol, ...]:
        """A day's patrols; whether one counts does not change as time passes."""
        entry = self._entries.get((hotspot_id, day))
        stamp = self._stamp(hotspot_id, day, now)
        if entry is None or entry.stamp[:3] != stamp[:3]:
            entry = self._judged(hotspot_id, day, stamp, now)
        return entry.figures.patrols

    def _stamp(self, hotspot_id: str, day: date, now: int) -> _Stamp:
        since, until = self._days.start_of(day - _ONE), self._days.start_of(day + 2 * _ONE)
        return _Stamp(
            self._register.offset,
            self._evidence.edition(hotspot_id),
            self._evidence.sheets_edition(since, until),
            min(now, until) // MINUTE_MS,
        )

    def _judged(self, hotspot_id: str, day: date, stamp: _Stamp, now: int) -> _Entry:
        entry = _Entry(stamp, self.judge_of(hotspot_id, now).judge(day))
        self._entries[hotspot_id, day] = entry
        return entry


def planning(register: Register, hotspot_id: str, days: Days) -> PlannedOn:
    """What the register says is due at a hot spot on any day."""

    def planned_on(day: date) -> Planned | None:
        return planned(register.plans(hotspot_id), hotspot_id, day, days)

    return planned_on
