"""What must be true once the faults are over. Each question answers with what is wrong, in words.

1. Every ping that was acknowledged is in ``telemetry``.
2. What was derived is, record by record, what one uninterrupted run derives from the same log.
3. There were visits open and closed, and none has one revision twice.
4. Metrics says of every visit what the topics say last.
5. No service has logged an exception that nobody had expected.
"""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections import Counter
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

from services.contracts.codec import decode_all
from services.contracts.derived import Visit
from services.contracts.telemetry import Gps, Presence
from services.contracts.topics import DEAD_LETTERS, TELEMETRY, VISITS
from services.eventlog.port import EventLog
from services.metrics import resources
from tests.chaos.stage import Stage
from tests.support.offline import Outputs, expected, there

UNEXPECTED = re.compile(r'Traceback|"exception"|never retrieved')
"""In a log: an exception that got away, or that nobody has looked at."""
BROKERS_OWN = re.compile(r"sender routine.*aiokafka\.errors\.UnknownError: \[Error -1\]")
"""What aiokafka logs where a broker has failed at a request. Kafka 4.3.0 does so at times where a
transaction is ended while its producer is being fenced (IllegalStateException, pending state
PREPARE_EPOCH_FENCE). The claim makes it Retry, and what is derived must be right all the same."""
TOLD_S = 20.0
"""For metrics to tell what the topics hold, at most: it says only now and then how far it is."""


async def verdict(stage: Stage) -> list[str]:
    """All that is wrong; metrics must still run, and the others have come to their end."""
    held = await there(stage.log)
    visits = _visits(held)
    return [
        *await _lost(stage),
        *differences(held, await expected(stage.log)),
        *wrong_in_visits(visits),
        *await _in_metrics(stage, visits),
    ]


async def _lost(stage: Stage) -> list[str]:
    missing = stage.traffic.acknowledged - await _message_ids(stage.log)
    if not missing:
        return []
    return [f"{len(missing)} acknowledged pings are lost, such as {min(missing)}"]


async def _message_ids(log: EventLog) -> set[str | None]:
    ids: set[str | None] = set()
    for partition, extent in (await log.bounds(TELEMETRY.name)).items():
        async for batch in log.read(TELEMETRY.name, partition, extent.start):
            messages = decode_all(TELEMETRY.name, [record.value for record in batch])
            ids.update(each.message_id for each in messages if isinstance(each, Gps | Presence))
    return ids


def differences(held: Outputs, wanted: Outputs) -> Iterator[str]:
    """The first difference of each partition of each topic; dead letters there must be none."""
    for (topic, partition), lines in held.items():
        should = [] if topic == DEAD_LETTERS.name else wanted[topic, partition]
        for number, (found, due) in enumerate(zip_longest(lines, should)):
            if found != due:
                where = f"{topic}/{partition}, record {number} ({len(lines)} of {len(should)})"
                yield f"{where}: found {found}, due {due}"
                break


def _visits(held: Outputs) -> list[Visit]:
    """Every revision of every visit, each partition's in order."""
    values = [
        line.value for place, lines in held.items() if place[0] == VISITS.name for line in lines
    ]
    return [message for message in decode_all(VISITS.name, values) if isinstance(message, Visit)]


def wrong_in_visits(visits: list[Visit]) -> Iterator[str]:
    """A revision told twice; a run in which no visit was open, or none closed."""
    for (visit_id, revision), times in Counter((v.visit_id, v.revision) for v in visits).items():
        if times > 1:
            yield f"visit {visit_id} has its revision {revision} {times} times"
    if missing := {"open", "closed"} - {visit.state for visit in visits}:
        yield f"the test is worth nothing: no visit was {' or '.join(sorted(missing))}"


async def _in_metrics(stage: Stage, visits: list[Visit]) -> list[str]:
    last = {visit.visit_id: visit for visit in visits}
    due = {
        visit_id: json.loads(resources.encoded(resources.visit(visit)))
        for visit_id, visit in last.items()
        if visit.state != "retracted"
    }
    deadline = time.monotonic() + TOLD_S
    while True:
        told = await _listed(stage)
        if told == due or time.monotonic() > deadline:
            break
        await asyncio.sleep(0.5)
    wrong = [each for each in sorted(due.keys() | told.keys()) if due.get(each) != told.get(each)]
    return [
        f"metrics says {told.get(each)} of the visit {each}, the topic {due.get(each)}"
        for each in wrong[:3]
    ]


async def _listed(stage: Stage) -> dict[str, Any]:
    """All pages of the list of visits, by their ids."""
    url = f"{stage.services['metrics-1'].url}/v1/visits"
    items: list[dict[str, Any]] = []
    query: dict[str, str] = {}
    while True:
        answer = await stage.http.get(url, params=query)
        page = answer.raise_for_status().json()
        items += page["items"]
        if page["next"] is None:
            return {visit["visit_id"]: visit for visit in items}
        query = {"cursor": page["next"]}


def is_unexpected(line: str) -> bool:
    """Whether a line of a service's log tells of an exception that nobody had expected."""
    return bool(UNEXPECTED.search(line)) and not BROKERS_OWN.search(line)


def wrong_in_logs(stage: Stage) -> Iterator[str]:
    """What no service should have logged, once all have ended."""
    for service in stage.everybody():
        lines = service.log.read_text("utf-8", errors="replace").splitlines()
        found = [line for line in lines if is_unexpected(line)]
        if found:
            yield f"{service.name} logged {len(found)} unexpected exceptions, first: {found[0]}"
