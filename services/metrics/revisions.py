"""Which of many messages need not be folded in, since a later one says all that they do. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from services.contracts.derived import Settlement, Timesheet, Visit


def without_superseded(messages: Sequence[object]) -> list[object]:
    """A partition's messages in their order, but for live figures that are told anew among them.

    A visit is told each minute, so of history nearly all of it is. To fold in the last word alone
    comes to the same: the higher revision holds, and both lie in one day, so that both are believed
    or neither. A settlement changes what is believed, so nothing is passed over across one.
    """
    told: dict[tuple[str, int], int] = {}
    kept: list[object] = []
    for message in reversed(messages):
        if isinstance(message, Settlement):
            told.clear()
        elif isinstance(message, Visit | Timesheet) and not message.settled:
            identity = (
                (message.visit_id, message.entered_at)
                if isinstance(message, Visit)
                else (message.radio_id, message.since)
            )
            if message.revision <= told.get(identity, -1):
                continue
            told[identity] = message.revision
        kept.append(message)
    kept.reverse()
    return kept
