"""What a radio reports of a true path: fixes late, missing, vague and wrong.

The error in each direction is a Gauss-Markov process, the usual model of GPS error that stays alike
for a while (Brown and Hwang, Introduction to Random Signals and Applied Kalman Filtering,
section 4.7): from one fix to the next it keeps exp(-t / drift) of itself.
"""

from __future__ import annotations

import math
from itertools import accumulate
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tests.truth.officer import Path
from tests.truth.shapes import Floats
from tests.truth.worlds import Cell, Faults

RADIUS_68 = math.sqrt(-2 * math.log(0.32))
"""The radius that holds 68 % of a normal error in two directions, in standard deviations: 1.51."""


class Track(NamedTuple):
    """The fixes of a day in order: when (seconds), where (metres), and the 68 % radius claimed."""

    at_s: NDArray[np.int64]
    east_m: Floats
    north_m: Floats
    accuracy_m: Floats


def track_of(path: Path, cell: Cell, faults: Faults, rng: np.random.Generator) -> Track:
    """What a radio reports that is switched on at 0 s and reports every ``cell.refresh_s``.

    It claims the radius that its error really has. It knows nothing of what pushes it one way.
    """
    at_s = np.arange(0, len(path.east_m), cell.refresh_s)
    keeps = math.exp(-cell.refresh_s / cell.drift_s) if cell.drift_s else 0.0
    errors = cell.sigma_m * gauss_markov(keeps, rng.standard_normal((2, len(at_s))))
    way = rng.uniform(0, 2 * math.pi)
    push = np.array([[math.cos(way)], [math.sin(way)]]) * cell.bias_m
    accuracy_m = np.full(len(at_s), RADIUS_68 * cell.sigma_m)
    vague = rng.random(len(at_s)) < faults.vague
    accuracy_m[vague] = faults.vague_accuracy_m
    lost = faults.vague_accuracy_m / RADIUS_68 * rng.standard_normal((2, len(at_s)))
    off = np.where(vague, lost, errors + push)
    came = rng.random(len(at_s)) >= faults.missing
    return Track(
        at_s=at_s[came],
        east_m=(path.east_m[at_s] + off[0])[came],
        north_m=(path.north_m[at_s] + off[1])[came],
        accuracy_m=accuracy_m[came],
    )


def gauss_markov(keeps: float, normals: Floats) -> Floats:
    """Rows of standard normals to rows of the same spread that keep so much of themselves."""
    fresh = math.sqrt(1 - keeps * keeps)
    return np.array(
        [
            list(accumulate(row[1:], lambda last, new: keeps * last + fresh * new, initial=row[0]))
            for row in normals.tolist()
        ]
    )
