"""What people decide: hot spots, plans, duties, radios, sources and tokens.

The topic ``reference`` has one partition and is never compacted, so that a version is its
offset. A version holds from ``effective_from`` on; of two that claim the same moment the one
with the later offset wins.
"""

from __future__ import annotations

from typing import Any, Literal, get_args

import msgspec

from services.contracts.message import Message

Scope = Literal["ingest", "scrape", "figures", "own", "view", "supervise", "admin"]
GeoJSON = dict[str, Any]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)


class HotSpot(Message, frozen=True, kw_only=True, tag="hotspot"):
    """A boundary as drawn (the core) and how far its catchment reaches beyond it.

    ``geometry`` is a GeoJSON Polygon or MultiPolygon in WGS 84; ``excludes`` are such geometries
    that count as outside although they lie within. One whose ``type`` is ``blackspot`` is no place
    to patrol: it is known that radios are not heard there, and nobody visits it.
    """

    hotspot_id: str
    name: str
    geometry: GeoJSON
    effective_from: int
    changed_by: str
    catchment_m: float = 100.0
    excludes: list[GeoJSON] = []
    type: Literal["hotspot", "blackspot"] = "hotspot"


class Source(Message, frozen=True, kw_only=True, tag="source"):
    """A system that posts pings, and what may be expected of it.

    What a ``simulated`` one posts is made up: whoever looks at the figures is told.
    """

    source: str
    name: str
    effective_from: int
    changed_by: str
    expected_interval_s: float = 60.0
    silence_after_s: float | None = None
    unknown_after_s: float | None = None
    default_accuracy_m: float = 15.0
    usable_accuracy_m: float = 100.0
    reporting: Literal["periodic", "distance"] = "periodic"
    distance_m: float | None = None
    periodic_max_s: float | None = None
    status_map: dict[str, str] = {}
    promise_m: float | None = None
    promise_share: float = 0.8
    simulated: bool = False


class Radio(Message, frozen=True, kw_only=True, tag="radio"):
    """One radio: what it is and who answers to it."""

    radio_id: str
    effective_from: int
    changed_by: str
    model: str | None = None
    firmware: str | None = None
    type: str | None = None
    call_sign: str | None = None
    expected_interval_s: float | None = None


class Window(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Part of a day, in the force's local time, and how many patrols are due in it."""

    since: str
    until: str
    patrols: int


class MinutesEach(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """How long one patrol should be: at least ``low``, at most ``high`` minutes."""

    low: float
    high: float


class Plan(Message, frozen=True, kw_only=True, tag="plan"):
    """How much patrol a hot spot is due, when."""

    plan_id: str
    hotspot_id: str
    windows: list[Window]
    minutes_each: MinutesEach
    minutes_per_day: float
    effective_from: int
    changed_by: str
    effective_to: int | None = None
    weekdays: list[str] = []
    dates: list[str] = []
    slack_minutes: float = 10.0
    judge_by: Literal["patrols", "minutes", "both"] = "patrols"
    min_gap_minutes: float = 30.0
    ring: Literal["core", "catchment"] = "core"
    arm: Literal["treatment", "control"] = "treatment"


class Duty(Message, frozen=True, kw_only=True, tag="duty"):
    """Who carries which radio from when to when, and which hot spots they are allocated."""

    duty_id: str
    radio_id: str
    since: int
    until: int
    officer_ids: list[str]
    effective_from: int
    changed_by: str
    call_sign: str | None = None
    role: Literal["pc", "pcso", "special"] | None = None
    mode: Literal["foot", "cycle", "vehicle"] | None = None
    team: str | None = None
    hotspot_ids: list[str] = []


class Token(Message, frozen=True, kw_only=True, tag="token"):
    """A bearer token as it is kept: its SHA-256, never itself.

    The token carries 256 random bits, so a plain hash cannot be searched.
    """

    token_id: str
    sha256: str
    scopes: list[Scope]
    created_at: int
    changed_by: str
    source: str | None = None
    officer_id: str | None = None


class Deleted(Message, frozen=True, kw_only=True, tag="deleted"):
    """The thing of that type and id is gone from ``effective_from`` on."""

    type: Literal["hotspot", "source", "radio", "plan", "duty", "token"]
    id: str
    effective_from: int
    changed_by: str


Reference = HotSpot | Source | Radio | Plan | Duty | Token | Deleted


_NAMED_BY: dict[type, tuple[str, str]] = {
    HotSpot: ("hotspot", "hotspot_id"),
    Source: ("source", "source"),
    Radio: ("radio", "radio_id"),
    Plan: ("plan", "plan_id"),
    Duty: ("duty", "duty_id"),
    Token: ("token", "token_id"),
}


def key_of(message: Reference) -> str:
    """The record key ``type/id`` under which a reference message is appended."""
    if isinstance(message, Deleted):
        return f"{message.type}/{message.id}"
    type_, id_field = _NAMED_BY[type(message)]
    return f"{type_}/{getattr(message, id_field)}"
