"""All that a partition knows of silence, and what of it is told at a tick."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from services.contracts.derived import Signal
from services.contracts.telemetry import Tick
from services.contracts.topics import SIGNALS
from services.geofence.emission import Output
from services.geofence.silence.awaiting import Awaiting, Owns
from services.geofence.silence.blindness import blind_sources
from services.geofence.silence.episode import Now, signal_of
from services.geofence.silence.expecting import expected_since
from services.geofence.silence.outages import Awaited, Outages
from services.geofence.silence.patience import Patience
from services.geofence.silence.watch import Watch
from services.geofence.survey import Edit, Surveyor
from services.geofence.tracks import Track
from services.geofence.unit import Unit

_PIPELINE = "pipeline"
"""The key of what is nobody's in particular."""


class Listening:
    """``outages`` is the state that is not a unit's; ``watch`` knows when to look at which unit.

    What is told hangs on all units together, which a restore does not have as they were: so while
    one replays, nothing is heard (``deaf``), and what is known comes with the checkpoint and with
    the units, each of which is written with the very commit that tells of it (``pressing``).
    """

    def __init__(self, surveyor: Surveyor, owns: Owns) -> None:
        self.deaf = False
        self.outages = Outages()
        self.watch = Watch(surveyor)
        self.awaiting = Awaiting(surveyor, owns)
        self._surveyor = surveyor
        self._patience: dict[str, Patience] = {}

    def tick(self, tick: Tick, now: Now) -> list[Output]:
        """What a tick says of us and of the sources."""
        if self.deaf:
            return []
        self._patience.clear()
        return told_signals(self.outages.tick(tick, now, self._patience_at(now.time)))

    def second(self, tracks: Mapping[str, Track], heard: Sequence[Unit], now: Now) -> list[Output]:
        """At the first tick of a second: who and what is missed, who is back."""
        if self.deaf:
            return []

        def expected(source: str) -> bool:
            return any(
                track.unit.source == source
                and expected_since(track.unit, self._surveyor.rota(radio_id), now.time) is not None
                for radio_id, track in tracks.items()
            )

        def blind_now() -> Mapping[str, str]:
            return self._blind(tracks, now)

        outages = self.outages.look(now, self._patience_at(now.time), expected)
        units = self.watch.look(tracks, heard, self.outages, blind_now, now)
        names = [unit.radio_id for unit in heard]
        awaited = self.awaiting.look(tracks, names, self.outages, self._patience_at(now.time), now)
        return told_signals([*outages, *units, *awaited])

    def minute(self, tracks: Mapping[str, Track], now: Now) -> list[Output]:
        """At the first tick of a minute: which sources are blind."""
        if self.deaf:
            return []
        return told_signals(self.outages.sources.see_blind(self._blind(tracks, now), now))

    def learn(self, edits: Iterable[Edit]) -> None:
        """Look at everybody anew: what is expected of them has changed."""
        self.watch.arm_all()
        self.awaiting.arm(self.outages.awaited)
        for edit in edits:
            self.awaiting.arm(edit.radios)

    def forget(self, unit: Unit, now: Now) -> list[Output]:
        """Listen to a unit no more; who is lost on duty is awaited, else its episode is over."""
        self.watch.forget(unit.radio_id)
        self.awaiting.arm([unit.radio_id])
        if unit.episode is None or self.deaf:
            return []
        ends = self._surveyor.rota(unit.radio_id).on_duty_until(now.time)
        if ends is not None and unit.episode.type == "lost":
            self.outages.awaited[unit.radio_id] = Awaited(now.time, unit.episode)
            return []
        return told_signals([signal_of(unit.radio_id, unit.episode, now, over=True)])

    def begin(self, outages: Outages, radio_ids: Iterable[str]) -> None:
        """Hear again, after a restore."""
        self.deaf, self.outages = False, outages
        for radio_id in radio_ids:
            self.watch.arm(radio_id, 0)
        self.awaiting.arm(self._surveyor.on_roster())

    def open_signals(self, tracks: Mapping[str, Track], revision: int) -> list[Signal]:
        """The episodes that go on, as they would be told now."""
        now = Now(0, revision)
        units = [
            signal_of(radio_id, track.unit.episode, now, over=False)
            for radio_id, track in sorted(tracks.items())
            if track.unit.episode is not None
        ]
        return [*self.outages.open_signals(now), *units]

    def _blind(self, tracks: Mapping[str, Track], now: Now) -> dict[str, str]:
        units = (track.unit for track in tracks.values())
        return blind_sources(units, now.time, self._patience_at(now.time))

    def _patience_at(self, time: int) -> _PatienceAt:
        return _PatienceAt(self._surveyor, time, self._patience)


class _PatienceAt:
    """Patience with each source at a time, looked up once a tick."""

    def __init__(self, surveyor: Surveyor, time: int, known: dict[str, Patience]) -> None:
        self._surveyor = surveyor
        self._time = time
        self._known = known

    def __call__(self, source: str) -> Patience:
        found = self._known.get(source)
        if found is None:
            found = self._known[source] = self._surveyor.source_patience(source, self._time)
        return found


def told_signals(signals: Iterable[Signal]) -> list[Output]:
    """Episodes as outputs, each under whom it is about."""
    return [
        Output(
            SIGNALS.name, signal.radio_id or signal.source or signal.instance or _PIPELINE, signal
        )
        for signal in signals
    ]
