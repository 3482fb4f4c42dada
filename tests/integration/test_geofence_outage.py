"""All brokers gone for a while: the worker says so, waits, and goes on where it was."""

from __future__ import annotations

import asyncio

import pytest
from prometheus_client import CollectorRegistry

from deploy.kafka.broker import Broker
from services.contracts.topics import REFERENCE, TELEMETRY
from services.eventlog.kafka import appending, claim
from services.eventlog.opening import open_log
from services.eventlog.port import EventLog, Unavailable
from services.geofence.app import GeofenceService
from tests.support.kafka import fresh_kafka
from tests.support.offline import Outputs, expected, there
from tests.support.patrols import Patrols, hotspot

pytestmark = [pytest.mark.kafka, pytest.mark.timeout(240)]
START = 1_780_000_000_000
AWAY_S = 10.0
"""Longer than the group's session and than the patience set here."""


async def feed(log: EventLog, patrols: Patrols, beats: int) -> None:
    """Append telemetry, whether or not the brokers can be reached yet."""
    reference_end = (await log.bounds(REFERENCE.name))[0].end
    for _ in range(beats):
        beat = patrols.beat(await log.partitions(), reference_end)
        while True:
            try:
                await log.append(beat)
                break
            except Unavailable:
                await asyncio.sleep(0.5)


async def all_of_it(log: EventLog, service: GeofenceService) -> None:
    """Wait until the service has committed everything and has no trouble."""
    wanted = {str(partition): 0 for partition in await log.bounds(TELEMETRY.name)}
    for _ in range(2_000):
        now = service.readiness()
        if now.lag["telemetry"] == wanted and now.reason is None:
            return
        await asyncio.sleep(0.05)
    pytest.fail(f"not caught up: {service.readiness()}")


async def comes_to_hold(log: EventLog, wanted: Outputs) -> None:
    """Wait until the derived topics hold these, if ever they do."""
    for _ in range(300):
        if await there(log) == wanted:
            return
        await asyncio.sleep(0.1)


async def told(service: GeofenceService) -> None:
    """Wait until the service says what is wrong; it stays ready, since that mends nothing."""
    for _ in range(1_000):
        now = service.readiness()
        assert now.ready
        if "Kafka" in (now.reason or ""):
            return
        await asyncio.sleep(0.05)
    pytest.fail(f"nothing was told: {service.readiness()}")


def unexpected(error: BaseException) -> None:
    raise error


@pytest.mark.parametrize("how", ["killed", "hanging"])
async def test_an_outage_is_told_and_waited_out(
    own_broker: Broker, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    monkeypatch.setattr(appending, "DELIVERY_S", 4.0)
    monkeypatch.setattr(claim, "COMMIT_S", 4.0)
    place = await fresh_kafka(own_broker, partitions=2)
    log, other = await open_log(place), await open_log(place)
    service = GeofenceService(log, registry=CollectorRegistry(), on_failure=unexpected)
    patrols = Patrols(7, start=START)
    try:
        async with service.running():
            await other.append([hotspot(number, 0) for number in range(5)])
            await feed(other, patrols, 10)
            await all_of_it(other, service)
            await feed(other, patrols, 1)
            (own_broker.kill if how == "killed" else own_broker.pause)()
            went = asyncio.get_running_loop().time()
            await told(service)
            await asyncio.sleep(went + AWAY_S - asyncio.get_running_loop().time())
            await asyncio.to_thread(own_broker.start if how == "killed" else own_broker.resume)
            await feed(other, patrols, 10)
            wanted = await expected(other)
            # Where telemetry ends is only known to the service since it last looked.
            await comes_to_hold(other, wanted)
            await all_of_it(other, service)
        assert await there(other) == wanted
    finally:
        await log.close()
        await other.close()
