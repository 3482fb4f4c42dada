"""Times as a roster has them: by the clock on the wall, or with an offset where that is not enough.

On the night on which the clocks go forward an hour is skipped, and on that on which they go back
one comes twice: a time of these hours says nothing without an offset.
"""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from services.cli.moments import date_of
from services.contracts.days import Days


class NotATime(ValueError):
    """The text names no moment; says what to write instead."""


def local_moment(text: str, days: Days) -> int:
    """The moment in epoch milliseconds; a date alone is the start of that day of the force.

    Raises NotATime.
    """
    if (day := date_of(text)) is not None:
        return days.start_of(day)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        words = (
            f"{text} is no time; write it as 2026-06-01 22:00 (in a spreadsheet, give the column "
            "the format yyyy-mm-dd hh:mm)"
        )
        raise NotATime(words) from None
    if moment.tzinfo is None:
        moment = _on_the_wall(moment, days.zone)
    return round(moment.timestamp() * 1000)


def _on_the_wall(local: datetime, zone: ZoneInfo) -> datetime:
    first, second = (local.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return first
    text = local.isoformat(" ", "minutes")
    if first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != local:
        words = f"the clocks skip {text} in {zone}; write the time that was meant, or an offset"
    else:
        words = (
            f"{text} comes twice in {zone}; write {text}{_offset(first)} for the first or "
            f"{text}{_offset(second)} for the second"
        )
    raise NotATime(words)


def _offset(moment: datetime) -> str:
    return moment.isoformat()[-6:]
