"""Ingest on a real Kafka: accepted is in the log, in force is in every partition."""

from __future__ import annotations

import asyncio

import pytest

from services.contracts.reference import HotSpot
from services.eventlog.opening import open_log
from services.eventlog.places import Kafka
from tests.support.ingest import NOW, make_tokens, running_on
from tests.support.kafka import PARTITIONS

SQUARE = [[-0.1, 51.5], [-0.098, 51.5], [-0.098, 51.502], [-0.1, 51.502], [-0.1, 51.5]]


@pytest.mark.kafka
async def test_the_way_in_on_kafka(kafka: Kafka) -> None:
    log = await open_log(kafka)
    radios = [f"R{number}" for number in range(20)]
    sent = [
        [{"radio_id": radio, "lat": 51.5, "lon": -0.1, "fix_time": NOW + n} for n in range(50)]
        for radio in radios
    ]
    async with running_on(log, await make_tokens(log)) as ingest:
        await ingest.until_ready()
        bearer = ingest.bearer("ingest")
        answers = await asyncio.gather(
            *(ingest.client.post("/v1/pings", json=array, headers=bearer) for array in sent)
        )
        assert [answer.json()["accepted"] for answer in answers] == [50] * len(radios)
        held = await ingest.telemetry()
        for radio in radios:
            times = [each.fix_time for each in held if each.radio_id == radio]
            assert times == [NOW + n for n in range(50)]

        feature = {
            "type": "Feature",
            "id": "a",
            "geometry": {"type": "Polygon", "coordinates": [SQUARE]},
            "properties": {"name": "Market"},
        }
        drawn = {"type": "FeatureCollection", "features": [feature, {**feature, "id": "b"}]}
        before = await ingest.ends()
        answer = await ingest.client.put(
            "/v1/hotspots", json=drawn, headers=ingest.bearer("supervise")
        )
        spots = [each for each in await ingest.held("reference") if isinstance(each, HotSpot)]
        assert [each.hotspot_id for each in spots] == ["a", "b"]
        after = await ingest.ticks(since=before)
        named = [tick for tick in after if tick.reference_offset > answer.json()["versions"]["b"]]
        assert len(named) >= PARTITIONS
    farewells = [tick for tick in await ingest.ticks(since=before) if tick.farewell]
    assert len(farewells) == PARTITIONS
    await log.close()
