"""A radio: when it reports, what it says, and when nothing is heard of it.

Refresh intervals differ from model to model. A radio indoors is heard but has no position; below
an underpass, out of coverage or with a flat battery it is not heard at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from services.simulator.gpsnoise import GpsNoise
from services.simulator.officer import Officer
from services.simulator.streets import Point
from services.simulator.town import Town, geographic

Ping = dict[str, Any]
"""One ping as ``POST /v1/pings`` takes it."""


@dataclass(frozen=True, slots=True)
class Model:
    """A make of radio: how often it reports and how good its GPS is."""

    name: str
    interval_s: int
    sigma_m: float


MODELS = (
    Model("Fenwick 500", interval_s=5, sigma_m=3.0),
    Model("Fenwick 400", interval_s=10, sigma_m=5.0),
    Model("Harrier 2", interval_s=20, sigma_m=8.0),
)
_CANYON_BLUR = 4.0
_BATTERY_HOURS = 10.0
_BATTERY_SWAP_S = 420


@dataclass(frozen=True, slots=True)
class Spell:
    """Something that befalls a radio now and then: once in ``every_s``, for ``lasts_s``."""

    every_s: float
    lasts_s: tuple[float, float]

    def ends(self, now: int, seconds: float, rng: np.random.Generator) -> int:
        """When the spell that begins now will end; ``now`` where none begins. Milliseconds.

        ``seconds`` have passed since it was last asked.
        """
        if rng.random() >= seconds / self.every_s:
            return now
        return now + round(1000 * rng.uniform(*self.lasts_s))


_INDOORS = Spell(every_s=2400, lasts_s=(40, 180))
_NO_COVERAGE = Spell(every_s=14_400, lasts_s=(120, 400))


def radio_id_of(number: int) -> str:
    """The id of the radio of that number."""
    return f"80{number + 1:04}"


def call_sign_of(number: int) -> str:
    """Who answers to it."""
    return f"FB{number + 21}"


class Radio:
    """One radio, carried by one officer."""

    def __init__(self, town: Town, number: int, start: int, rng: np.random.Generator) -> None:
        self.model = MODELS[number % len(MODELS)]
        self.radio_id = radio_id_of(number)
        self.call_sign = call_sign_of(number)
        self._town = town
        self._rng = rng
        self._noise = GpsNoise(self.model.sigma_m, rng)
        self._heard = start
        self._due = start + int(rng.integers(1000 * self.model.interval_s))
        self._befallen = start
        self._battery_pct = rng.uniform(30, 100)
        self._indoors_until = start
        self._silent_until = start

    def report(self, now: int, officer: Officer) -> Ping | None:
        """What is heard of the radio at this moment, if anything. ``now`` in milliseconds.

        Who asks less often than it reports hears a part of its reports.
        """
        if now < self._due:
            return None
        interval_ms = 1000 * self.model.interval_s
        self._due += interval_ms * (1 + (now - self._due) // interval_ms)
        self._befall(now)
        if now < self._silent_until or officer.stretch in self._town.underpass:
            return None
        ping: Ping = {
            "radio_id": self.radio_id,
            "message_id": f"{self.radio_id}-{now}",
            "battery_pct": round(self._battery_pct),
        }
        if now < self._indoors_until:
            return ping | {"kind": "radio", "sent_at": now, "reason": "no_fix"}
        return ping | self._fix(now, officer)

    def _befall(self, now: int) -> None:
        seconds = (now - self._befallen) / 1000
        self._befallen = now
        self._battery_pct -= 100 * seconds / 3600 / _BATTERY_HOURS
        if self._battery_pct <= 0:
            self._battery_pct = 100.0
            self._silent_until = now + 1000 * _BATTERY_SWAP_S
        if now >= self._silent_until:
            self._silent_until = _NO_COVERAGE.ends(now, seconds, self._rng)
        if now >= self._indoors_until:
            self._indoors_until = _INDOORS.ends(now, seconds, self._rng)

    def _fix(self, now: int, officer: Officer) -> Ping:
        blur = _CANYON_BLUR if officer.stretch in self._town.canyons else 1.0
        east, north = self._noise.error_m((now - self._heard) / 1000, blur)
        self._heard = now
        lat, lon = geographic(Point(officer.place.x + east, officer.place.y + north))
        return {
            "kind": "gps",
            "lat": lat,
            "lon": lon,
            "fix_time": now,
            "accuracy_m": self._noise.accuracy_m(blur),
            "speed_mps": officer.speed_mps,
            "heading_deg": round(officer.heading_deg) % 360,
        }
