"""The picture of the table: how far each way of counting is from the truth."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from tests.truth.figures import Figures
from tests.truth.table import Rows

DRIFT_S = 30.0
"""The panels show errors that change within a minute; the table has the others."""
OWN, DARK = "#0b6e4f", "#222222"
RIVALS: dict[str, tuple[str, str, Callable[[Figures], float]]] = {
    "fence 200 m wider": ("#b3541e", "^", lambda figures: figures.fenced),
    "straight lines": ("#3b6fb6", "s", lambda figures: figures.straight),
    "counting pings": ("#7a3b8f", "D", lambda figures: figures.counted),
}


def draw(rows: Rows, file: Path) -> None:
    """Draw a panel for each size of error. The same figures give the same file, byte for byte."""
    sigmas = sorted({cell.sigma_m for cell in rows if not cell.bias_m})
    with mpl.rc_context(
        {
            "svg.hashsalt": "stepsix",  # else the names inside are drawn anew each time
            "svg.fonttype": "none",
            "font.family": ["sans-serif"],
            "axes.edgecolor": "#888888",
        }
    ):
        picture = Figure(figsize=(10, 4.2), layout="constrained")
        panels = picture.subplots(1, len(sigmas), sharey=True, squeeze=False)[0]
        for panel, sigma_m in zip(panels, sigmas, strict=True):
            _panel(panel, rows, sigma_m)
        panels[0].set_ylabel("minutes said, against true minutes")
        handles, labels = panels[0].get_legend_handles_labels()
        picture.legend(handles, labels, loc="outside lower center", ncols=len(labels))
        picture.savefig(file, format="svg", facecolor="white", metadata={"Date": None})


def _panel(panel: Axes, rows: Rows, sigma_m: float) -> None:
    chosen = {
        cell.refresh_s: figures
        for cell, figures in rows.items()
        if (cell.sigma_m, cell.drift_s, cell.bias_m) == (sigma_m, DRIFT_S, 0)
    }
    across = list(range(len(chosen)))
    every = list(chosen.values())
    panel.axhspan(-0.05, 0.05, color=OWN, alpha=0.12, lw=0)
    panel.axhline(0, color=DARK, lw=0.8)
    for name, (colour, marker, figure) in RIVALS.items():
        values = [figure(figures) for figures in every]
        panel.plot(across, values, marker=marker, ms=5, color=colour, lw=1.2, label=name)
    own = [figures.bias for figures in every]
    panel.errorbar(
        across,
        own,
        yerr=_bars(every),
        fmt="o-",
        ms=6,
        color=OWN,
        lw=2,
        elinewidth=1.2,
        capsize=3,
        label="stepsix",
    )
    panel.margins(x=0.1)
    panel.set_title(f"GPS error {sigma_m:.0f} m", fontsize=11)
    panel.set_xticks(across, [f"{refresh_s} s" for refresh_s in chosen])
    panel.set_xlabel("a fix every")
    panel.yaxis.set_major_formatter(PercentFormatter(1.0))
    panel.grid(axis="y", color="#dddddd", lw=0.6)
    panel.set_axisbelow(True)


def _bars(every: Sequence[Figures]) -> list[list[float]]:
    """From the estimate down to the low bound and up to the high one."""
    return [
        [figures.bias - figures.low for figures in every],
        [figures.high - figures.bias for figures in every],
    ]
