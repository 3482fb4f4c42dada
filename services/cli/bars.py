"""Progress of long work, as bars on standard error that are gone once it is done."""

from __future__ import annotations

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn


def bars() -> Progress:
    """What ``Bar`` draws on, shown while it is entered."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    console = Console(stderr=True)
    return Progress(*columns, TimeRemainingColumn(), console=console, transient=True)


class Bar:
    """One bar; how much there is to do may come to light while it is done."""

    def __init__(self, progress: Progress, words: str) -> None:
        self._progress = progress
        self._task = progress.add_task(words, total=0)
        self._ahead = 0

    def ahead(self, count: int) -> None:
        """So much more is to be done."""
        self._ahead += count
        self._progress.update(self._task, total=self._ahead)

    def done(self, count: int) -> None:
        """So much more has been done."""
        self._progress.advance(self._task, count)


class HistoryBars:
    """Two bars for who accounts for history: records, then units."""

    def __init__(self, progress: Progress) -> None:
        self._records = Bar(progress, "Reading records")
        self._units = Bar(progress, "Accounting for radios")

    def records_ahead(self, count: int) -> None:
        """So many more records are to be read."""
        self._records.ahead(count)

    def records_read(self, count: int) -> None:
        """So many more records have been read."""
        self._records.done(count)

    def units_ahead(self, count: int) -> None:
        """So many more units are to be accounted for."""
        self._units.ahead(count)

    def unit_accounted(self) -> None:
        """One more unit has been accounted for."""
        self._units.done(1)
