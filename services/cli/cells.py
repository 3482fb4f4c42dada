"""What the cells of a roster or a plan mean.

Each function gives a value of the API, or text as it is where ingest has the words for what is
wrong with it. Raises ValueError with what to write instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from services.cli.local_times import local_moment
from services.cli.moments import date_of
from services.contracts.days import Days
from services.contracts.reference import WEEKDAYS

Meaning = Callable[[str, Days], Any]
_CLOCK = re.compile(r"(\d{1,2}):(\d\d)(:00)?")
_NUMBER = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,9})?")
_WHOLE = re.compile(r"-?[0-9]{1,9}")
_DAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY_NUMBERS = {
    name: number for names in (WEEKDAYS, _DAY_NAMES) for number, name in enumerate(names)
}


def text(cell: str, _days: Days) -> str:
    """The text as it is."""
    return cell


def word(cell: str, _days: Days) -> str:
    """One of a few words, in any case."""
    return cell.lower()


def names(cell: str, _days: Days) -> list[str]:
    """Several ids, with spaces, commas or semicolons between them."""
    return [each for each in re.split(r"[\s,;]+", cell) if each]


def number(cell: str, _days: Days) -> float:
    """A number."""
    if not _NUMBER.fullmatch(cell):
        words = f"{cell} is no number; write one such as 10 or 2.5"
        raise ValueError(words)
    return float(cell)


def whole_number(cell: str, _days: Days) -> int:
    """A number without a fraction."""
    if not _WHOLE.fullmatch(cell):
        words = f"{cell} is no whole number; write one such as 2"
        raise ValueError(words)
    return int(cell)


def clock(cell: str, _days: Days) -> str:
    """A time of the day; spreadsheets write 9:00, and seconds."""
    found = _CLOCK.fullmatch(cell)
    return f"{int(found[1]):02}:{found[2]}" if found else cell


def moment(cell: str, days: Days) -> int:
    """A moment, by the clock on the wall, in epoch milliseconds."""
    return local_moment(cell, days)


def dates(cell: str, days: Days) -> list[str]:
    """Several dates."""
    found = names(cell, days)
    for each in found:
        if date_of(each) is None:
            words = (
                f"{each} is no date; write it as 2026-06-01 (in a spreadsheet, give the column the "
                "format yyyy-mm-dd)"
            )
            raise ValueError(words)
    return found


def weekdays(cell: str, days: Days) -> list[str]:
    """Several weekdays, by themselves (mon tue) or from one to another (fri-mon)."""
    joined = re.sub(r"\s*[-\N{EN DASH}]\s*", "-", cell.lower())
    return [WEEKDAYS[number] for each in names(joined, days) for number in _from_to(each)]


def _from_to(days: str) -> list[int]:
    ends = days.split("-", 1)
    try:
        since, until = _DAY_NUMBERS[ends[0]], _DAY_NUMBERS[ends[-1]]
    except KeyError:
        words = f"{days} is no weekday; write mon tue wed thu fri sat sun, or mon-fri"
        raise ValueError(words) from None
    return [(since + after) % 7 for after in range((until - since) % 7 + 1)]
