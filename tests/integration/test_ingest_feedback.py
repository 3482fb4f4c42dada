"""Posting feedback over HTTP into a real log, of either kind."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from services.contracts.people import Feedback
from services.contracts.reference import Scope
from services.eventlog.port import EventLog
from services.ingest import tokens
from services.ingest.routes.posting import LOCAL_SOURCE
from tests.integration.test_ingest_outage import occupied
from tests.support.ingest import NOW, Ingest, ingest_in, make_tokens, running_on

THREAD = "lost/e-1"
ACKNOWLEDGE = {"thread_id": THREAD, "kind": "acknowledge", "about": {"episode_id": "e-1"}}
NOTE = {"thread_id": "t-7", "kind": "note", "about": {"visit_id": "v-1"}, "text": "It was shut."}


@pytest.fixture
async def ingest(log: EventLog) -> AsyncIterator[Ingest]:
    async with running_on(log, await make_tokens(log)) as running:
        yield running


async def post(
    ingest: Ingest, items: object, scope: Scope = "view", query: str = ""
) -> httpx.Response:
    return await ingest.client.post(
        f"/v1/feedback{query}", json=items, headers=ingest.bearer(scope)
    )


async def test_what_is_said_is_in_its_thread_under_the_name_of_the_token(ingest: Ingest) -> None:
    answer = await post(ingest, [ACKNOWLEDGE, {**NOTE, "by": "chief", "at": 5}], "supervise")
    assert (answer.status_code, answer.json()) == (202, {"accepted": 2, "rejected": []})
    [acknowledged, note] = sorted(await ingest.held("feedback"), key=lambda each: each.type)
    [by] = {
        token.token_id for token in ingest.view.register.tokens() if "supervise" in token.scopes
    }
    assert acknowledged == Feedback(
        thread_id=THREAD, type="acknowledge", by=by, at=NOW, text="", episode_id="e-1"
    )
    assert (note.by, note.at, note.text) == (by, NOW, "It was shut.")
    keys = set()
    for partition, extent in (await ingest.log.bounds("feedback")).items():
        async for records in ingest.log.read("feedback", partition, extent.start):
            keys |= {record.key for record in records}
    assert keys == {THREAD.encode(), b"t-7"}
    assert await ingest.telemetry() == []


async def test_an_officers_token_speaks_for_the_officer(ingest: Ingest) -> None:
    created = await tokens.create(
        ingest.log, scopes=["view", "own"], by="test", at=NOW, officer_id="P1"
    )
    await ingest.view.reached((await ingest.log.bounds("reference"))[0].end)
    headers = {"Authorization": f"Bearer {created.secret}"}
    answer = await ingest.client.post("/v1/feedback", json=NOTE, headers=headers)
    assert answer.status_code == 202
    assert [each.by for each in await ingest.held("feedback")] == ["P1"]


@pytest.mark.parametrize(
    ("scope", "status"), [("view", 202), ("supervise", 202), ("ingest", 403), ("scrape", 403)]
)
async def test_who_sees_may_speak(ingest: Ingest, scope: Scope, status: int) -> None:
    assert (await post(ingest, NOTE, scope)).status_code == status
    assert len(await ingest.held("feedback")) == (status == 202)


async def test_one_bad_item_never_costs_the_others_and_no_metric_names_anybody(
    ingest: Ingest,
) -> None:
    lines = [json.dumps(NOTE), "{broken", json.dumps({**NOTE, "text": ""})]
    headers = {**ingest.bearer("view"), "content-type": "application/x-ndjson"}
    answer = await ingest.client.post("/v1/feedback", content="\n".join(lines), headers=headers)
    assert answer.status_code == 202
    assert [(each["index"], each["code"]) for each in answer.json()["rejected"]] == [
        (1, "not_json"),
        (2, "missing"),
    ]
    assert len(await ingest.held("feedback")) == 1
    scrape = (await ingest.client.get("/metrics", headers=ingest.bearer("scrape"))).text
    assert f'stepsix_ingest_pings_total{{kind="feedback",source="{LOCAL_SOURCE}"}} 1.0' in scrape
    assert f'rejected_total{{code="missing",source="{LOCAL_SOURCE}"}} 1.0' in scrape
    assert not any(token.token_id in scrape for token in ingest.view.register.tokens())


async def test_a_dry_run_appends_nothing(ingest: Ingest) -> None:
    answer = await post(ingest, {**ACKNOWLEDGE, "by": "chief"}, query="?dry_run=1")
    assert answer.status_code == 200
    [understood] = answer.json()["understood"]
    assert (understood["type"], understood["ignored"]) == ("acknowledge", ["by"])
    assert await ingest.held("feedback") == []


async def test_while_the_log_is_out_of_reach_it_says_so_and_keeps_nothing(tmp_path: Path) -> None:
    async with ingest_in(tmp_path) as ingest:
        await ingest.until_ready()
        with occupied(tmp_path):
            answer = await post(ingest, NOTE)
        assert answer.status_code == 503
        assert int(answer.headers["retry-after"]) > 0
        assert await ingest.held("feedback") == []
