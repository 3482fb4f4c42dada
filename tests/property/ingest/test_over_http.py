"""Whatever is posted over HTTP: never a 500, and what was accepted is what the log holds."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.ingest import intake
from services.ingest.bodies import Form
from services.ingest.pings import PINGS
from services.ingest.posted import Posted
from tests.property.ingest.statuses import CODES, STATUSES, TRANSLATED_SINCE, any_status
from tests.support.ingest import NOW, Ingest, ingest_in
from tests.support.pings import any_json, any_ping

ONE_SERVICE = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
async def ingest(tmp_path: Path) -> AsyncIterator[Ingest]:
    async with ingest_in(tmp_path) as running:
        acme = {"name": "Acme", "status_map": CODES, "effective_from": TRANSLATED_SINCE}
        put = await running.client.put(
            "/v1/sources/acme", json=acme, headers=running.bearer("admin")
        )
        assert put.status_code == 201
        yield running


KINDS: dict[str, tuple[Posted[Any, Any], st.SearchStrategy[Any]]] = {
    "pings": (PINGS, any_ping()),
    "statuses": (STATUSES, any_status()),
}


@pytest.mark.parametrize("name", KINDS)
@given(data=st.data())
@ONE_SERVICE
async def test_what_was_accepted_is_what_the_log_holds(
    ingest: Ingest, name: str, data: st.DataObject
) -> None:
    kind, any_item = KINDS[name]
    items = data.draw(st.lists(any_item | any_json(), max_size=6))
    body = json.dumps(items).encode()
    before = await ingest.ends()
    answer = await ingest.client.post(
        f"/v1/{name}",
        content=body,
        headers={**ingest.bearer("ingest"), "content-type": Form.JSON.value},
    )
    said = answer.json()
    assert answer.status_code == (422 if items and said["accepted"] == 0 else 202)
    assert said["accepted"] + len(said["rejected"]) == len(items)
    held = await ingest.telemetry(since=before)
    assert said["accepted"] == len(held)
    sent = intake.take(body, Form.JSON, "acme", NOW, kind).messages
    for radio in {each.radio_id for each in sent}:
        assert [each for each in held if each.radio_id == radio] == [
            each for each in sent if each.radio_id == radio
        ]


@given(
    body=st.binary() | any_json().map(lambda each: json.dumps(each).encode()),
    type_=st.sampled_from(Form).map(lambda form: form.value) | st.text(max_size=20),
    path=st.sampled_from(
        [
            "/v1/pings",
            "/v1/pings?dry_run=1",
            "/v1/statuses",
            "/v1/statuses?dry_run=1",
            "/v1/feedback",
            "/v1/feedback?dry_run=1",
            "/v1/hotspots",
            "/v1/hotspots/h-1?dry_run=1",
            "/v1/radios/R1",
            "/v1/duties",
            "/v1/duties/d-1",
            "/v1/plans",
            "/v1/plans/p-1",
            "/v1/plans/p-1?dry_run=1",
        ]
    ),
)
@ONE_SERVICE
async def test_no_body_is_answered_with_a_500(
    ingest: Ingest, body: bytes, type_: str, path: str
) -> None:
    answer = await ingest.client.request(
        "POST" if any(each in path for each in ("pings", "statuses", "feedback")) else "PUT",
        path,
        content=body,
        headers=[
            (b"authorization", ingest.bearer("admin")["Authorization"].encode()),
            (b"content-type", type_.encode()),
        ],
    )
    assert answer.status_code < 500
    assert answer.json()
