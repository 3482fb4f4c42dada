"""A world's force: its radios, through which gateway each reports, and where its officer works."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from tests.truth.signals.worlds import SourceOf, Span, World

MASTS_APART_M = 2_500.0
MASTS_A_ROW = 3
HOME_M = 500.0
"""How far from a mast an officer's beat has its middle, at most."""


class Unit(NamedTuple):
    """One radio. Its beat's middle is in metres east and north of the town's; ``mast`` a number."""

    radio_id: str
    source: SourceOf
    mast: int
    east_m: float
    north_m: float


def force_of(world: World) -> list[Unit]:
    """Every unit of a world; a source's follow each other."""
    rng = np.random.default_rng([world.seed, 1])
    shares = np.cumsum([source.share for source in world.sources])
    units = []
    for number in range(world.units):
        source = world.sources[int(np.searchsorted(shares, (number + 0.5) / world.units))]
        mast = int(rng.integers(world.masts))
        east_m, north_m = mast_place(mast)
        units.append(
            Unit(
                radio_id=f"r-{number:03}",
                source=source,
                mast=mast,
                east_m=east_m + float(rng.uniform(-HOME_M, HOME_M)),
                north_m=north_m + float(rng.uniform(-HOME_M, HOME_M)),
            )
        )
    return units


def mast_place(mast: int) -> tuple[float, float]:
    """Where a mast stands: metres east and north of the town's middle."""
    row, place = divmod(mast, MASTS_A_ROW)
    return place * MASTS_APART_M, row * MASTS_APART_M


def mast_outages(world: World, unit: Unit) -> list[Span]:
    """When the mast that serves a unit is out."""
    return [
        span
        for down in world.outages
        if down.kind == "mast" and unit.mast in down.masts
        for span in down.spans()
    ]
