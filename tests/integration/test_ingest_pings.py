"""Posting pings over HTTP into a real log."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from starlette.types import Message

from services.contracts.reference import Scope
from services.contracts.telemetry import Gps, Presence
from services.edge.app import MAX_BODY_BYTES
from tests.support.ingest import NOW, Ingest, ingest_in

JSON = {"content-type": "application/json"}
LINES = {"content-type": "application/x-ndjson"}
PING = {"radio_id": "R1", "lat": 51.5, "lon": -0.1}
NAMELESS = {"lat": 51.5, "lon": -0.1}


@pytest.fixture
async def ingest(tmp_path: Path) -> AsyncIterator[Ingest]:
    async with ingest_in(tmp_path) as running:
        yield running


async def post(
    ingest: Ingest, body: bytes, headers: dict[str, str], query: str = ""
) -> httpx.Response:
    return await ingest.client.post(
        f"/v1/pings{query}", content=body, headers={**ingest.bearer("ingest"), **headers}
    )


@pytest.mark.parametrize(
    ("body", "headers", "accepted"),
    [
        (json.dumps(PING), JSON, 1),
        (json.dumps([PING, {"radio_id": "R2", "kind": "radio"}]), JSON, 2),
        (json.dumps(PING) + "\n" + json.dumps(PING) + "\n", LINES, 2),
        ("[]", JSON, 0),
        ("", LINES, 0),
        (json.dumps(PING), {"content-type": "Application/JSON; charset=UTF-8"}, 1),
    ],
)
async def test_what_is_accepted_is_in_the_log(
    ingest: Ingest, body: str, headers: dict[str, str], accepted: int
) -> None:
    answer = await post(ingest, body.encode(), headers)
    assert answer.status_code == 202
    assert answer.json() == {"accepted": accepted, "rejected": []}
    assert len(await ingest.telemetry()) == accepted


async def test_a_message_says_its_source_and_when_it_came(ingest: Ingest) -> None:
    await post(ingest, json.dumps([PING, {"radio_id": "R2", "kind": "radio"}]).encode(), JSON)
    held = await ingest.telemetry()
    assert sorted(held, key=lambda each: str(each.radio_id)) == [
        Gps(radio_id="R1", source="acme", lat=51.5, lon=-0.1, fix_time=NOW, received_at=NOW),
        Presence(radio_id="R2", source="acme", received_at=NOW),
    ]


async def test_the_order_of_one_radio_is_kept(ingest: Ingest) -> None:
    sent = [{**PING, "radio_id": f"R{n % 7}", "fix_time": NOW + n} for n in range(500)]
    await post(ingest, json.dumps(sent).encode(), JSON)
    held: dict[str, list[int]] = {}
    for each in await ingest.telemetry():
        held.setdefault(each.radio_id, []).append(each.fix_time)
    assert held == {f"R{r}": [NOW + n for n in range(500) if n % 7 == r] for r in range(7)}


async def test_the_rest_is_taken_and_the_bad_one_named(ingest: Ingest) -> None:
    answer = await post(ingest, json.dumps([NAMELESS, PING]).encode(), JSON)
    assert answer.status_code == 202
    assert answer.json()["accepted"] == 1
    [rejected] = answer.json()["rejected"]
    assert (rejected["index"], rejected["field"], rejected["code"]) == (0, "radio_id", "missing")
    scrape = (await ingest.client.get("/metrics", headers=ingest.bearer("scrape"))).text
    assert 'stepsix_ingest_pings_total{kind="gps",source="acme"} 1.0' in scrape
    assert 'stepsix_ingest_rejected_total{code="missing",source="acme"} 1.0' in scrape
    assert "stepsix_ingest_pending_bytes 0.0" in scrape


async def test_nothing_but_bad_items_is_a_problem_with_the_same_verdicts(ingest: Ingest) -> None:
    answer = await post(ingest, json.dumps([NAMELESS]).encode(), JSON)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert (problem["accepted"], len(problem["rejected"])) == (0, 1)
    assert "Item 0: radio_id is needed" in problem["detail"]


@pytest.mark.parametrize(
    ("body", "headers", "status", "words"),
    [
        (b"", JSON, 400, "line 1 column 1"),
        (b'{"radio_id":"R1","lat":NaN}', JSON, 400, "character 24: NaN is not JSON"),
        (b"{}", {}, 415, "application/json or application/x-ndjson"),
        (b"{}", {"content-type": "text/csv"}, 415, "application/json or application/x-ndjson"),
        (b"{}", {"content-type": "application/json; charset=utf-16"}, 415, "UTF-8"),
        (b"{}", {**JSON, "content-encoding": "gzip"}, 415, "without a Content-Encoding"),
        (b" " * (MAX_BODY_BYTES + 1), JSON, 413, "8 MiB; send the rest in others"),
        (b"0\n" * 100_001, LINES, 413, "100000 items; send the rest in others"),
    ],
    ids=["empty", "nan", "untyped", "csv", "utf-16", "gzip", "large", "many"],
)
async def test_a_request_that_cannot_be_read_says_why(
    ingest: Ingest, body: bytes, headers: dict[str, str], status: int, words: str
) -> None:
    answer = await post(ingest, body, headers)
    assert answer.status_code == status
    assert words in answer.json()["detail"]
    assert await ingest.telemetry() == []


async def test_a_body_of_unknown_length_is_bounded_too(ingest: Ingest) -> None:
    async def endless() -> AsyncIterator[bytes]:
        while True:
            yield b" " * 2**20

    answer = await ingest.client.post(
        "/v1/pings", content=endless(), headers={**ingest.bearer("ingest"), **JSON}
    )
    assert answer.status_code == 413


async def test_a_dry_run_appends_nothing(ingest: Ingest) -> None:
    body = json.dumps([{**PING, "colour": "red"}, NAMELESS]).encode()
    answer = await post(ingest, body, JSON, "?dry_run=1")
    assert answer.status_code == 200
    said = answer.json()
    assert (said["accepted"], len(said["rejected"])) == (1, 1)
    assert said["understood"][0]["ignored"] == ["colour"]
    assert (await post(ingest, b"[{}]", JSON, "?dry_run=1")).status_code == 422
    assert await ingest.telemetry() == []
    scrape = (await ingest.client.get("/metrics", headers=ingest.bearer("scrape"))).text
    assert "stepsix_ingest_rejected_total{" not in scrape


@pytest.mark.parametrize(
    ("scope", "query", "status", "source"),
    [
        ("ingest", "", 202, "acme"),
        ("ingest", "?source=acme", 202, "acme"),
        ("ingest", "?source=other", 403, None),
        ("admin", "", 202, "local"),
        ("admin", "?source=other", 202, "other"),
        ("admin", "?source=a%20b", 422, None),
        ("view", "", 403, None),
    ],
)
async def test_a_token_posts_as_its_source(
    ingest: Ingest, scope: Scope, query: str, status: int, source: str | None
) -> None:
    answer = await ingest.client.post(f"/v1/pings{query}", json=PING, headers=ingest.bearer(scope))
    assert answer.status_code == status
    assert [each.source for each in await ingest.telemetry()] == ([source] if source else [])


async def test_without_a_token_nothing_is_read(ingest: Ingest) -> None:
    answer = await ingest.client.post("/v1/pings", content=b"not JSON")
    assert answer.status_code == 401


async def test_a_sender_that_hangs_up_costs_nothing(ingest: Ingest) -> None:
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    request = ingest.client.build_request(
        "POST", "/v1/pings", json=PING, headers=ingest.bearer("ingest")
    )
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": "/v1/pings",
        "raw_path": b"/v1/pings",
        "query_string": b"",
        "headers": [(name.lower(), value) for name, value in request.headers.raw],
        "server": ("ingest", 80),
        "client": ("radio", 1),
    }
    await ingest.app(scope, receive, send)
    assert sent[0]["status"] == 400
    assert await ingest.telemetry() == []
