"""What the rows of a file come to: plans or duties, each ready to be put or with its faults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from services.cli.cells import Meaning
from services.cli.csv_rows import Row
from services.contracts.days import Days


class Fault(NamedTuple):
    """What is wrong in which row; ``column`` is empty where it is the row as a whole."""

    row: int
    column: str
    words: str

    def __str__(self) -> str:
        """The fault as it is told to people."""
        place = f"row {self.row}, {self.column}" if self.column else f"row {self.row}"
        return f"{place}: {self.words}"


@dataclass(slots=True)
class Entry:
    """One thing of a file: the body to put, from which rows, what is wrong, where a field stands.

    ``places`` has the row of each field of the body, as ingest names fields, and its column.
    """

    id_: str
    rows: list[int]
    body: dict[str, Any] = field(default_factory=dict)
    places: dict[str, tuple[int, str]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def fault_at(self, name: str, words: str) -> Fault:
        """The fault that ingest found in a field: at the nearest place that the file has for it."""
        parts = name.split(".")
        for length in range(len(parts), 0, -1):
            if place := self.places.get(".".join(parts[:length])):
                return Fault(*place, words)
        return Fault(self.rows[0], parts[-1], words)


def meant(
    row: Row, meanings: Mapping[str, Meaning], days: Days, faults: list[Fault]
) -> dict[str, Any]:
    """What the cells of a row mean, by column; what means nothing goes to the faults."""
    found = {}
    for column, meaning in meanings.items():
        if cell := row.cells.get(column):
            try:
                found[column] = meaning(cell, days)
            except ValueError as error:
                faults.append(Fault(row.number, column, str(error)))
    return found


def check_width(row: Row, faults: list[Fault]) -> None:
    """A row wider than the first line has a cell that was cut in two."""
    if row.has_more:
        words = "more cells than the first line names; put a cell that holds a comma in quotes"
        faults.append(Fault(row.number, "", words))
