"""The sources' outages.

- **A source that fell silent**, of at least ``LEAST_RADIOS`` radios: its gateway, not its officers.
- **A source that is blind**: most of its radios' positions are set aside for one reason.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec
from msgspec.structs import replace

from services.contracts.derived import Signal
from services.contracts.telemetry import Tick
from services.geofence.silence.episode import Now, episode_id
from services.geofence.silence.patience import Patience, PatienceOf

PAUSES = 4
LEAST_PAUSE_MS = 15_000
"""A source is suspected after four of its longest pauses lately, and not before this."""
LEAST_RADIOS = 3
"""With fewer, a radio's silence and its source's are the same thing."""
MINUTE_MS = 60_000


class Source(msgspec.Struct):
    """What is known of a source.

    ``heard_at`` is when it was last heard, by ingest's clock, ``seen`` the engine's time when that
    was last news, ``radios`` for how many radios it was heard then, and ``resumed_at`` when it came
    back from its last outage. ``blind`` is the episode of its blindness while that lasts.
    """

    heard_at: int
    seen: int
    radios: int
    resumed_at: int = 0
    pause: int = 0
    declared_at: int | None = None
    blind: Signal | None = None

    def suspicion(self, patience: Patience) -> int:
        """After how long its silence is no chance, by how long it paused lately."""
        if not self.pause:
            return patience.suspicion
        return min(patience.suspicion, max(PAUSES * self.pause, LEAST_PAUSE_MS))

    def hear(self, heard_at: int, time: int, patience: Patience) -> None:
        """Take in news; its longest pause is forgotten bit by bit."""
        lately = self.pause - self.pause // 16
        self.pause = max(lately, min(time - self.seen, patience.suspicion // PAUSES))
        self.heard_at, self.seen = heard_at, time


class Sources(msgspec.Struct):
    """All sources that ticks have named."""

    known: dict[str, Source] = {}

    def tick(self, tick: Tick, now: Now, patience_of: PatienceOf) -> list[Signal]:
        """Take in a tick: who is back."""
        signals = []
        for name, heard_at in tick.sources.items():
            source = self.known.get(name)
            if source is None:
                self.known[name] = Source(heard_at, now.time, tick.radios.get(name, 0))
                continue
            if heard_at <= source.heard_at:
                continue
            if source.declared_at is not None:
                signals.append(_silent(name, source, source.declared_at, now, over=True))
                source.declared_at, source.resumed_at = None, now.time
            elif now.time - source.seen >= source.suspicion(patience_of(name)):
                source.resumed_at = now.time
            source.hear(heard_at, now.time, patience_of(name))
            source.radios = tick.radios.get(name, source.radios)
        return signals

    def look(
        self, now: Now, patience_of: PatienceOf, counts: Callable[[str], bool]
    ) -> list[Signal]:
        """Who has fallen silent, of those that count."""
        signals = []
        for name, source in sorted(self.known.items()):
            if (
                source.declared_at is None
                and source.radios >= LEAST_RADIOS
                and now.time - source.seen >= patience_of(name).silence
                and counts(name)
            ):
                source.declared_at = now.time
                signals.append(_silent(name, source, now.time, now))
        return signals

    def see_blind(self, blind: Mapping[str, str], now: Now) -> list[Signal]:
        """Take in which sources are blind, and why: what began and what is over."""
        signals = []
        for name, source in sorted(self.known.items()):
            reason, going_on = blind.get(name), source.blind
            if going_on is not None and going_on.reason != reason:
                source.blind, source.resumed_at = None, now.time
                signals.append(replace(going_on, revision=now.offset, ended_at=now.time))
            if reason is not None and source.blind is None:
                source.blind = _blind(name, reason, now)
                signals.append(source.blind)
        return signals

    def open_signals(self, now: Now) -> list[Signal]:
        """The sources that are silent or blind."""
        signals = []
        for name, source in sorted(self.known.items()):
            if source.declared_at is not None:
                signals.append(_silent(name, source, source.declared_at, now))
            if source.blind is not None:
                signals.append(replace(source.blind, revision=now.offset))
        return signals

    def pardon(self, over_since: Callable[[str], int], now: Now) -> None:
        """Count those as heard now that could not be until now, since we were out ourselves."""
        for name, source in self.known.items():
            if over_since(name) == now.time:
                source.seen = now.time

    def over_since(self, source: str) -> int:
        """When a source came back from its last outage."""
        known = self.known.get(source)
        return known.resumed_at if known else 0

    def is_suspected(self, source: str, patience: Patience, time: int) -> bool:
        """Whether a source has been silent for longer than chance explains."""
        known = self.known.get(source)
        if known is None or known.radios < LEAST_RADIOS:
            return False
        return known.declared_at is not None or time - known.seen >= known.suspicion(patience)

    def are_suspected(self, patience_of: PatienceOf, time: int) -> bool:
        """Whether that is so of all that there are."""
        large = [name for name, known in self.known.items() if known.radios >= LEAST_RADIOS]
        return bool(large) and all(
            self.is_suspected(name, patience_of(name), time) for name in large
        )

    def is_blind(self, source: str) -> bool:
        """Whether most of a source's positions are set aside for one reason."""
        known = self.known.get(source)
        return known is not None and known.blind is not None


def _silent(name: str, source: Source, declared_at: int, now: Now, *, over: bool = False) -> Signal:
    return Signal(
        episode_id=episode_id("source", name, source.heard_at),
        type="lost",
        cause="source",
        declared_at=declared_at,
        revision=now.offset,
        source=name,
        last_heard_at=source.heard_at,
        ended_at=now.time if over else None,
    )


def _blind(name: str, reason: str, now: Now) -> Signal:
    return Signal(
        episode_id=episode_id("blind", name, reason, now.time // MINUTE_MS),
        type="frozen" if reason == "frozen" else "no_position",
        cause="source",
        declared_at=now.time,
        revision=now.offset,
        source=name,
        reason=reason,
    )
