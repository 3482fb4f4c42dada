"""The watch over the units of a partition: one entry in a heap for each, taken up when it is due.

At the first tick of a second:

1. Outages are seen to first (outages.py): they take precedence over any unit.
2. Units heard since the last second: who was lost is back, or explains itself belatedly.
3. Units that are due are judged: not expected, heard after all, held back since it may be their
   source's or our own fault, or missed. Each is then armed for when it has to be looked at next.

To judge a unit is a function of the unit, the outages and ``reference`` at that time, so it does no
harm to judge one too early: a restore arms them all at once, and who is held back is judged each
second, so that it makes no difference since when.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cache
from heapq import heappop, heappush

from services.contracts.derived import Signal
from services.geofence.silence import explaining
from services.geofence.silence.episode import Episode, Now, Type, episode_id, signal_of
from services.geofence.silence.expecting import expected_since, next_expected
from services.geofence.silence.outages import Outages
from services.geofence.silence.patience import Patience
from services.geofence.survey import Surveyor
from services.geofence.tracks import Track
from services.geofence.unit import Unit
from services.geofence.zone import FOREVER


class Watch:
    """Who is looked at when. ``pressing`` are the units whose episode has changed of late."""

    def __init__(self, surveyor: Surveyor) -> None:
        self.pressing: set[str] = set()
        self._surveyor = surveyor
        self._due: list[tuple[int, str]] = []
        self._armed: dict[str, int] = {}

    def arm(self, radio_id: str, at: int) -> None:
        """Look at a unit at ``at``, whatever was intended before."""
        self._armed[radio_id] = at
        if at < FOREVER:
            heappush(self._due, (at, radio_id))

    def arm_all(self) -> None:
        """Look at every unit now: what is expected of them has changed."""
        for radio_id in self._armed:
            self.arm(radio_id, 0)

    def forget(self, radio_id: str) -> None:
        """Look at a unit no more."""
        self._armed.pop(radio_id, None)
        self.pressing.discard(radio_id)

    def look(
        self,
        tracks: Mapping[str, Track],
        heard: Iterable[Unit],
        outages: Outages,
        blind_now: Callable[[], Mapping[str, str]],
        now: Now,
    ) -> list[Signal]:
        """Who is missed, who is back: at the first tick of a second.

        ``blind_now`` finds which sources seem blind already; it is asked only where that matters.
        """
        look = _Look(self._surveyor, outages, blind_now, now)
        for unit in heard:  # 2
            if unit.radio_id not in tracks:
                continue  # so long ago that it is forgotten by now
            look.welcome(unit)
            if self._armed.get(unit.radio_id, FOREVER) == FOREVER:
                self.arm(unit.radio_id, 0)
        while self._due and self._due[0][0] <= now.time:  # 3
            at, radio_id = heappop(self._due)
            if self._armed.get(radio_id) == at:
                self.arm(radio_id, max(look.judge(tracks[radio_id].unit), now.time + 1))
        for signal in look.signals:
            if signal.radio_id is not None:
                tracks[signal.radio_id].saved = -1
                self.pressing.add(signal.radio_id)
        look.signals.sort(key=lambda signal: signal.radio_id or "")
        return look.signals


class _Look:
    """One look: the circumstances, and what there is to tell."""

    def __init__(
        self,
        surveyor: Surveyor,
        outages: Outages,
        blind_now: Callable[[], Mapping[str, str]],
        now: Now,
    ) -> None:
        self._surveyor = surveyor
        self._outages = outages
        self._blind_now = cache(blind_now)
        self._now = now
        self._time = now.time
        self.signals: list[Signal] = []

    def welcome(self, unit: Unit) -> None:
        """See to the episode of a unit that was heard."""
        episode = unit.episode
        if episode is None:
            return
        heard_at = unit.as_of if episode.type == "lost" else unit.fixed_as_of
        if heard_at <= episode.declared_at:
            return
        why = explaining.why_not_heard(unit) if episode.type == "lost" else None
        if why is None or explaining.said_at(unit.last) > episode.declared_at:
            self._end(unit, episode)
        elif episode.cause != "explained":
            unit.episode = replace(episode, cause="explained", reason=why)
            self._tell(unit, unit.episode)

    def judge(self, unit: Unit) -> int:
        """Judge a unit; when it has to be judged next."""
        time = self._time
        rota = self._surveyor.rota(unit.radio_id)
        since = expected_since(unit, rota, time)
        if since is None:
            if unit.episode is not None:
                self._end(unit, unit.episode)
            return next_expected(unit, rota, time)
        if unit.episode is not None and unit.episode.type == "lost":
            return FOREVER
        patience = self._surveyor.patience(unit.radio_id, unit.source, time)
        urgent = unit.status == explaining.EMERGENCY
        if not urgent:
            since = max(since, self._outages.over_since(unit.source))
        lost_at = max(unit.as_of, since) + patience.silence
        if time < lost_at:
            return min(lost_at, self._judge_position(unit, since, patience))
        if not urgent and self._outages.holds(unit.source, patience, time):
            return time + 1  # to be looked at each second, by whoever
        if unit.episode is not None:
            self._end(unit, unit.episode)
        why = None if urgent else explaining.why_not_heard(unit) or self._blackspot(unit)
        self._declare(unit, "lost", why, unit.as_of)
        return FOREVER

    def _judge_position(self, unit: Unit, since: int, patience: Patience) -> int:
        """Judge where a unit that is heard is; when that has to be judged next."""
        if unit.fix is None or unit.as_of <= unit.fixed_as_of or unit.episode is not None:
            return FOREVER
        if explaining.why_not_heard(unit) is not None:
            return FOREVER  # about to be lost, as it said
        blind_at = max(unit.fixed_as_of, since) + patience.silence
        if self._time < blind_at:
            return blind_at
        if self._time - unit.as_of >= patience.suspicion:
            return FOREVER  # about to be lost, rather
        if self._outages.sources.is_blind(unit.source) or unit.source in self._blind_now():
            return self._time + 1
        type_: Type = "frozen" if unit.unfit == "frozen" else "no_position"
        why = explaining.why_no_position(unit) or self._blackspot(unit)
        self._declare(unit, type_, why, unit.fixed_as_of)
        return FOREVER

    def _declare(self, unit: Unit, type_: Type, why: str | None, last_heard_at: int) -> None:
        stays = [stay for stay in unit.course.stays.values() if stay.left_at is None]
        inside = next((stay.hotspot_id for stay in stays if stay.ring == "core"), None)
        unit.episode = Episode(
            episode_id=episode_id(unit.radio_id, type_, self._now.offset),
            type=type_,
            cause="unexpected" if why is None else "explained",
            declared_at=self._time,
            last_heard_at=last_heard_at,
            source=unit.source,
            reason=why if why is not None or type_ == "lost" else unit.unfit,
            hotspot_id=inside,
            lat=unit.fix.lat if unit.fix else None,
            lon=unit.fix.lon if unit.fix else None,
            cell_id=unit.cell_id,
        )
        self._tell(unit, unit.episode)

    def _end(self, unit: Unit, episode: Episode) -> None:
        unit.episode = None
        self._tell(unit, episode, over=True)

    def _tell(self, unit: Unit, episode: Episode, *, over: bool = False) -> None:
        self.signals.append(signal_of(unit.radio_id, episode, self._now, over=over))

    def _blackspot(self, unit: Unit) -> str | None:
        if unit.fix is None:
            return None
        name = self._surveyor.blackspot(unit.fix.lon, unit.fix.lat, self._time)
        return None if name is None else f"blackspot {name}"
