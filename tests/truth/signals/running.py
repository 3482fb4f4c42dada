"""Every world of a size, on as many processors as there are."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from tests.truth.signals.figures import Figures, figures_of
from tests.truth.signals.telling import tell
from tests.truth.signals.worlds import World


def run(worlds: Sequence[World], console: Console) -> dict[str, Figures]:
    """Every world's figures by its name, in the order of the worlds."""
    rows: dict[str, Figures] = {}
    with (
        Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=console,
            transient=True,
        ) as progress,
        ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool,
    ):
        doing = progress.add_task("worlds of silence", total=len(worlds))
        running = {pool.submit(row_of, world): world.name for world in worlds}
        for done in as_completed(running):
            rows[running[done]] = done.result()
            progress.advance(doing)
    return {world.name: rows[world.name] for world in worlds}


def row_of(world: World) -> Figures:
    """One world's figures."""
    return figures_of(world, tell(world))
