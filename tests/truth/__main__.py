"""``make truth``: all tables of the laboratory, and the page's tables and picture.

With ``minutes`` or ``signals`` after it only these. Ends with 1 where a promise is not kept. The
minutes take about three minutes of one processor, the signals eleven, shared by all there are.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from tests.truth.figures import Figures, days_of, figures, say
from tests.truth.page import summary, with_figures, with_signals
from tests.truth.picture import draw
from tests.truth.promises import promise_of
from tests.truth.signals.promises import broken
from tests.truth.signals.running import run as run_signals
from tests.truth.signals.table import summary as signal_summary
from tests.truth.signals.table import terminal as signal_terminal
from tests.truth.signals.worlds import Worlds as Forces
from tests.truth.table import passing_markdown, terminal
from tests.truth.worlds import Cell, Worlds

DOCS = Path(__file__).parents[2] / "docs"
PAGE = DOCS / "accuracy.md"
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


def minutes(console: Console) -> bool:
    """The minutes; whether all is as promised."""
    worlds = Worlds.read()
    rows = run(worlds, worlds.cells(), console)
    passing = run(worlds.passing(), worlds.passing_cells(), console)
    console.print(terminal(rows))
    console.print(
        "Minutes a day of officers who only pass by:", passing_markdown(passing), sep="\n"
    )
    console.print(summary(rows))
    PAGE.write_text(with_figures(PAGE.read_text(), rows, passing))
    draw(rows, DOCS / "accuracy.svg")
    return not any(promise_of(cell).broken(figures) for cell, figures in rows.items())


def signals(console: Console) -> bool:
    """The signals; whether all is as promised."""
    rows = run_signals(list(Forces.read().full()), console)
    console.print(signal_terminal(rows))
    console.print(signal_summary(rows))
    PAGE.write_text(with_signals(PAGE.read_text(), rows))
    return not any(broken(figures) for figures in rows.values())


TABLES = {"minutes": minutes, "signals": signals}


def main(names: Sequence[str]) -> int:
    """Make the tables of those names, or all; 1 where a promise is not kept, 2 for no table."""
    unknown = [name for name in names if name not in TABLES]
    if unknown:
        sys.stderr.write(f"no table {unknown[0]!r}: name {' or '.join(TABLES)}, or nothing\n")
        return 2
    console = Console(width=None if sys.stdout.isatty() else WIDTH)
    kept = [TABLES[name](console) for name in names or TABLES]
    return int(not all(kept))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
