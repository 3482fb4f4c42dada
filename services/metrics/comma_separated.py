"""Comma-separated values (RFC 4180) that a spreadsheet takes for what they say. Pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime

from services.metrics.resources import written

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def header(columns: Sequence[str]) -> bytes:
    """The line that names the columns."""
    return ",".join(columns).encode() + b"\r\n"


def lines(rows: Iterable[Iterable[object]]) -> bytes:
    """A line for each row."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue().encode()


def _cell(value: object) -> object:
    """Text that a spreadsheet would run as a formula is quoted with an apostrophe.

    (OWASP, CSV Injection.)
    """
    if isinstance(value, datetime):
        return written(value)
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return f"'{value}"
    return "" if value is None else value
