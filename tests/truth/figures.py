"""A cell's figures: every day of the worlds through one GPS, each way of counting held to truth."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from tests.truth import rivals
from tests.truth.gps import track_of
from tests.truth.minutes import Bounds, minutes_of
from tests.truth.officer import Path, path_of
from tests.truth.shapes import Floats, Shape
from tests.truth.worlds import Cell, Faults, World, Worlds


class Day(NamedTuple):
    """A world's true day, ``seconds`` long, of which ``inside_s`` were spent in the hot spot."""

    world: World
    path: Path
    seconds: int
    inside_s: float


class Said(NamedTuple):
    """What each way of counting says of one day, in seconds, beside the truth."""

    truth: float
    own: Bounds
    counted: float
    straight: float
    fenced: float


class Figures(NamedTuple):
    """A row of the table. Biases are shares of the true time over all days.

    ``minutes`` is the true time of the mean day, ``bias`` that of the estimate, ``low`` and
    ``high`` those of its bounds. ``rms`` is the root of the mean square of a day's error, as a
    share of the mean day's true time, and ``held`` the share of days whose truth lies between
    their bounds.
    """

    minutes: float
    bias: float
    low: float
    high: float
    held: float
    rms: float
    counted: float
    straight: float
    fenced: float


def days_of(worlds: Worlds) -> list[Day]:
    """Every world's true day."""
    return [day_of(worlds, world) for world in worlds.days()]


def day_of(worlds: Worlds, world: World) -> Day:
    """One world's true day."""
    path = path_of(world, worlds.doings, worlds.seconds)
    return Day(world, path, worlds.seconds, true_seconds(world.shape, path))


def true_seconds(shape: Shape, path: Path) -> float:
    """How long an officer truly was inside: a second counts by where they are when it begins."""
    return float(shape.holds(path.east_m[:-1], path.north_m[:-1]).sum())


def say(day: Day, cell: Cell, faults: Faults) -> Said:
    """One day seen through a cell's GPS; its errors come from the world and the cell alone."""
    world = day.world
    shape, refresh_s = world.shape, cell.refresh_s
    rng = np.random.default_rng([*world.stream, *(round(part) for part in cell)])
    track = track_of(day.path, cell, faults, rng)
    return Said(
        truth=day.inside_s,
        own=minutes_of(shape, track, refresh_s, day.seconds),
        counted=rivals.counted(shape, track, refresh_s),
        straight=rivals.straight(shape, track),
        fenced=rivals.fenced(shape, track, refresh_s),
    )


def figures(said: Sequence[Said]) -> Figures:
    """A row from what was said of each day."""
    truth = np.array([day.truth for day in said])
    low, estimate, high = np.array([day.own for day in said]).T
    return Figures(
        minutes=float(truth.mean() / 60),
        bias=_bias(estimate, truth),
        low=_bias(low, truth),
        high=_bias(high, truth),
        held=float(np.mean((low <= truth) & (truth <= high))),
        rms=float(np.sqrt(np.mean((estimate - truth) ** 2)) / truth.mean()),
        counted=_bias(np.array([day.counted for day in said]), truth),
        straight=_bias(np.array([day.straight for day in said]), truth),
        fenced=_bias(np.array([day.fenced for day in said]), truth),
    )


def _bias(said: Floats, truth: Floats) -> float:
    return float(said.sum() / truth.sum() - 1)
