"""Times as a person types them into an option."""

from __future__ import annotations

import re
from datetime import date, datetime

import typer

from services.contracts.days import Days

_DATE = re.compile(r"\d{4}-\d\d-\d\d")


def moment_of(option: str, text: str, days: Days) -> int:
    """Epoch milliseconds of a time with its offset, or of the start of a force's day.

    Raises BadParameter, which names the option and what to give.
    """
    if (day := date_of(text)) is not None:
        return days.start_of(day)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        words = f"{text} is no time; give one such as 2026-06-01T22:00:00Z, or a date"
        raise typer.BadParameter(words, param_hint=option) from None
    if moment.tzinfo is None:
        words = f"{text} has no offset from UTC; end it with Z or with one such as +01:00"
        raise typer.BadParameter(words, param_hint=option)
    return round(moment.timestamp() * 1000)


def date_of(text: str) -> date | None:
    """The date that this is; None where it is none."""
    try:
        return date.fromisoformat(text) if _DATE.fullmatch(text) else None
    except ValueError:
        return None
