"""``make truth``: every cell of the laboratory, as a table, and as the page's table and picture.

Ends with 1 where a promise is not kept. It takes about three minutes of one processor.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from tests.truth.figures import Figures, days_of, figures, say
from tests.truth.page import summary, with_figures
from tests.truth.picture import draw
from tests.truth.promises import promise_of
from tests.truth.table import passing_markdown, terminal
from tests.truth.worlds import Cell, Worlds

DOCS = Path(__file__).parents[2] / "docs"
WIDTH = 180
"""Of the table where the output is no terminal."""


def run(worlds: Worlds, cells: Sequence[Cell], console: Console) -> dict[Cell, Figures]:
    """Every cell's figures."""
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
    ) as progress:
        days = days_of(worlds)
        doing = progress.add_task("days", total=len(cells) * len(days))
        rows = {}
        for cell in cells:
            said = []
            for day in days:
                said.append(say(day, cell, worlds.faults))
                progress.advance(doing)
            rows[cell] = figures(said)
    return rows


def main() -> int:
    """Run it; 1 where a promise is not kept."""
    console = Console(width=None if sys.stdout.isatty() else WIDTH)
    worlds = Worlds.read()
    rows = run(worlds, worlds.cells(), console)
    passing = run(worlds.passing(), worlds.passing_cells(), console)
    console.print(terminal(rows))
    console.print(
        "Minutes a day of officers who only pass by:", passing_markdown(passing), sep="\n"
    )
    console.print(summary(rows))
    page = DOCS / "accuracy.md"
    page.write_text(with_figures(page.read_text(), rows, passing))
    draw(rows, DOCS / "accuracy.svg")
    return int(any(promise_of(cell).broken(figures) for cell, figures in rows.items()))


if __name__ == "__main__":
    sys.exit(main())
