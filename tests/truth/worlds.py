"""The worlds as ``worlds.toml`` fixes them: which days are simulated, and through which GPS."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Self
from zlib import crc32

import msgspec

from tests.truth.shapes import Shape, shape_of

WORLDS = Path(__file__).with_name("worlds.toml")
PASSING_REFRESH_S, PASSING_DRIFT_S = (15, 60), 30


class Cell(NamedTuple):
    """One row of the table: how often a radio reports, and how wrong its GPS is.

    ``sigma_m`` is the standard deviation in each direction, ``drift_s`` the time constant of the
    error (0: every fix has its own), ``bias_m`` how far it is pushed one way besides.
    """

    refresh_s: int
    sigma_m: float
    drift_s: float
    bias_m: float = 0.0


class World(NamedTuple):
    """One officer's day: a seed, the hot spot patrolled, and the speed on the move."""

    seed: int
    shape: Shape
    speed_mps: float

    @property
    def stream(self) -> list[int]:
        """What its random numbers are seeded with; another for each shape."""
        return [self.seed, crc32(self.shape.name.encode())]


class Faults(msgspec.Struct, frozen=True):
    """What goes wrong with single fixes: the shares of those missing and of those vague."""

    missing: float
    vague: float
    vague_accuracy_m: float


class Canyon(msgspec.Struct, frozen=True):
    """A street canyon: an error that is also pushed one way."""

    sigma_m: float
    drift_s: float
    bias_m: float


class Worlds(msgspec.Struct, frozen=True):
    """The file."""

    seeds: list[int]
    hours: int
    refresh_s: list[int]
    sigma_m: list[float]
    drift_s: list[float]
    canyon: Canyon
    faults: Faults
    shapes: list[dict[str, Any]]
    doings: dict[str, float]
    speeds_mps: dict[str, float]

    @classmethod
    def read(cls) -> Self:
        """The file as it stands. Raises msgspec.ValidationError where it says anything else."""
        return msgspec.convert(tomllib.loads(WORLDS.read_text()), cls)

    @property
    def seconds(self) -> int:
        """How long a day is."""
        return self.hours * 3600

    def cells(self) -> list[Cell]:
        """Every row of the table, the canyon's after the others of its refresh rate."""
        canyon = self.canyon
        return [
            cell
            for refresh_s in self.refresh_s
            for cell in [
                *(
                    Cell(refresh_s, sigma_m, drift_s)
                    for sigma_m in self.sigma_m
                    for drift_s in self.drift_s
                ),
                Cell(refresh_s, canyon.sigma_m, canyon.drift_s, canyon.bias_m),
            ]
        ]

    def passing(self) -> Self:
        """The same worlds with officers who never patrol: all their minutes inside are passing."""
        doings = {kind: share for kind, share in self.doings.items() if kind != "patrol"}
        whole = sum(doings.values())
        doings = {kind: share / whole for kind, share in doings.items()}
        return msgspec.structs.replace(self, doings=doings)

    def passing_cells(self) -> list[Cell]:
        """What those are seen through: the usual refresh rates, and errors as in a town."""
        return [
            cell
            for cell in self.cells()
            if cell.refresh_s in PASSING_REFRESH_S
            and cell.drift_s == PASSING_DRIFT_S
            and not cell.bias_m
        ]

    def days(self) -> Iterator[World]:
        """Every seed in every shape, so that no shape stands for one way of moving."""
        shapes = [shape_of(drawn["name"], drawn["rings"]) for drawn in self.shapes]
        speeds = list(self.speeds_mps.values())
        for place, seed in enumerate(self.seeds):
            for shape in shapes:
                yield World(seed, shape, _turn(speeds, place))


def _turn(speeds: Sequence[float], place: int) -> float:
    return speeds[place % len(speeds)]
