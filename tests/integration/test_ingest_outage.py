"""A log that cannot take more for a while: told, bounded, waited out, and nothing lost."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from services.edge.app import MAX_BODY_BYTES
from services.eventlog.opening import Embedded, open_log
from services.ingest.admission import BYTES_A_BYTE, LIMIT_BYTES
from tests.support.ingest import Ingest, ingest_in, make_tokens, running_on, until

MOST_AT_ONCE = LIMIT_BYTES // (MAX_BODY_BYTES * BYTES_A_BYTE)
"""Bodies of the largest size that hold one ping each."""
PING = json.dumps({"radio_id": "R1", "lat": 51.5, "lon": -0.1}).encode()


@pytest.fixture
async def ingest(tmp_path: Path) -> AsyncIterator[Ingest]:
    async with ingest_in(tmp_path) as running:
        yield running


@contextmanager
def occupied(folder: Path) -> Iterator[None]:
    """Hold the log's file, as a disk that hangs would."""
    [file] = folder.glob("*.sqlite3")
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


async def post(ingest: Ingest, body: bytes, query: str = "") -> httpx.Response:
    headers = {**ingest.bearer("ingest"), "content-type": "application/json"}
    return await ingest.client.post(f"/v1/pings{query}", content=body, headers=headers)


async def trouble(ingest: Ingest) -> str | None:
    said = (await ingest.client.get("/readyz")).json()
    assert said["ready"] is True
    reason: str | None = said["reason"]
    return reason


async def test_an_outage_is_told_and_waited_out(ingest: Ingest, tmp_path: Path) -> None:
    await ingest.until_ready()
    with occupied(tmp_path):
        ping, radio = await asyncio.gather(
            post(ingest, PING),
            ingest.client.put("/v1/radios/R1", json={}, headers=ingest.bearer("admin")),
        )
        await until(lambda: trouble(ingest))
        ticks = len(await ingest.ticks())
    for answer in (ping, radio):
        assert answer.status_code == 503
        assert int(answer.headers["retry-after"]) > 0
        assert "could not write" in answer.json()["detail"]
    assert await ingest.telemetry() == []

    async def taken() -> bool:
        return (await post(ingest, PING)).status_code == 202

    await until(taken)
    assert len(await ingest.telemetry()) == 1
    scrape = (await ingest.client.get("/metrics", headers=ingest.bearer("scrape"))).text
    assert "stepsix_ingest_deferred_total 0.0" not in scrape

    async def beats_again() -> bool:
        return await trouble(ingest) is None and len(await ingest.ticks()) > ticks

    await until(beats_again)


async def test_above_the_bound_a_sender_is_told_at_once_and_who_waits_is_served(
    ingest: Ingest, tmp_path: Path
) -> None:
    large = PING.ljust(MAX_BODY_BYTES)
    with occupied(tmp_path):
        waiting = [asyncio.create_task(post(ingest, large)) for _ in range(MOST_AT_ONCE)]

        async def full() -> bool:
            pending = ingest.registry.get_sample_value("stepsix_ingest_pending_bytes") or 0
            return LIMIT_BYTES - pending < MAX_BODY_BYTES * BYTES_A_BYTE

        await until(full)
        began = time.monotonic()
        refused = await post(ingest, large)
        tried = await post(ingest, large, "?dry_run=1")
        assert time.monotonic() - began < 1
    for answer in (refused, tried):
        assert (answer.status_code, answer.json()["type"]) == (503, "urn:stepsix:problem:behind")
        assert int(answer.headers["retry-after"]) > 0
    assert [answer.status_code for answer in await asyncio.gather(*waiting)] == [202] * MOST_AT_ONCE
    assert len(await ingest.telemetry()) == MOST_AT_ONCE
    assert (await post(ingest, large)).status_code == 202


async def test_a_stop_during_an_outage_ends_all_the_same(tmp_path: Path) -> None:
    log = await open_log(Embedded(tmp_path, partitions=3))
    running = running_on(log, await make_tokens(log))
    ingest = await running.__aenter__()
    await ingest.until_ready()
    with occupied(tmp_path):
        await running.__aexit__(None, None, None)
        # Read while the outage goes on: what was handed in before its end may yet be written.
        farewells = [tick.farewell for tick in await ingest.ticks()]
    await log.close()
    assert farewells
    assert not any(farewells)
