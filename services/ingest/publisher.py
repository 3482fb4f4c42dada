"""Messages of radios into the log: encoded, appended, counted, and their sources heard.

There is no queue here: both logs batch what concurrent requests append.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from prometheus_client import CollectorRegistry

from services.contracts.codec import encode
from services.contracts.topics import TELEMETRY
from services.edge import families
from services.eventlog.port import EventLog, NewRecord
from services.ingest.hearing import Hearing
from services.ingest.posted import FromRadio


class Publisher:
    """Appends messages of radios to ``telemetry``."""

    def __init__(
        self,
        log: EventLog,
        registry: CollectorRegistry,
        hearing: Hearing,
        clock: Callable[[], int],
    ) -> None:
        self._log = log
        self._hearing = hearing
        self._clock = clock
        self._pings = families.counter(registry, "stepsix_ingest_pings_total")
        self._appending = families.histogram(registry, "stepsix_ingest_append_seconds")

    async def publish(self, source: str, messages: Sequence[FromRadio]) -> None:
        """Have the messages of one source in the log, in their order. Raises LogError.

        A source that posts nothing that can be taken counts as not heard: its units' silence is
        then the source's fault and nobody else's.
        """
        if not messages:
            return
        records = [
            NewRecord(TELEMETRY.name, message.radio_id.encode(), encode(message))
            for message in messages
        ]
        with self._appending.time():
            await self._log.append(records)
        self._hearing.hear(source, (message.radio_id for message in messages), self._clock())
        for kind, count in Counter[type[FromRadio]](map(type, messages)).items():
            self._pings.labels(source, kind.__struct_config__.tag).inc(count)
