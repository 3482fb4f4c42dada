"""What is our own fault or a source's: told by the ticks, and known alike in every partition."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from services.contracts.derived import Signal
from services.contracts.telemetry import Tick
from services.geofence.silence.episode import Now
from services.geofence.silence.patience import Patience, PatienceOf
from services.geofence.silence.pipeline import Pipeline
from services.geofence.silence.sources import Sources


class Outages(msgspec.Struct):
    """Those of the pipeline, which come first, and those of the sources.

    After each there is grace from when it is over: whoever is not heard an interval later is
    missed.
    """

    pipeline: Pipeline = msgspec.field(default_factory=Pipeline)
    sources: Sources = msgspec.field(default_factory=Sources)

    def tick(self, tick: Tick, now: Now, patience_of: PatienceOf) -> list[Signal]:
        """Take in a tick: what is over or was missed."""
        signals = self.pipeline.tick(tick, now)
        if self.pipeline.resumed_at == now.time:
            self.sources.pardon(now)
        return signals + self.sources.tick(tick, now, patience_of)

    def look(
        self, now: Now, patience_of: PatienceOf, expected: Callable[[str], bool]
    ) -> list[Signal]:
        """What has fallen silent by now. ``expected`` says whether anybody expects a source."""
        signals = self.pipeline.look(now)

        def counts(source: str) -> bool:
            return not self.pipeline.hangs(source) and expected(source)

        return signals + self.sources.look(now, patience_of, counts)

    def open_signals(self, now: Now) -> list[Signal]:
        """Those that go on, as they would be told now."""
        return self.pipeline.open_signals(now) + self.sources.open_signals(now)

    def grace_from(self, source: str) -> int:
        """When the last outage was over that concerned a source."""
        return max(self.pipeline.resumed_at, self.sources.resumed_at(source))

    def holds(self, source: str, patience: Patience, time: int) -> bool:
        """Whether the silence of a source's radio may be its source's or ours."""
        return self.pipeline.hangs(source) or self.sources.is_suspected(source, patience, time)
