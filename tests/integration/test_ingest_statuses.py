"""Posting officers' statuses over HTTP into a real log."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from services.contracts.codec import decode
from services.contracts.reference import Scope
from services.contracts.telemetry import Status, Tick
from services.edge.app import MAX_BODY_BYTES
from services.eventlog.partitioning import partition_of
from tests.support.ingest import NOW, Ingest, ingest_in

STATUS = {"radio_id": "R1", "status": "on_patrol"}
JSON, LINES = "application/json", "application/x-ndjson"


@pytest.fixture
async def ingest(tmp_path: Path) -> AsyncIterator[Ingest]:
    async with ingest_in(tmp_path) as running:
        yield running


async def post(
    ingest: Ingest, items: object, query: str = "", scope: Scope = "ingest"
) -> httpx.Response:
    return await ingest.client.post(
        f"/v1/statuses{query}", json=items, headers=ingest.bearer(scope)
    )


async def post_bytes(ingest: Ingest, body: bytes, type_: str) -> httpx.Response:
    headers = {**ingest.bearer("ingest"), "content-type": type_}
    return await ingest.client.post("/v1/statuses", content=body, headers=headers)


async def test_a_status_is_in_the_partition_of_its_radio(ingest: Ingest) -> None:
    sent = [{"radio_id": f"R{n}", "status": "on_duty", "at": NOW - n} for n in range(20)]
    answer = await post(ingest, sent)
    assert (answer.status_code, answer.json()) == (202, {"accepted": 20, "rejected": []})
    found = {}
    for partition, extent in (await ingest.log.bounds("telemetry")).items():
        async for records in ingest.log.read("telemetry", partition, extent.start):
            for record in records:
                message = decode("telemetry", record.value)
                if not isinstance(message, Tick):
                    found[record.key] = partition, message
    assert found == {
        f"R{n}".encode(): (
            partition_of(f"R{n}".encode(), 3),
            Status(radio_id=f"R{n}", source="acme", status="on_duty", at=NOW - n, received_at=NOW),
        )
        for n in range(20)
    }


async def test_codes_are_known_from_the_moment_they_are_put_into_force(ingest: Ingest) -> None:
    code = {"radio_id": "R1", "status": "2"}
    answer = await post(ingest, code)
    assert answer.status_code == 422
    [rejected] = answer.json()["rejected"]
    assert (rejected["field"], rejected["code"]) == ("status", "unknown_status")
    assert "put it into the status_map (PUT /v1/sources/acme)" in answer.json()["detail"]
    acme = {"name": "Acme", "status_map": {"2": "at_scene"}}
    await ingest.client.put("/v1/sources/acme", json=acme, headers=ingest.bearer("admin"))
    assert (await post(ingest, code)).status_code == 202
    assert await ingest.telemetry() == [
        Status(radio_id="R1", source="acme", status="at_scene", at=NOW, received_at=NOW, code="2")
    ]


async def test_one_bad_status_never_costs_the_others_and_each_is_counted(ingest: Ingest) -> None:
    lines = [json.dumps(STATUS), "{broken", json.dumps({**STATUS, "status": "asleep"})]
    answer = await post_bytes(ingest, "\n".join(lines).encode(), LINES)
    assert answer.status_code == 202
    assert answer.json()["accepted"] == 1
    assert [(each["index"], each["code"]) for each in answer.json()["rejected"]] == [
        (1, "not_json"),
        (2, "unknown_status"),
    ]
    scrape = (await ingest.client.get("/metrics", headers=ingest.bearer("scrape"))).text
    assert 'stepsix_ingest_pings_total{kind="status",source="acme"} 1.0' in scrape
    assert 'stepsix_ingest_rejected_total{code="not_json",source="acme"} 1.0' in scrape
    assert 'stepsix_ingest_rejected_total{code="unknown_status",source="acme"} 1.0' in scrape
    assert "stepsix_ingest_pending_bytes 0.0" in scrape


async def test_a_dry_run_appends_nothing(ingest: Ingest) -> None:
    answer = await post(ingest, STATUS, "?dry_run=1")
    assert answer.status_code == 200
    [understood] = answer.json()["understood"]
    assert (understood["kind"], understood["status"]) == ("status", "on_patrol")
    assert await ingest.telemetry() == []


@pytest.mark.parametrize(
    ("scope", "query", "status", "source"),
    [
        ("ingest", "", 202, "acme"),
        ("ingest", "?source=other", 403, None),
        ("admin", "", 202, "local"),
        ("admin", "?source=other", 202, "other"),
        ("supervise", "", 403, None),
    ],
)
async def test_a_token_posts_as_its_source(
    ingest: Ingest, scope: Scope, query: str, status: int, source: str | None
) -> None:
    answer = await post(ingest, STATUS, query, scope)
    assert answer.status_code == status
    assert [each.source for each in await ingest.telemetry()] == ([source] if source else [])


@pytest.mark.parametrize(
    ("body", "type_", "status", "words"),
    [
        (b'{"radio_id":"R1","status":NaN}', JSON, 400, "NaN is not JSON"),
        (b"{}", "text/csv", 415, "application/json or application/x-ndjson"),
        (b" " * (MAX_BODY_BYTES + 1), JSON, 413, "8 MiB; send the rest in others"),
        (b"0\n" * 100_001, LINES, 413, "100000 items; send the rest in others"),
    ],
    ids=["nan", "csv", "large", "many"],
)
async def test_a_request_that_cannot_be_read_says_why(
    ingest: Ingest, body: bytes, type_: str, status: int, words: str
) -> None:
    answer = await post_bytes(ingest, body, type_)
    assert answer.status_code == status
    assert words in answer.json()["detail"]
    assert await ingest.telemetry() == []
