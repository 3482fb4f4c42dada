"""The error of a GPS receiver: a slow part that wanders and a quick part that does not remember.

The slow part is a first-order Gauss-Markov process, the usual model of multipath and atmosphere
(Brown and Hwang, Introduction to Random Signals, 1997): neighbouring fixes are wrong in the same
direction, so averaging them does not help.
"""

from __future__ import annotations

import math

import numpy as np

_CORRELATION_S = 90.0
_RADIUS_68 = math.sqrt(-2 * math.log(1 - 0.68))
"""The circle that holds 68 % of a round two-dimensional normal error, in standard deviations."""


class GpsNoise:
    """One receiver's error. ``sigma_m`` is its standard deviation along each axis."""

    def __init__(self, sigma_m: float, rng: np.random.Generator) -> None:
        self._slow_m = 0.9 * sigma_m
        self._quick_m = math.sqrt(sigma_m**2 - self._slow_m**2)
        self._sigma_m = sigma_m
        self._rng = rng
        self._drift_m = rng.normal(0, self._slow_m), rng.normal(0, self._slow_m)

    def error_m(self, seconds: float, blur: float) -> tuple[float, float]:
        """The error east and north, ``seconds`` after the last one asked for.

        ``blur`` is how many times worse than under an open sky reception is here.
        """
        memory = math.exp(-seconds / _CORRELATION_S)
        fresh_m = math.sqrt(1 - memory**2) * self._slow_m
        a, b, c, d = self._rng.standard_normal(4).tolist()
        east_m, north_m = self._drift_m
        east_m, north_m = memory * east_m + a * fresh_m, memory * north_m + b * fresh_m
        self._drift_m = east_m, north_m
        return blur * (east_m + c * self._quick_m), blur * (north_m + d * self._quick_m)

    def accuracy_m(self, blur: float) -> float:
        """The honest 68 % radius of such an error."""
        return round(_RADIUS_68 * self._sigma_m * blur, 1)
