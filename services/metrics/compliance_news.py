"""What of compliance is no longer as it was last told: round by round, a few hot spots at a time.

A hot spot is judged again in the round in which its visits or its boundary change, and at least
once a minute, since windows open and close by themselves.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Collection, Iterable
from datetime import date
from math import ceil

from services.metrics.compliance_resources import ComplianceResource, compliance
from services.metrics.prometheus_patrols import ClosedPatrol
from services.metrics.standings import Standings

Closed = Callable[[Collection[ClosedPatrol]], None]


class ComplianceNews:
    """Today's figures as they were last told, by hot spot."""

    def __init__(self, standings: Standings, rounds_a_minute: int, on_closed: Closed) -> None:
        """``on_closed`` hears of the patrols of today and yesterday that are over."""
        self._standings = standings
        self._rounds = rounds_a_minute
        self._on_closed = on_closed
        self._queue: deque[str] = deque()
        self._day: date | None = None
        self._told: dict[str, ComplianceResource] = {}

    async def begin(self) -> None:
        """Judge all of them, while others get their turn."""
        ids = self._standings.hotspot_ids()
        for hotspot_id in ids:
            await asyncio.sleep(0)
            self._look_at(hotspot_id)
        self._on_closed(self._standings.closed(ids))

    def round(self, changed: Iterable[str]) -> list[ComplianceResource]:
        """Judge those that changed and those whose turn it is: what is not as it was told."""
        if self._day != self._standings.day:
            self._day = self._standings.day
            self._standings.forget()
        ids = self._standings.hotspot_ids()
        for gone in self._told.keys() - set(ids):
            del self._told[gone]
        looked_at = sorted((set(changed) | set(self._turn(ids))) & set(ids))
        news = [told for each in looked_at if (told := self._look_at(each)) is not None]
        self._on_closed(self._standings.closed(looked_at))
        return news

    def _look_at(self, hotspot_id: str) -> ComplianceResource | None:
        """Judge one of them; None where it is as it was told."""
        told = compliance(self._standings.look_at(hotspot_id))
        if told == self._told.get(hotspot_id):
            return None
        self._told[hotspot_id] = told
        return told

    def all(self) -> list[ComplianceResource]:
        """All as last told, in order of their hot spots."""
        return [self._told[each] for each in sorted(self._told)]

    def of(self, hotspot_id: str) -> ComplianceResource | None:
        """One as last told; None where it has not been."""
        return self._told.get(hotspot_id)

    def _turn(self, ids: list[str]) -> list[str]:
        """Who is looked at in this round: everybody in the first, then each once a minute."""
        if not self._told:
            return ids
        if not self._queue:
            self._queue.extend(ids)
        share = min(len(self._queue), ceil(len(ids) / self._rounds))
        return [self._queue.popleft() for _ in range(share)]
