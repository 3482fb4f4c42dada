"""What people report and say: the topics ``outcomes``, ``feedback`` and ``audit``."""

from __future__ import annotations

from typing import Literal

from services.contracts.message import Message


class Outcome(Message, frozen=True, kw_only=True, tag="outcome"):
    """A call, a recorded crime or an injury, at a place."""

    outcome_id: str
    type: Literal["call", "crime", "injury"]
    at: int
    lat: float
    lon: float
    received_at: int
    category: str | None = None
    severity: float | None = None


class Feedback(Message, frozen=True, kw_only=True, tag="feedback"):
    """One message of a conversation about a visit, an episode or a hot spot."""

    thread_id: str
    type: Literal["note", "dispute", "reply", "decision", "acknowledge"]
    by: str
    at: int
    text: str
    visit_id: str | None = None
    episode_id: str | None = None
    hotspot_id: str | None = None
    evidence: list[str] = []


class Audit(Message, frozen=True, kw_only=True, tag="audit"):
    """Who looked at or changed what of whom, when and why (DPA 2018 s.62)."""

    who: str
    action: str
    what: str
    at: int
    whom: str | None = None
    why: str | None = None
