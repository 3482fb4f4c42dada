"""The end of a run in order: nothing more goes in, and everything that did is worked through."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

from aiokafka.admin import AIOKafkaAdminClient

from services.contracts.topics import FEEDBACK, POSITIONS, SIGNALS, TELEMETRY, TIMESHEETS, VISITS
from services.geofence.worker import GROUP
from tests.chaos.fleet import Service
from tests.chaos.stage import COMMANDS, PARTITIONS, Stage

WORKED_THROUGH_S = 90.0
FOLLOWED = (VISITS, TIMESHEETS, SIGNALS, POSITIONS, FEEDBACK)
"""What metrics follows."""


async def come_to_an_end(on: Stage) -> None:
    """Stop ingest, wait for the rest, stop the engines. Raises EndedByItself, and TimeoutError."""
    await on.all_ready()
    await stop(on, "ingest")
    await _within_bounds(_until_committed(on), "committed all of telemetry")
    await _within_bounds(_until_no_lag(on, "geofence", PARTITIONS), "told of no lag")
    await stop(on, "geofence")
    await _within_bounds(_until_no_lag(on, "metrics", len(FOLLOWED) * PARTITIONS), "told of no lag")


async def stop(on: Stage, command: str) -> None:
    """Stop all services of one kind. Raises EndedByItself."""
    await asyncio.gather(*(service.stop() for service in _of(on, command)))


async def _within_bounds(waiting: Coroutine[Any, Any, None], what: str) -> None:
    try:
        async with asyncio.timeout(WORKED_THROUGH_S):
            await waiting
    except TimeoutError:
        msg = f"after {WORKED_THROUGH_S:.0f} s the services have not {what}"
        raise TimeoutError(msg) from None


async def _until_committed(on: Stage) -> None:
    """Wait until the group has committed up to the end, which moves no more."""
    ends = {number: each.end for number, each in (await on.log.bounds(TELEMETRY.name)).items()}
    admin = AIOKafkaAdminClient(bootstrap_servers=on.brokers.direct)
    await admin.start()
    try:
        while True:
            if await _committed(admin) == ends:
                return
            await asyncio.sleep(0.2)
    finally:
        await admin.close()


async def _committed(admin: AIOKafkaAdminClient) -> dict[int, int]:
    offsets = await admin.list_consumer_group_offsets(GROUP)
    return {place.partition: told.offset for place, told in offsets.items()}


async def _until_no_lag(on: Stage, command: str, partitions: int) -> None:
    """Wait until the services of one kind say that they are at the end of so many partitions."""
    while True:
        told = await asyncio.gather(*(each.lag(on.http) for each in _of(on, command)))
        lags = [
            lag for topics in told for by_number in topics.values() for lag in by_number.values()
        ]
        if len(lags) == partitions and not any(lags):
            return
        await asyncio.sleep(0.2)


def _of(on: Stage, command: str) -> list[Service]:
    return [each for name, each in on.services.items() if COMMANDS[name] == command]
