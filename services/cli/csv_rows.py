"""The rows of a CSV file as people's spreadsheets write them.

A byte order mark, semicolons for commas, either line end, empty lines, empty cells at the end of a
row and column names in any case are a spreadsheet's habits and no mistakes.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple


class WrongTable(ValueError):
    """The file as a whole cannot be read; says why and what to do."""


class Row(NamedTuple):
    """A row by its number in the file, where the first is 1; ``cells`` has what is not empty.

    ``has_more`` says that something stands beyond the last named column.
    """

    number: int
    cells: dict[str, str]
    has_more: bool


def read_rows(path: Path, columns: Collection[str], needed: Collection[str]) -> list[Row]:
    """The rows of a file that are not empty; its first line names ``columns``.

    Raises WrongTable.
    """
    table = _table(path)
    names = _names(path, table[0][1] if table else [], columns, needed)
    rows = [_row(number, line, names) for number, line in table[1:]]
    if not rows:
        message = f"{path} holds no rows below its first line"
        raise WrongTable(message)
    return rows


def _table(path: Path) -> list[tuple[int, list[str]]]:
    """The lines that hold anything, each with its number."""
    try:
        text = path.read_text("utf-8-sig")
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror}"
        raise WrongTable(message) from None
    except UnicodeDecodeError:
        message = f"{path} is not UTF-8; save it as CSV UTF-8"
        raise WrongTable(message) from None
    first = text.lstrip().partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        lines = [(number, [cell.strip() for cell in line]) for number, line in enumerate(reader, 1)]
    except csv.Error as error:
        message = f"{path}, line {reader.line_num}: {error}; save it as CSV UTF-8"
        raise WrongTable(message) from None
    return [(number, line) for number, line in lines if any(line)]


def _names(
    path: Path, header: list[str], columns: Collection[str], needed: Collection[str]
) -> list[str]:
    """The column of each place; a place without a name has none."""
    names = [re.sub(r"[\s-]+", "_", cell.lower()) for cell in header]
    unknown = [name for name in names if name and name not in columns]
    missing = [name for name in needed if name not in names]
    twice = [name for name in columns if names.count(name) > 1]
    known = f"the columns are {', '.join(columns)}"
    if unknown:
        message = f"{path}: there is no column {unknown[0]}; {known}"
    elif twice:
        message = f"{path}: the column {twice[0]} stands there twice; leave one out"
    elif missing:
        message = f"{path}: the column {missing[0]} is missing from the first line; {known}"
    else:
        return names
    raise WrongTable(message)


def _row(number: int, line: list[str], names: list[str]) -> Row:
    named = list(zip(names, line, strict=False))
    cells = {name: cell for name, cell in named if name and cell}
    beyond = [cell for name, cell in named if not name] + line[len(names) :]
    return Row(number, cells, any(beyond))
