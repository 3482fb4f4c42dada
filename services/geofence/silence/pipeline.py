"""Our own outages.

- **A gap**: no ticks at all. Nothing was heard because nothing came through.
- **An instance that fell silent** without a farewell while others tick: what was posted to it may
  be lost. It is waited for, then counts as gone.
"""

from __future__ import annotations

import msgspec

from services.contracts.derived import Signal
from services.contracts.telemetry import Tick
from services.geofence.silence.episode import Now, episode_id

GAP_MS = 10_000
"""Ticks come each second, and a broker takes some seconds to hand over to another."""
GONE_MS = 600_000
"""An instance that was killed and came back under another name is not waited for any longer."""


class Instance(msgspec.Struct):
    """An ingest: ``at`` is of its last tick by its own clock, ``seen`` the engine's time there."""

    at: int
    seen: int
    sources: list[str]
    declared_at: int | None = None


class Pipeline(msgspec.Struct):
    """The instances that tick.

    ``seen`` is the engine's time at the last tick and ``newest`` when an instance made it, which is
    the same in every partition. ``resumed_at`` is since when ticks have come without a gap, and
    ``back`` when an instance that a source was heard by was last waited for.
    """

    seen: int = 0
    newest: int = 0
    resumed_at: int = 0
    back: dict[str, int] = {}
    instances: dict[str, Instance] = {}

    def tick(self, tick: Tick, now: Now) -> list[Signal]:
        """Take in a tick: what is over."""
        signals: list[Signal] = []
        if self.seen and now.time - self.seen > GAP_MS:
            signals.append(self._gap(now))
        if not self.seen or signals:
            self.resumed_at = now.time
            for each in self.instances.values():
                each.seen = now.time
        self.seen, self.newest = now.time, max(tick.at, self.newest)
        before = self.instances.pop(tick.instance, None)
        if not tick.farewell:
            self.instances[tick.instance] = Instance(tick.at, now.time, sorted(tick.sources))
        if before is not None and before.declared_at is not None:
            self._wait_no_more(before, now)
            signals.append(_hanging(tick.instance, before, before.declared_at, now, over=True))
        return signals

    def look(self, now: Now) -> list[Signal]:
        """The instances that have fallen silent, and those that are waited for no longer."""
        signals = []
        for name, instance in sorted(self.instances.items()):
            silent_ms = now.time - instance.seen
            if instance.declared_at is None and silent_ms > GAP_MS:
                instance.declared_at = now.time
                signals.append(_hanging(name, instance, now.time, now))
            elif instance.declared_at is not None and silent_ms > GONE_MS:
                del self.instances[name]
                self._wait_no_more(instance, now)
                signals.append(_hanging(name, instance, instance.declared_at, now, over=True))
        return signals

    def hangs(self, source: str) -> bool:
        """Whether an instance is waited for that this source was heard by."""
        return any(
            each.declared_at is not None and source in each.sources
            for each in self.instances.values()
        )

    @property
    def hangs_anywhere(self) -> bool:
        """Whether any instance is waited for."""
        return any(each.declared_at is not None for each in self.instances.values())

    def over_since(self, source: str) -> int:
        """When the last outage of ours was over that concerned a source."""
        return max(self.resumed_at, self.back.get(source, 0))

    def open_signals(self, now: Now) -> list[Signal]:
        """The instances that are waited for."""
        return [
            _hanging(name, each, each.declared_at, now)
            for name, each in sorted(self.instances.items())
            if each.declared_at is not None
        ]

    def _wait_no_more(self, instance: Instance, now: Now) -> None:
        self.back |= dict.fromkeys(instance.sources, now.time)

    def _gap(self, now: Now) -> Signal:
        return Signal(
            episode_id=episode_id("gap", self.newest),
            type="lost",
            cause="pipeline",
            declared_at=now.time,
            revision=now.offset,
            reason="nothing came through",
            last_heard_at=self.seen,
            ended_at=now.time,
        )


def _hanging(
    name: str, instance: Instance, declared_at: int, now: Now, *, over: bool = False
) -> Signal:
    return Signal(
        episode_id=episode_id("instance", name, instance.at),
        type="lost",
        cause="pipeline",
        declared_at=declared_at,
        revision=now.offset,
        reason="it fell silent without a farewell",
        instance=name,
        last_heard_at=instance.seen,
        ended_at=now.time if over else None,
    )
