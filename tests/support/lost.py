"""Losses of radios by the metre: episodes as metrics shows them, east and north of one place."""

from __future__ import annotations

from datetime import time
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from services.contracts.days import Days
from services.contracts.derived import Signal
from services.metrics.blackspots import Loss, losses_of
from services.metrics.episodes import Episode
from tests.support.derived import DAY_MS, MINUTE_MS, NOON, a_signal
from tests.support.square import place

LONDON = Days(ZoneInfo("Europe/London"), time(0))


def a_loss(
    number: int, east_m: float = 0, north_m: float = 0, *, first: int = NOON, **given: object
) -> Signal:
    """A loss of five minutes: of one radio of three, on one of the three days from ``first`` on."""
    lon, lat = place(east_m, north_m)
    heard_at = first + number % 3 * DAY_MS + number * MINUTE_MS
    ended_at = heard_at + 5 * MINUTE_MS
    said = {"radio_id": f"T-{number % 3}", "lon": lon, "lat": lat, "ended_at": ended_at, **given}
    return replace(a_signal(f"e-{number}", heard_at=heard_at), **said)


def losses(*signals: Signal) -> list[Loss]:
    """Those of the signals that count, their days being London's."""
    return losses_of([Episode(each) for each in signals], LONDON)
