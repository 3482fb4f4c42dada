"""The days, weeks and teams that somebody asks for, one after another.

Each hot spot's day takes a while to judge, so others get their turn after each.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import NamedTuple

from services.contracts.days import Days
from services.contracts.reference import Duty
from services.contracts.register import Register
from services.metrics.archive import Reckonings, days_from
from services.metrics.audience import Audience
from services.metrics.compliance.allocation import allocation
from services.metrics.compliance.teams import Teams
from services.metrics.compliance_resources import Day
from services.metrics.compliance_sums import week_name
from services.metrics.control_places import ControlPlaces
from services.metrics.reckoning import Reckoning
from services.metrics.sight import Sight


class Key(NamedTuple):
    """A place in the order of days or weeks, and in each of hot spots."""

    when: str
    hotspot_id: str


BEGINNING = Key("", "")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asks for: from the ``first`` day to the ``last``, and what they may see."""

    first: date
    last: date
    hotspot_id: str | None
    team: str | None
    audience: Audience


class Gathering:
    """Finds what is wanted."""

    def __init__(
        self,
        wanted: Wanted,
        reckonings: Reckonings,
        register: Register,
        days: Days,
        control_places: ControlPlaces,
    ) -> None:
        self._wanted = wanted
        self._sight = Sight(wanted.audience, control_places)
        self._reckonings = reckonings
        self._register = register
        self._days = days

    async def days(self, since: Key) -> AsyncIterator[Day]:
        """Hot spots' days in order, from a place in it on."""
        async for hotspot_id, day in self._places(since):
            if self._is_of_team(hotspot_id, day):
                yield self._day(hotspot_id, day)

    async def weeks(self, since: Key) -> AsyncIterator[list[Day]]:
        """Hot spots' weeks in order, each as its days up to today, from a place in it on."""
        last = min(self._wanted.last, self._reckonings.today)
        for name, several in groupby(days_from(self._wanted.first, last), week_name):
            week = list(several)
            ids = {each for day in week for each in self._hotspot_ids(day)}
            for hotspot_id in sorted(ids):
                if Key(name, hotspot_id) >= since:
                    there = [day for day in week if self._is_seen(hotspot_id, day)]
                    if any(self._is_of_team(hotspot_id, day) for day in there):
                        yield [await self._day_in_turn(hotspot_id, day) for day in there]

    async def teams(self) -> Teams:
        """What each team did."""
        teams = Teams()
        async for hotspot_id, day in self._places(BEGINNING):
            teams.add_day(self._reckonings.of(day).on(hotspot_id, day))
        for duty in self._duties():
            await asyncio.sleep(0)
            day = self._days.day_of(duty.since)
            seen = [each for each in duty.hotspot_ids if self._is_seen(each, day)]
            if seen or self._wanted.hotspot_id is None:
                reckoning = self._reckonings.of(day)
                shown = self._sight.timesheet
                time = allocation(duty, reckoning.timesheets, reckoning.now, shown)
                teams.add_duty(duty, seen, time)
        return teams

    def is_settled(self) -> bool:
        """Whether all the days are final."""
        days = days_from(self._wanted.first, self._wanted.last)
        return all(self._reckonings.of(day).is_settled(day) for day in days)

    async def _places(self, since: Key) -> AsyncIterator[tuple[str, date]]:
        """The hot spots that may be seen on each day, from a place in their order on."""
        for day in days_from(self._wanted.first, self._wanted.last):
            if day.isoformat() >= since.when:
                for hotspot_id in self._hotspot_ids(day):
                    if Key(day.isoformat(), hotspot_id) >= since:
                        await asyncio.sleep(0)
                        if self._is_seen(hotspot_id, day):
                            yield hotspot_id, day

    def _duties(self) -> list[Duty]:
        """The duties that begin in these days and are allocated to some hot spot."""
        since = self._days.start_of(self._wanted.first)
        until = self._days.span(self._wanted.last).end
        duties = (duty for duty in self._register.all_duties() if since <= duty.since < until)
        return [duty for duty in duties if duty.hotspot_ids]

    def _hotspot_ids(self, day: date) -> list[str]:
        ids = self._reckonings.of(day).hotspot_ids(day)
        return [each for each in ids if self._wanted.hotspot_id in (None, each)]

    def _is_seen(self, hotspot_id: str, day: date) -> bool:
        reckoning = self._reckonings.of(day)
        matches = self._wanted.hotspot_id in (None, hotspot_id)
        return matches and reckoning.may_see(self._wanted.audience, hotspot_id, day)

    def _is_of_team(self, hotspot_id: str, day: date) -> bool:
        """Whether the team, where one is asked for, is allocated to a hot spot on a day."""
        team = self._wanted.team
        duties = self._reckonings.of(day).duties_at(hotspot_id, day) if team is not None else ()
        return team is None or any(duty.team == team for duty in duties)

    def _day(self, hotspot_id: str, day: date) -> Day:
        return day_of(self._reckonings.of(day), hotspot_id, day)

    async def _day_in_turn(self, hotspot_id: str, day: date) -> Day:
        await asyncio.sleep(0)
        return self._day(hotspot_id, day)


def day_of(reckoning: Reckoning, hotspot_id: str, day: date) -> Day:
    """A hot spot's day, with what is told beside its figures."""
    return Day(
        reckoning.on(hotspot_id, day),
        reckoning.last_patrol(hotspot_id, day),
        reckoning.is_settled(day),
    )
