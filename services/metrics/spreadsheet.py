"""Visits as comma-separated values (RFC 4180), for spreadsheets. Pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import datetime

from services.contracts.derived import Visit
from services.metrics import resources

COLUMNS = (
    "visit_id",
    "radio_id",
    "hotspot_id",
    "hotspot_version",
    "ring",
    "entered_at",
    "left_at",
    "seconds",
    "seconds_low",
    "seconds_high",
    "unknown_seconds",
    "fixes",
    "revision",
    "state",
    "settled",
)
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
HEADER = ",".join(COLUMNS).encode() + b"\r\n"


def rows(visits: Iterable[Visit]) -> bytes:
    """The lines of these visits."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    for visit in visits:
        resource: Mapping[str, object] = {**resources.visit(visit)}
        writer.writerow([_cell(resource[column]) for column in COLUMNS])
    return text.getvalue().encode()


def _cell(value: object) -> object:
    """A cell that a spreadsheet takes for what it says.

    Text that a spreadsheet would run as a formula is quoted with an apostrophe (OWASP, CSV
    Injection).
    """
    if isinstance(value, datetime):
        return resources.written(value)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return f"'{value}"
    return "" if value is None else value
