"""Plans and duties as the register holds them, with what a test does not care about filled in."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec

from services.contracts.reference import WEEKDAYS, Duty, MinutesEach, Plan, Window
from tests.support.derived import HOUR_MS


def a_plan(
    hotspot_id: str = "hs-1", *windows: tuple[int, int, int], minutes: float = 30, **given: object
) -> Plan:
    """Windows (from, until, patrols) at UTC moments, each day; 10 to 20 min a patrol."""
    plan = Plan(
        plan_id=f"p-{hotspot_id}",
        hotspot_id=hotspot_id,
        windows=[Window(since=clock(a), until=clock(b), patrols=n) for a, b, n in windows],
        minutes_each=MinutesEach(low=10, high=20),
        minutes_per_day=minutes,
        slack_minutes=0,
        weekdays=list(WEEKDAYS),
        effective_from=0,
        changed_by="test",
    )
    return msgspec.structs.replace(plan, **given)


def a_duty(radio_id: str = "T-1", *, since: int, until: int | None = None, **given: object) -> Duty:
    """Four hours of one officer of team B, allocated to hs-1, but for ``given``."""
    duty = Duty(
        duty_id=f"d-{radio_id}",
        radio_id=radio_id,
        since=since,
        until=until or since + 4 * HOUR_MS,
        officer_ids=[f"P-{radio_id}"],
        effective_from=0,
        changed_by="test",
        call_sign=f"GM-{radio_id}",
        team="B",
        hotspot_ids=["hs-1"],
    )
    return msgspec.structs.replace(duty, **given)


def clock(at: int) -> str:
    """The minute in which a moment lies, by the clock in UTC."""
    return datetime.fromtimestamp(at / 1000, UTC).strftime("%H:%M")
