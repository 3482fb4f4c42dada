"""A roster as a CSV file: one duty a row."""

from __future__ import annotations

from collections.abc import Sequence

from services.cli.cells import Meaning, moment, names, text, word
from services.cli.csv_rows import Row
from services.cli.entries import Entry, Fault, check_width, meant
from services.contracts.days import Days

COLUMNS: dict[str, Meaning] = {
    "duty_id": text,
    "radio_id": text,
    "officer_ids": names,
    "call_sign": text,
    "role": word,
    "mode": word,
    "team": text,
    "from": moment,
    "to": moment,
    "hotspot_ids": names,
}
NEEDED = ("duty_id", "radio_id", "officer_ids", "from", "to")


def duties_of(rows: Sequence[Row], days: Days) -> list[Entry]:
    """The duties of a file, in its order; of two with one id the second is at fault."""
    first: dict[str, int] = {}
    found = []
    for row in rows:
        entry = _duty(row, days)
        before = first.setdefault(entry.id_, row.number) if entry.id_ else row.number
        if before != row.number:
            words = f"row {before} has the same; give each duty its own"
            entry.faults.append(Fault(row.number, "duty_id", words))
        found.append(entry)
    return found


def _duty(row: Row, days: Days) -> Entry:
    entry = Entry(row.cells.get("duty_id", ""), [row.number])
    entry.body = meant(row, COLUMNS, days, entry.faults)
    entry.places = {column: (row.number, column) for column in COLUMNS}
    check_width(row, entry.faults)
    return entry
