"""Server-sent events, and who each is for."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

from services.metrics.audience import Audience
from services.metrics.resources import encoded


class Event(NamedTuple):
    """An event as it is sent, and the audiences that it is for."""

    audiences: Collection[Audience]
    sent: bytes


def event(name: str, resource: object) -> bytes:
    """A server-sent event; JSON has no line breaks of its own."""
    return b"event: %b\ndata: %b\n\n" % (name.encode(), encoded(resource))


def joined(events: Iterable[Event], audience: Audience) -> bytes:
    """The events of one audience."""
    return b"".join(each.sent for each in events if audience in each.audiences)
