"""Tokens made, listed and revoked in a real log, and what a running service makes of that."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from services.eventlog.port import EventLog, NewRecord
from services.ingest import tokens
from services.ingest.tokens import WrongToken
from tests.support.ingest import NOW, ingest_in

PING = {"radio_id": "R1", "lat": 51.5, "lon": -0.1}


async def test_a_token_is_shown_once_and_kept_hashed(embedded_log: EventLog) -> None:
    made = await tokens.create(
        embedded_log, scopes=["ingest", "ingest"], source="acme", by="root", at=NOW
    )
    [kept] = await tokens.valid(embedded_log)
    assert kept == made.token
    assert (kept.scopes, kept.source, kept.created_at) == (["ingest"], "acme", NOW)
    assert len(made.secret) >= 43
    async for records in embedded_log.read("reference", 0, 0):
        assert all(made.secret.encode() not in (record.value or b"") for record in records)


async def test_a_revoked_token_is_no_longer_valid(embedded_log: EventLog) -> None:
    first = await tokens.create(embedded_log, scopes=["view"], by="root", at=NOW)
    second = await tokens.create(embedded_log, scopes=["admin"], by="root", at=NOW + 1)
    await tokens.revoke(embedded_log, first.token.token_id, by="root", at=NOW + 2)
    assert await tokens.valid(embedded_log) == [second.token]
    with pytest.raises(WrongToken, match=second.token.token_id):
        await tokens.revoke(embedded_log, first.token.token_id, by="root", at=NOW + 3)


async def test_without_any_token_there_is_none_to_revoke(embedded_log: EventLog) -> None:
    with pytest.raises(WrongToken, match="there are: none"):
        await tokens.revoke(embedded_log, "x", by="root", at=NOW)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"scopes": []}, "one or more of the scopes ingest, scrape"),
        ({"scopes": ["view", "all"]}, "one or more of the scopes ingest, scrape"),
        ({"scopes": ["ingest"]}, "--source NAME"),
        ({"scopes": ["ingest"], "source": "a b"}, "must be 1 to 64 of the letters"),
        ({"scopes": ["own"]}, "--officer ID"),
    ],
)
async def test_a_token_that_cannot_be_made(
    embedded_log: EventLog, given: dict[str, Any], words: str
) -> None:
    with pytest.raises(WrongToken, match=words):
        await tokens.create(embedded_log, by="root", at=NOW, **given)
    assert await tokens.valid(embedded_log) == []


async def test_a_running_service_learns_of_both(tmp_path: Path) -> None:
    async with ingest_in(tmp_path) as ingest:
        made = await tokens.create(ingest.log, scopes=["ingest"], source="s", by="root", at=NOW)
        bearer = {"Authorization": f"Bearer {made.secret}"}
        await ingest.view.reached(ingest.view.offset + 1)
        assert (await ingest.client.post("/v1/pings", json=PING, headers=bearer)).is_success
        await tokens.revoke(ingest.log, made.token.token_id, by="root", at=NOW)
        await ingest.view.reached((await ingest.log.bounds("reference"))[0].end)
        refused = await ingest.client.post("/v1/pings", json=PING, headers=bearer)
        assert refused.status_code == 401


async def test_a_record_that_cannot_be_read_hides_no_token(embedded_log: EventLog) -> None:
    made = await tokens.create(embedded_log, scopes=["view"], by="root", at=NOW)
    await embedded_log.append([NewRecord("reference", b"token/x", b"not a message")])
    assert await tokens.valid(embedded_log) == [made.token]
