"""What a request's pings come to: messages for the log, and a verdict on every other item."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import msgspec

from services.contracts.telemetry import Gps, Presence
from services.ingest import bodies, items
from services.ingest.pings import Ping, to_message
from services.ingest.times import rfc3339
from services.ingest.verdicts import Fault, Rejection

_TIMES = ("fix_time", "sent_at", "received_at")


class Taken(NamedTuple):
    """The messages of the items that are in order, and the verdicts on the rest, in order."""

    messages: list[Gps | Presence]
    rejected: list[Rejection]


def take(body: bytes, form: bodies.Form, source: str, received_at: int) -> Taken:
    """Understand a body. One bad item never costs the others. Raises NotJson."""
    pings: Iterable[Ping | Fault] | None = bodies.pings(body, form)
    if pings is None:
        pings = map(_read, bodies.parsed(body, form))
    taken = Taken([], [])
    for index, ping in enumerate(pings):
        outcome = ping if isinstance(ping, Fault) else to_message(ping, source, received_at)
        if isinstance(outcome, Fault):
            taken.rejected.append(Rejection(index=index, **outcome._asdict()))
        else:
            taken.messages.append(outcome)
    return taken


def explain(body: bytes, form: bodies.Form, source: str, received_at: int) -> list[dict[str, Any]]:
    """What would be taken of each item in order, for a person to read: the dry run.

    The same rules as ``take``. Raises NotJson.
    """
    understood = []
    for index, item in enumerate(bodies.parsed(body, form)):
        ping = _read(item)
        outcome = ping if isinstance(ping, Fault) else to_message(ping, source, received_at)
        if isinstance(item, dict) and not isinstance(outcome, Fault):
            message = msgspec.to_builtins(outcome)
            times = {name: rfc3339(message[name]) for name in _TIMES if name in message}
            ignored = items.unknown_fields(item)
            understood.append({"index": index, **message, **times, "ignored": ignored})
    return understood


def _read(item: object) -> Ping | Fault:
    return item if isinstance(item, Fault) else items.read(item)
