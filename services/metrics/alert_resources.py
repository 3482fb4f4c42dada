"""Alerts as the API and the live stream say them. Pure."""

from __future__ import annotations

from datetime import datetime

from typing_extensions import TypedDict  # pydantic refuses that of typing before Python 3.12

from services.contracts.people import Feedback
from services.metrics.alerts import Alert, Kind
from services.metrics.episodes import Cause, Type
from services.metrics.resources import time_of


class AcknowledgedResource(TypedDict):
    """Who acknowledged an alert last, and in which words; empty where there were none."""

    by: str
    at: datetime
    text: str


class AlertResource(TypedDict):
    """Something that a control room has to look at.

    ``name`` is the hot spot's. Of silence there are ``episode_id``, ``silence``, ``cause`` and
    what else is known of whose; ``radios`` are those of an area. Of a missed window there are its
    times and how many patrols were ``planned`` and ``delivered``. ``days`` since the last patrol
    are null where none is known.
    """

    alert_id: str
    kind: Kind
    since: datetime
    hotspot_id: str | None
    name: str | None
    episode_id: str | None
    silence: Type | None
    cause: Cause | None
    reason: str | None
    radio_id: str | None
    call_sign: str | None
    radios: list[str]
    source: str | None
    instance: str | None
    window_from: datetime | None
    window_to: datetime | None
    planned: int | None
    delivered: int | None
    days: int | None
    acknowledged: AcknowledgedResource | None


def alert(
    each: Alert, name: str | None, call_sign: str | None, acknowledged: Feedback | None
) -> AlertResource:
    """An alert as it stands; ``call_sign`` is that of its radio."""
    signal = each.episode.signal if each.episode else None
    window = each.window.window.span if each.window else None
    return {
        "alert_id": each.alert_id,
        "kind": each.kind,
        "since": time_of(each.since),
        "hotspot_id": each.hotspot_id,
        "name": name,
        "episode_id": signal.episode_id if signal else None,
        "silence": signal.type if signal else None,
        "cause": signal.cause if signal else None,
        "reason": signal.reason if signal else None,
        "radio_id": signal.radio_id if signal else None,
        "call_sign": call_sign,
        "radios": list(each.episode.radios) if each.episode else [],
        "source": signal.source if signal else None,
        "instance": signal.instance if signal else None,
        "window_from": time_of(window.start) if window else None,
        "window_to": time_of(window.end) if window else None,
        "planned": each.window.window.patrols if each.window else None,
        "delivered": each.window.delivered if each.window else None,
        "days": each.days,
        "acknowledged": _acknowledged(acknowledged) if acknowledged else None,
    }


def _acknowledged(said: Feedback) -> AcknowledgedResource:
    return {"by": said.by, "at": time_of(said.at), "text": said.text}
