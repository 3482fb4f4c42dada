"""Control places are shown to those who supervise alone, as their plans are.

To all others such a hot spot is as one that never was, and no duty is allocated there. A hot spot
is one on every day on which a plan in force makes it one at some time, be the day named or not.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import msgspec

from services.contracts.days import Days
from services.contracts.reference import Deleted, Duty, HotSpot, Plan, Scope
from services.contracts.register import Register
from services.ingest import duties, hotspots
from services.ingest.duties import HeldDuty, NewDuty
from services.ingest.hotspots import Feature, HeldFeature
from services.ingest.in_force import stretches
from services.ingest.kinds import Kind


def is_one(register: Register, days: Days, hotspot_id: str, since: int, until: int) -> bool:
    """Whether a hot spot is a control place on some day that lies in part in a stretch (ms)."""
    first = days.span(days.day_of(since)).start
    end = days.span(days.day_of(max(since, until - 1))).end
    for versions in register.plans(hotspot_id):
        messages = [each.message for each in versions]
        held = stretches([each for each in messages if isinstance(each, Plan | Deleted)])
        if any(each.meets(first, end) and _makes_one(each.message, hotspot_id) for each in held):
            return True
    return False


def hot_spots(register: Register, days: Days) -> Kind[Feature, HotSpot, HeldFeature]:
    """Hot spots, of which control places are not shown to everybody."""

    def seen_by(hotspot: HotSpot, at: int) -> Scope:
        hidden = is_one(register, days, hotspot.hotspot_id, at, at)
        return "supervise" if hidden else "view"

    return replace(hotspots.KIND, seen_by=seen_by)


def roster(register: Register, days: Days) -> Kind[NewDuty, Duty, HeldDuty]:
    """Duties, of whose hot spots control places are not shown to everybody."""

    def shown(duty: Duty, scopes: Collection[Scope]) -> Duty:
        if "supervise" in scopes:
            return duty
        ids = [
            each
            for each in duty.hotspot_ids
            if not is_one(register, days, each, duty.since, duty.until)
        ]
        return msgspec.structs.replace(duty, hotspot_ids=ids)

    return replace(duties.KIND, shown=shown)


def _makes_one(message: object, hotspot_id: str) -> bool:
    return (
        isinstance(message, Plan) and message.arm == "control" and message.hotspot_id == hotspot_id
    )
