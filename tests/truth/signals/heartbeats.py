"""The ticks of a world: of each ingest instance that is there, each second."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from services.contracts.telemetry import Tick
from tests.support.square import NOON
from tests.truth.signals.force import Unit
from tests.truth.signals.instances import Instances, Life
from tests.truth.signals.pings import Pings
from tests.truth.signals.places import Ints
from tests.truth.signals.worlds import MINUTE_MS, Span, World

SECOND_MS = 1_000
APART_MS = 137
"""Between two instances' ticks."""
LATELY_MS = 15 * MINUTE_MS


class Heartbeats:
    """What each instance says of the sources it heard. ``reference_offset`` is the same all day."""

    def __init__(
        self, world: World, force: list[Unit], pings: Pings, reference_offset: int
    ) -> None:
        self._names = [source.name for source in world.sources]
        self._reference_offset = reference_offset
        source = np.array([self._names.index(unit.source.name) for unit in force])[pings.unit]
        instances = Instances(world)
        self._hearing: list[_Hearing] = []
        for number, lives in enumerate(instances.lives):
            own = pings.instance == number
            self._hearing += [
                _Hearing(pings.where(own), source[own], life, instances.hung[number], number)
                for life in lives
            ]

    def within(self, minute: Span) -> Iterator[tuple[int, Tick]]:
        """The ticks of a minute, and when each comes into the log."""
        for hearing in self._hearing:
            at = hearing.beats(minute)
            if not at:
                continue
            radios = dict(zip(self._names, hearing.radios(at[0], len(self._names)), strict=True))
            heard = [hearing.heard(source, at) for source in range(len(self._names))]
            for time, *last in zip(at, *heard, strict=True):
                sources = {
                    name: NOON + when
                    for name, when in zip(self._names, last, strict=True)
                    if when >= 0
                }
                yield (
                    time,
                    Tick(
                        instance=hearing.life.name,
                        at=NOON + time,
                        reference_offset=self._reference_offset,
                        sources=sources,
                        radios={name: radios[name] for name in sources},
                        farewell=hearing.life.farewell and time == hearing.life.span.until,
                    ),
                )


class _Hearing:
    """What one life of an instance hears."""

    def __init__(
        self, pings: Pings, source: Ints, life: Life, hung: list[Span], number: int
    ) -> None:
        lived = (life.span.since <= pings.at) & (pings.at < life.span.until)
        self.life = life
        self._at, self._unit = pings.at[lived], pings.unit[lived]
        self._source = source[lived]
        self._hung = hung
        self._phase = number * APART_MS

    def beats(self, minute: Span) -> list[int]:
        """When it ticks; a farewell is its last."""
        since, until = self.life.span
        beats = [
            at
            for at in range(minute.since + self._phase, minute.until, SECOND_MS)
            if since <= at < until and not any(span.since <= at < span.until for span in self._hung)
        ]
        if self.life.farewell and minute.since <= until < minute.until:
            beats.append(until)
        return beats

    def heard(self, source: int, at: list[int]) -> list[int]:
        """When it had last heard a source; -1 for never."""
        own = self._at[self._source == source]
        return np.concatenate([[-1], own])[np.searchsorted(own, at)].tolist()  # type: ignore[no-any-return]

    def radios(self, at: int, sources: int) -> list[int]:
        """For how many radios it heard each source lately."""
        since, until = np.searchsorted(self._at, [at - LATELY_MS, at])
        own = np.unique(np.stack([self._source[since:until], self._unit[since:until]]), axis=1)
        return np.bincount(own[0], minlength=sources).tolist()  # type: ignore[no-any-return]
