"""The whole town at work: officers walk, their radios report. Pure: time is handed in."""

from __future__ import annotations

import numpy as np

from services.simulator.officer import CAR, FOOT, Officer
from services.simulator.radio import Ping, Radio
from services.simulator.town import build

_STEP_MS = 1000


class World:
    """Officers of a seed, from ``start`` (epoch milliseconds) on; the last one drives the car."""

    def __init__(self, seed: int, officers: int, start: int) -> None:
        self.town = build(seed)
        self.now = start
        self.officers: list[Officer] = []
        self.radios: list[Radio] = []
        for number in range(officers):
            rng = np.random.default_rng([seed, 1, number])
            mode = CAR if 0 < number == officers - 1 else FOOT
            self.officers.append(Officer(self.town, mode, number, rng))
            self.radios.append(Radio(self.town, number, start, rng))

    def advance(self, to: int) -> list[Ping]:
        """Everything heard up to ``to``, in the order of time."""
        heard = []
        while self.now + _STEP_MS <= to:
            self.now += _STEP_MS
            for officer, radio in zip(self.officers, self.radios, strict=True):
                officer.step(_STEP_MS / 1000)
                if ping := radio.report(self.now, officer):
                    heard.append(ping)
        return heard
