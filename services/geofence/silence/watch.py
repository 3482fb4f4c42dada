"""The watch over the units of a partition: one entry in a heap for each, taken up when it is due.

At the first tick of a second:

1. Outages are seen to first (outages.py): they take precedence over any unit.
2. Units heard since the last second: who was lost is back, or explains itself belatedly.
3. Units that are due are judged: not expected, heard after all, held back since it may be their
   source's or our own fault, or missed. Each is then armed for when it has to be looked at next.

To judge a unit is a function of the unit, the outages and ``reference`` at that time, so it does no
harm to judge one too early, and one too late never happens: a restore arms them all at once. So a
unit is judged anew when anything else than passing time may have changed the verdict, and where a
duty begins or ends or other settings come into force.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cache
from heapq import heappop, heappush
from typing import NamedTuple

from services.contracts.derived import Signal
from services.geofence.rota import Rota
from services.geofence.silence import explaining
from services.geofence.silence.episode import Episode, Now, Type, episode_id, signal_of
from services.geofence.silence.expecting import expected_since
from services.geofence.silence.outages import Outages
from services.geofence.silence.patience import Patience
from services.geofence.survey import Surveyor
from services.geofence.tracks import Track
from services.geofence.unit import Unit
from services.geofence.zone import FOREVER


class _Armed(NamedTuple):
    """When a unit is looked at next if all stays as it was when it was judged.

    ``listening`` says that it has to be looked at as soon as anything is heard of it.
    """

    at: int
    source: str = ""
    status: str | None = None
    listening: bool = True

    def still_holds(self, unit: Unit) -> bool:
        """Whether what was heard of a unit leaves that as it is."""
        return not self.listening and self.source == unit.source and self.status == unit.status


class _Verdict(NamedTuple):
    """When a unit has to be judged next, and whether also if anything is heard of it before."""

    at: int
    listening: bool


_UNTIL_HEARD = _Verdict(FOREVER, listening=True)
_UNTIL_LOST = _Verdict(FOREVER, listening=False)


class Watch:
    """Who is looked at when. ``pressing`` are the units whose episode has changed of late."""

    def __init__(self, surveyor: Surveyor) -> None:
        self.pressing: set[str] = set()
        self._surveyor = surveyor
        self._due: list[tuple[int, str]] = []
        self._armed: dict[str, _Armed] = {}

    def arm(self, radio_id: str, at: int) -> None:
        """Look at a unit at ``at``, whatever was intended before."""
        self._arm(radio_id, _Armed(at))

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
            armed = self._armed.get(unit.radio_id)
            if armed is None or not armed.still_holds(unit):
                self.arm(unit.radio_id, 0)
        while self._due and self._due[0][0] <= now.time:  # 3
            at, radio_id = heappop(self._due)
            armed = self._armed.get(radio_id)
            if armed is not None and armed.at == at:
                unit = tracks[radio_id].unit
                next_at, listening = look.judge(unit)
                next_at = max(next_at, now.time + 1)
                self._arm(radio_id, _Armed(next_at, unit.source, unit.status, listening))
        for signal in look.signals:
            if signal.radio_id is not None:
                tracks[signal.radio_id].saved = -1
                self.pressing.add(signal.radio_id)
        look.signals.sort(key=lambda signal: signal.radio_id or "")
        return look.signals

    def _arm(self, radio_id: str, armed: _Armed) -> None:
        self._armed[radio_id] = armed
        if armed.at < FOREVER:
            heappush(self._due, (armed.at, radio_id))


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

    def judge(self, unit: Unit) -> _Verdict:
        """Judge a unit; when it has to be judged next."""
        rota = self._surveyor.rota(unit.radio_id)
        at, listening = self._judge(unit, rota)
        changes_at = self._surveyor.patience_until(unit.radio_id, unit.source, self._time)
        return _Verdict(min(at, changes_at, rota.next_edge(self._time)), listening)

    def _judge(self, unit: Unit, rota: Rota) -> _Verdict:
        time = self._time
        since = expected_since(unit, rota, time)
        if since is None:
            if unit.episode is not None:
                self._end(unit, unit.episode)
            return _UNTIL_HEARD
        if unit.episode is not None and unit.episode.type == "lost":
            return _UNTIL_HEARD
        patience = self._surveyor.patience(unit.radio_id, unit.source, time)
        urgent = unit.status == explaining.EMERGENCY
        if not urgent:
            since = max(since, self._outages.over_since(unit.source))
        lost_at = max(unit.as_of, since) + patience.silence
        if time < lost_at:
            at, listening = self._judge_position(unit, since, patience)
            return _Verdict(min(lost_at, at), listening)
        if not urgent and self._outages.holds(unit.source, patience, time):
            return _Verdict(time + 1, listening=False)
        if unit.episode is not None:
            self._end(unit, unit.episode)
        why = None if urgent else explaining.why_not_heard(unit) or self._blackspot(unit)
        self._declare(unit, "lost", why, unit.as_of)
        return _UNTIL_HEARD

    def _judge_position(self, unit: Unit, since: int, patience: Patience) -> _Verdict:
        """Judge where a unit that is heard is; when that has to be judged next."""
        if unit.fix is None or unit.as_of <= unit.fixed_as_of or unit.episode is not None:
            return _UNTIL_LOST
        if explaining.why_not_heard(unit) is not None:
            return _UNTIL_HEARD  # about to be lost, as it said
        blind_at = max(unit.fixed_as_of, since) + patience.silence
        if self._time < blind_at:
            return _Verdict(blind_at, listening=False)
        if self._time - unit.as_of >= patience.suspicion:
            return _UNTIL_HEARD  # about to be lost, rather
        if self._outages.sources.is_blind(unit.source) or unit.source in self._blind_now():
            return _Verdict(self._time + 1, listening=False)
        type_: Type = "frozen" if unit.unfit == "frozen" else "no_position"
        why = explaining.why_no_position(unit) or self._blackspot(unit)
        self._declare(unit, type_, why, unit.fixed_as_of)
        return _UNTIL_LOST

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
