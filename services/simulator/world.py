"""The whole town at work: officers walk, their radios report. Pure: time is handed in."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from services.simulator.officer import Officer, mode_of
from services.simulator.radio import Ping, Radio
from services.simulator.shifts import Shift, shift_at
from services.simulator.tasking import tasks_of
from services.simulator.town import build

STEP_MS = 1000
COARSE_MS = 60_000
"""Between two steps of a past that nobody watches: a report a minute is enough for its minutes."""


class Heard(NamedTuple):
    """What was heard, each in the order of time, as the API takes it."""

    pings: list[Ping]
    statuses: list[dict[str, Any]]


class World:
    """The town of a seed, shift after shift since it ``began``, as it is ``now`` (epoch ms)."""

    def __init__(self, seed: int, officers: int, began: int, now: int) -> None:
        self.town = build(seed)
        self._seed = seed
        self._count = officers
        self._began = began
        self.shift = shift_at(now, began)
        self.now = self.shift.since
        self._begin(self.shift)
        self.advance(now, COARSE_MS)

    def advance(self, to: int, step_ms: int = STEP_MS) -> Heard:
        """Everything heard up to ``to``; what is left of less than a step waits for the next call.

        Officers walk the same ways whatever the step, and radios report once in a step at most.
        """
        heard = Heard([], [])
        while (then := self.now + step_ms) <= to:
            then = min(then, self.shift.over)
            self._step(then, heard)
            if then == self.shift.over:
                self.shift = shift_at(then, self._began)
                self._begin(self.shift)
        return heard

    def _begin(self, shift: Shift) -> None:
        """Another relief comes on duty, each officer with the radio of their number."""
        sheets = tasks_of(self._seed, shift.number, (self._count + 1) // 2)
        self.officers: list[Officer] = []
        self.radios: list[Radio] = []
        for number in range(self._count):
            walk, radio = (
                np.random.default_rng([self._seed, 1, shift.number, number, part])
                for part in range(2)
            )
            mode = mode_of(number, self._count)
            self.officers.append(Officer(self.town, mode, sheets[number // 2], walk))
            self.radios.append(Radio(self.town, number, shift.since, radio))

    def _step(self, then: int, heard: Heard) -> None:
        shift, before, self.now = self.shift, self.now, then
        if before >= shift.until:
            return
        then = min(then, shift.until)
        for officer, radio in zip(self.officers, self.radios, strict=True):
            officer.step((then - before) / 1000)
            if ping := radio.report(then, officer):
                heard.pings.append(ping)
            if then == shift.until:
                officer.book_off()
            for said in officer.take_said():
                heard.statuses.append(
                    {
                        "radio_id": radio.radio_id,
                        "status": said.status,
                        "at": shift.since + round(1000 * said.at_s),
                    }
                )
