"""Radios on duty of which nothing is heard at all: never, or not for so long that it is forgotten.

Such a radio has no unit in the engine, so it is awaited by the roster alone, in the partition that
its key leads to:

1. From when the engine first sees it on duty it is awaited. That is when its duty begins, or later
   where the roster said so late.
2. It is missed once it has been awaited for its patience, and for as long since anything was wrong
   with the pipeline, or since all sources were silent: any of them may be its own.
3. It is awaited no more once it is heard, or on duty no more.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from heapq import heappop, heappush

from services.contracts.derived import Signal
from services.geofence.silence.episode import Episode, Now, episode_id, signal_of
from services.geofence.silence.outages import Awaited, Outages
from services.geofence.silence.patience import PatienceOf
from services.geofence.survey import Surveyor
from services.geofence.zone import FOREVER

Owns = Callable[[str], bool]
"""Whether a radio's key leads to this partition."""


class Awaiting:
    """When to look at which radio on the roster; who is awaited is kept with the outages."""

    def __init__(self, surveyor: Surveyor, owns: Owns) -> None:
        self._surveyor = surveyor
        self._owns = owns
        self._due: list[tuple[int, str]] = []
        self._armed: dict[str, int] = {}

    def arm(self, radio_ids: Iterable[str]) -> None:
        """Look at these at the next tick of a second, as far as they are this partition's."""
        for radio_id in radio_ids:
            if self._owns(radio_id):
                self._arm(radio_id, 0)

    def look(
        self,
        known: Container[str],
        heard: Iterable[str],
        outages: Outages,
        patience_of: PatienceOf,
        now: Now,
    ) -> list[Signal]:
        """Who is missed, who is awaited no more: at the first tick of a second.

        ``known`` are the radios that have a unit, and ``heard`` those heard in the last second.
        """
        if outages.awaited:
            self.arm([radio_id for radio_id in heard if radio_id in outages.awaited])
            if outages.may_be_anybody(patience_of, now.time):
                outages.unclear_at = now.time
        signals = []
        while self._due and self._due[0][0] <= now.time:
            at, radio_id = heappop(self._due)
            if self._armed.get(radio_id) != at:
                continue
            if radio_id in known:
                del self._armed[radio_id]
                signals += _end(radio_id, outages, now)
            else:
                signals += self._judge(radio_id, outages, now)
        return sorted(signals, key=lambda signal: signal.radio_id or "")

    def _judge(self, radio_id: str, outages: Outages, now: Now) -> list[Signal]:
        """Judge a radio that is not heard, and arm it for when that has to be done next."""
        rota = self._surveyor.rota(radio_id)
        ends = rota.on_duty_until(now.time)
        if ends is None:
            self._arm(radio_id, rota.next_duty(now.time))
            return _end(radio_id, outages, now)
        awaited = outages.awaited.setdefault(radio_id, Awaited(now.time))
        if awaited.episode is not None:
            self._arm(radio_id, ends)
            return []
        missed_at = max(awaited.since, outages.clear_since) + self._patience(radio_id, outages, now)
        if now.time < missed_at:
            self._arm(radio_id, min(missed_at, ends))
            return []
        awaited.episode = Episode(
            episode_id=episode_id(radio_id, "lost", now.offset),
            type="lost",
            cause="unexpected",
            declared_at=now.time,
        )
        self._arm(radio_id, ends)
        return [signal_of(radio_id, awaited.episode, now, over=False)]

    def _patience(self, radio_id: str, outages: Outages, now: Now) -> int:
        """That of the most patient source, since nobody knows which one is the radio's."""
        sources = outages.sources.known or [""]
        return max(
            self._surveyor.patience(radio_id, source, now.time).silence for source in sources
        )

    def _arm(self, radio_id: str, at: int) -> None:
        if at < FOREVER:
            self._armed[radio_id] = at
            heappush(self._due, (at, radio_id))
        else:
            self._armed.pop(radio_id, None)


def _end(radio_id: str, outages: Outages, now: Now) -> list[Signal]:
    awaited = outages.awaited.pop(radio_id, None)
    if awaited is None or awaited.episode is None:
        return []
    return [signal_of(radio_id, awaited.episode, now, over=True)]
