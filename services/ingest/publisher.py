"""What was posted into the log: encoded, appended, counted, and the sources of radios heard.

There is no queue here: both logs batch what concurrent requests append.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from prometheus_client import CollectorRegistry

from services.contracts.codec import encode
from services.contracts.message import Message
from services.contracts.people import Feedback
from services.contracts.topics import FEEDBACK, TELEMETRY
from services.edge import families
from services.eventlog.port import EventLog, NewRecord
from services.ingest.hearing import Hearing
from services.ingest.posted import FromRadio


class Publisher:
    """Appends messages of radios to ``telemetry``, and of people to ``feedback``."""

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
        await self._append(source, messages, records)
        self._hearing.hear(source, (message.radio_id for message in messages), self._clock())

    async def publish_feedback(self, source: str, messages: Sequence[Feedback]) -> None:
        """Have what people say in the log, each thread in its order. Raises LogError.

        It is counted as of a source; no radio is heard by it.
        """
        if not messages:
            return
        records = [
            NewRecord(FEEDBACK.name, message.thread_id.encode(), encode(message))
            for message in messages
        ]
        await self._append(source, messages, records)

    async def _append(
        self, source: str, messages: Sequence[Message], records: Sequence[NewRecord]
    ) -> None:
        with self._appending.time():
            await self._log.append(records)
        for kind, count in Counter[type[Message]](map(type, messages)).items():
            self._pings.labels(source, kind.__struct_config__.tag).inc(count)
