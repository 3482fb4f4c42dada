"""Who watches a long run: how much there is to do, and how much is done."""

from __future__ import annotations

from typing import Protocol


class Watcher(Protocol):
    """Told of the work as it comes to light and as it is done; counts are added up."""

    def records_ahead(self, count: int) -> None:
        """So many more records are to be read."""
        ...

    def records_read(self, count: int) -> None:
        """So many more records have been read."""
        ...

    def units_ahead(self, count: int) -> None:
        """So many more units are to be accounted for."""
        ...

    def unit_accounted(self) -> None:
        """One more unit has been accounted for."""
        ...
