"""The table: a row for each cell, for the terminal and for the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.table import Table

from tests.truth.figures import Figures
from tests.truth.promises import verdict
from tests.truth.worlds import Cell

Rows = Mapping[Cell, Figures]

HEADINGS = (
    "a fix every",
    "GPS error",
    "alike for",
    "stepsix",
    "its bounds",
    "days held",
    "a day's RMS",
    "counting pings",
    "straight lines",
    "+200 m fence",
    "promised",
)
PASSING = ("a fix every", "GPS error", "truly", "stepsix", "its bounds", "counting", "+200 m fence")


def terminal(rows: Rows) -> Table:
    """For people at a terminal."""
    table = Table(title="Minutes in a hot spot, against the truth")
    for heading in HEADINGS:
        table.add_column(heading, justify="right", no_wrap=heading != HEADINGS[6])
    for cell, figures in rows.items():
        table.add_row(*_columns(cell, figures))
    return table


def markdown(rows: Rows) -> str:
    """For the page."""
    return _lines(HEADINGS, [_columns(cell, figures) for cell, figures in rows.items()])


def passing_markdown(rows: Rows) -> str:
    """Minutes a day of officers who only pass by, for the page and for the terminal."""
    return _lines(
        PASSING,
        [
            (
                f"{cell.refresh_s} s",
                f"{cell.sigma_m:.0f} m",
                f"{figures.minutes:.0f} min",
                f"{_minutes(figures, figures.bias)} min",
                f"{_minutes(figures, figures.low)} to {_minutes(figures, figures.high)}",
                f"{_minutes(figures, figures.counted)} min",
                f"{_minutes(figures, figures.fenced)} min",
            )
            for cell, figures in rows.items()
        ],
    )


def _lines(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [headings, ("---:",) * len(headings), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _minutes(figures: Figures, bias: float) -> str:
    return f"{figures.minutes * (1 + bias):.0f}"


def _columns(cell: Cell, figures: Figures) -> tuple[str, ...]:
    pushed = f" and {cell.bias_m:.0f} m one way" if cell.bias_m else ""
    return (
        f"{cell.refresh_s} s",
        f"{cell.sigma_m:.0f} m{pushed}",
        f"{cell.drift_s:.0f} s" if cell.drift_s else "one fix",
        _percent(figures.bias),
        f"{figures.low:+.0%} to {figures.high:+.0%}",
        f"{figures.held:.0%}",
        f"{figures.rms:.0%}",
        _percent(figures.counted),
        _percent(figures.straight),
        _percent(figures.fenced),
        verdict(cell, figures),
    )


def _percent(share: float) -> str:
    return f"{share:+.1%}"
