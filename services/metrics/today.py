"""Each hot spot's day so far, as it is told live.

1. Judge a hot spot again when its visits have changed; all of them when the register has, when a
   day begins and once a minute, for windows begin and end while nothing happens.
2. Others get their turn after each hot spot.
3. Tell what is no longer as it was told: whether a place is a control place is for those who
   supervise, and for others a control place is gone.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from services.contracts.register import Register
from services.metrics.audience import Audience, sees
from services.metrics.compliance.planned import MINUTE_MS
from services.metrics.compliance_gathering import day_of
from services.metrics.compliance_resources import DayResource, day
from services.metrics.events import Event, event
from services.metrics.reckoning import Compliance

ROUND_S = 0.5
_TOLD_ALIKE: dict[Audience, tuple[Audience, ...]] = {
    "supervise": ("supervise",),
    "figures": ("view", "figures"),
}


class _Moment(NamedTuple):
    """What all hot spots' days rest on."""

    day: date
    minute: int
    register: int


class Today:
    """Judges hot spots' days and remembers what was told of them."""

    def __init__(self, compliance: Compliance, register: Register) -> None:
        self._compliance = compliance
        self._register = register
        self._moment: _Moment | None = None
        self._changed: set[str] = set()
        self._listed: set[str] = set()
        self._told: dict[Audience, dict[str, DayResource]] = {each: {} for each in _TOLD_ALIKE}
        self._events: list[Event] = []

    def touch(self, hotspot_ids: Iterable[str]) -> None:
        """Count hot spots as changed."""
        self._changed.update(hotspot_ids)

    def take(self) -> list[Event]:
        """The events since the last call."""
        events, self._events = self._events, []
        return events

    def told(self, audience: Audience) -> list[DayResource]:
        """Every hot spot's day as an audience may see it, in order."""
        told = self._told["supervise" if sees(audience, "supervise") else "figures"]
        return [told[each] for each in sorted(told)]

    async def run(self) -> None:
        """Round after round, until cancelled."""
        while True:
            await self.round()
            await asyncio.sleep(ROUND_S)

    async def round(self) -> None:
        """Judge again what has changed."""
        changed, self._changed = self._changed, set()
        reckoning = self._compliance.remembered()
        moment = _Moment(
            self._compliance.today(), reckoning.now // MINUTE_MS, self._register.offset
        )
        if moment != self._moment:
            self._compliance.forget()
            self._moment = moment
            self._listed = set(reckoning.hotspot_ids(moment.day))
            changed = self._listed.union(*self._told.values())
        for hotspot_id in sorted(changed):  # 1
            await asyncio.sleep(0)  # 2
            self._tell(hotspot_id, moment.day)

    def _tell(self, hotspot_id: str, today: date) -> None:  # 3
        reckoning = self._compliance.remembered()
        found = day_of(reckoning, hotspot_id, today) if hotspot_id in self._listed else None
        for audience, told in self._told.items():
            before = told.get(hotspot_id)
            if found and reckoning.may_see(audience, hotspot_id, today):
                told[hotspot_id] = now = day(found, audience)
                if now != before:
                    self._put(audience, now)
            elif told.pop(hotspot_id, None) is not None:
                self._put(audience, {"hotspot_id": hotspot_id, "deleted": True})

    def _put(self, audience: Audience, resource: object) -> None:
        self._events.append(Event(_TOLD_ALIKE[audience], event("compliance", resource)))
