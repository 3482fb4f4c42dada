"""What telemetry would hold had the town's radios been heard: messages and ticks. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from services.contracts.codec import encode
from services.contracts.register import Register
from services.contracts.telemetry import Tick
from services.contracts.topics import TELEMETRY
from services.eventlog.embedded.past import Moment
from services.eventlog.port import NewRecord
from services.ingest.bodies import Form
from services.ingest.hearing import Hearing
from services.ingest.heartbeat import records_of
from services.ingest.intake import take
from services.ingest.pings import PINGS
from services.ingest.posted import FromRadio, Posted
from services.ingest.statuses import statuses
from services.simulator.drawing import SOURCE
from services.simulator.world import COARSE_MS, World

TICK_MS = 10_000
"""The longest that the engine does not take for an outage of ours."""


class Ear:
    """An ingest instance that hears a town whose past nobody watched.

    Up to ``ticks_from`` (epoch ms) it hears each radio once a minute and does not tick: those days
    are accounted for by settlement alone, which needs no ticks. From then on the engine follows.
    """

    def __init__(
        self,
        instance: str,
        partitions: int,
        register: Register,
        reference_offset: int,
        ticks_from: int,
    ) -> None:
        self._instance = instance
        self._partitions = partitions
        self._statuses = statuses(register)
        self._reference_offset = reference_offset
        self._ticks_from = ticks_from
        self._hearing = Hearing()

    def hear(self, world: World, since: int, until: int) -> Iterator[Moment]:
        """What is heard from ``since`` to ``until``, moment after moment (epoch ms)."""
        at = since
        while at < until:
            ticks = at >= self._ticks_from
            step = TICK_MS if ticks else COARSE_MS
            at = min(at + step, until)
            heard = world.advance(at, step)
            messages = [
                *_understood(heard.statuses, self._statuses, at),
                *_understood(heard.pings, PINGS, at),
            ]
            if messages:
                self._hearing.hear(SOURCE, (message.radio_id for message in messages), at)
            records = [
                NewRecord(TELEMETRY.name, message.radio_id.encode(), encode(message))
                for message in messages
            ]
            yield Moment(at, [*records, *(self._ticks(at) if ticks else ())])

    def _ticks(self, at: int) -> list[NewRecord]:
        tick = Tick(
            instance=self._instance,
            at=at,
            reference_offset=self._reference_offset,
            sources=dict(self._hearing.sources),
            radios=self._hearing.radios(at),
        )
        return records_of(tick, self._partitions)


def _understood(
    items: Sequence[Mapping[str, Any]], posted: Posted[Any, Any], at: int
) -> list[FromRadio]:
    return take(json.dumps(items).encode(), Form.JSON, SOURCE, at, posted).messages
