"""What the page writes with its cookie, and what other sites cannot make it write."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import Request, Response

from services.contracts.people import Feedback
from services.contracts.reference import Deleted, HotSpot, Plan, Scope
from services.edge.sessions import COOKIE
from tests.support.ingest import Ingest, ingest_in

RING = [[-0.1, 51.5], [-0.098, 51.5], [-0.098, 51.502], [-0.1, 51.502], [-0.1, 51.5]]
MARKET = {
    "type": "Feature",
    "geometry": {"type": "Polygon", "coordinates": [RING]},
    "properties": {"name": "Market"},
}
EVENINGS = {
    "hotspot_id": "market",
    "weekdays": ["fri"],
    "windows": [{"from": "20:00", "to": "22:00", "patrols": 1}],
    "minutes_each": {"low": 10, "high": 20},
}
NOTE = {"thread_id": "t", "kind": "note", "about": {"hotspot_id": "market"}, "text": "Shut."}
Write = tuple[str, str, dict[str, Any] | None]
WRITES: list[Write] = [
    ("PUT", "/v1/hotspots/market", MARKET),
    ("PUT", "/v1/plans/evenings", EVENINGS),
    ("POST", "/v1/feedback", NOTE),
    ("DELETE", "/v1/plans/evenings", None),
    ("DELETE", "/v1/hotspots/market", None),
]
OTHER_SITES = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
]


@pytest.fixture
async def ingest(tmp_path: Path) -> AsyncIterator[Ingest]:
    async with ingest_in(tmp_path) as running:
        yield running


def signed_in(ingest: Ingest, scope: Scope) -> dict[str, str]:
    """The headers of a browser that a token of that scope signed in."""
    [token] = [each for each in ingest.view.register.tokens() if each.scopes == [scope]]
    response = Response()
    request = Request({"type": "http", "scheme": "http", "headers": [], "path": "/"})
    ingest.sessions.begin(response, request, token.token_id)
    return {"Cookie": response.headers["set-cookie"].partition(";")[0]}


async def send(ingest: Ingest, write: Write, headers: dict[str, str]) -> httpx.Response:
    method, path, body = write
    return await ingest.client.request(method, path, json=body, headers=headers)


async def written(ingest: Ingest) -> list[type]:
    """What the log holds of what the page may write."""
    held = [*await ingest.held("reference"), *await ingest.held("feedback")]
    return [type(each) for each in held if isinstance(each, HotSpot | Plan | Feedback | Deleted)]


@pytest.mark.parametrize(
    "said", [{"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://ingest"}, {}]
)
async def test_the_own_page_may_write(ingest: Ingest, said: dict[str, str]) -> None:
    headers = signed_in(ingest, "supervise") | said
    answers = [await send(ingest, write, headers) for write in WRITES]
    assert [answer.status_code for answer in answers] == [201, 201, 202, 200, 200]
    assert sorted(each.__name__ for each in await written(ingest)) == [
        "Deleted",
        "Deleted",
        "Feedback",
        "HotSpot",
        "Plan",
    ]


@pytest.mark.parametrize("write", WRITES, ids=lambda write: f"{write[0]} {write[1]}")
@pytest.mark.parametrize("said", OTHER_SITES, ids=str)
async def test_another_site_may_not(ingest: Ingest, write: Write, said: dict[str, str]) -> None:
    answer = await send(ingest, write, signed_in(ingest, "supervise") | said)
    assert answer.status_code == 403
    assert answer.json()["type"] == "urn:stepsix:problem:cross_site"
    assert await written(ingest) == []


async def test_who_sends_a_token_may_from_anywhere(ingest: Ingest) -> None:
    for said in OTHER_SITES:
        answer = await send(ingest, WRITES[0], ingest.bearer("supervise") | said)
        assert answer.is_success


async def test_the_scope_is_that_of_the_token(ingest: Ingest) -> None:
    headers = signed_in(ingest, "view")
    answers = [await send(ingest, write, headers) for write in WRITES]
    assert [answer.status_code for answer in answers] == [403, 403, 202, 403, 403]
    assert {answer.json()["type"] for answer in answers if answer.is_error} == {
        "urn:stepsix:problem:forbidden"
    }


async def test_a_cookie_of_another_deployment_is_none(ingest: Ingest) -> None:
    answer = await send(ingest, WRITES[2], {"Cookie": f"{COOKIE}=made.up"})
    assert answer.status_code == 401
