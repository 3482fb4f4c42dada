"""What is promised of each cell, and whether it is kept."""

from __future__ import annotations

from typing import NamedTuple

from tests.truth.figures import Figures
from tests.truth.worlds import Cell

HELD = 0.9


class Promise(NamedTuple):
    """Of a cell: the bias at most, either way, and the days to be held at least; None: nothing."""

    bias: float | None
    held: float | None

    def broken(self, figures: Figures) -> list[str]:
        """Which parts are not kept, by the names of the figures."""
        parts = []
        if self.bias is not None and abs(figures.bias) > self.bias:
            parts.append("bias")
        if self.held is not None and figures.held < self.held:
            parts.append("held")
        return parts


def promise_of(cell: Cell) -> Promise:
    """The promise for a cell.

    - the bias: 5 % up to a fix a minute where the error changes within a minute, 10 % where it
      drifts; 10 % at a fix in five minutes for errors up to 20 m; nothing in a canyon, whose push
      no radio knows of;
    - the interval: it holds 9 days of 10, up to a fix in five minutes.
    """
    bias = None
    if not cell.bias_m and cell.refresh_s <= 60 and cell.sigma_m <= 50:
        bias = 0.05 if cell.drift_s <= 60 else 0.10
    elif not cell.bias_m and cell.refresh_s <= 300 and cell.sigma_m <= 20:
        bias = 0.10
    return Promise(bias, HELD if cell.refresh_s <= 300 else None)


def verdict(cell: Cell, figures: Figures) -> str:
    """What is promised, and whether it is kept; a dash where nothing is."""
    promise = promise_of(cell)
    broken = promise.broken(figures)
    said = []
    if promise.bias is not None:
        said.append(f"±{promise.bias:.0%} {'not kept' if 'bias' in broken else 'kept'}")
    if promise.held is not None:
        said.append(f"{promise.held:.0%} of days {'not kept' if 'held' in broken else 'kept'}")
    return ", ".join(said) or "-"
