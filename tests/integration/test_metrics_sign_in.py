"""Signing a browser in by token or one-time link, and out; and what other sites cannot do."""

from __future__ import annotations

import re

import pytest

from services.contracts.reference import Deleted
from services.edge.sessions import COOKIE
from tests.support.metrics import Served, bearer, epoch_ms, learn


async def sign_in(served: Served, token: str, **headers: str) -> int:
    answer = await served.client.post("/v1/session", json={"token": token}, headers=headers)
    return answer.status_code


async def test_a_token_signs_a_browser_in_and_out(served: Served) -> None:
    assert (await served.client.get("/v1/session")).status_code == 401
    assert await sign_in(served, "secret-view") == 204
    session = await served.client.get("/v1/session")
    told = session.json()
    assert re.fullmatch(r"\d\d:00", told.pop("day_starts"))
    assert told == {
        "name": "the-view",
        "scopes": ["figures", "view"],
        "timezone": "UTC",
        "simulated": False,
    }
    assert session.headers["cache-control"] == "no-store"
    assert (await served.client.get("/v1/units")).status_code == 200
    assert (await served.client.get("/metrics")).status_code == 401
    assert (await served.client.delete("/v1/session")).status_code == 204
    assert (await served.client.get("/v1/session")).status_code == 401


async def test_a_bearer_has_a_session_too(served: Served) -> None:
    answer = await served.client.get("/v1/session", headers=bearer("admin"))
    assert answer.json()["scopes"] == ["ingest", "scrape", "figures", "view", "supervise", "admin"]


async def test_a_wrong_token_is_refused(served: Served) -> None:
    answer = await served.client.post("/v1/session", json={"token": "made-up"})
    assert answer.status_code == 401
    assert "not known here, or was revoked" in answer.json()["detail"]
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("body", [b"", b"[]", b'{"token":1}', b'{"token":"x","as":"admin"}'])
async def test_what_is_no_token_at_all_is_refused(served: Served, body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    answer = await served.client.post("/v1/session", content=body, headers=headers)
    assert answer.status_code == 422


async def test_a_one_time_link_works_once(served: Served) -> None:
    link = f"/sign-in?code={served.sessions.invite('the-admin')}"
    answer = await served.client.get(link)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert (await served.client.get("/v1/session")).json()["name"] == "the-admin"

    served.client.cookies.clear()
    again = await served.client.get(link)
    assert again.status_code == 401
    assert again.headers["content-type"] == "text/html; charset=utf-8"
    assert "not valid any more" in again.text
    assert "frame-ancestors 'none'" in again.headers["content-security-policy"]
    assert (await served.client.get("/v1/session")).status_code == 401


async def test_a_changed_cookie_signs_nobody_in(served: Served) -> None:
    await sign_in(served, "secret-figures")
    cookie = served.client.cookies[COOKIE]
    served.client.cookies.clear()
    for changed in (cookie[:-1], f"{cookie}0", f"x{cookie}", cookie.replace(".", "")):
        answer = await served.client.get("/v1/session", headers={"Cookie": f"{COOKIE}={changed}"})
        assert answer.status_code == 401


async def test_revoking_the_token_ends_the_session(served: Served) -> None:
    await sign_in(served, "secret-view")
    invited = served.sessions.invite("the-view")
    gone = Deleted(type="token", id="the-view", effective_from=epoch_ms(), changed_by="test")
    await learn(served.log, [gone])
    end = (await served.log.bounds("reference"))[0].end
    await served.view.reached(end)
    assert (await served.client.get("/v1/session")).status_code == 401
    await served.client.get(f"/sign-in?code={invited}")
    assert (await served.client.get("/v1/session")).status_code == 401


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 204),
        ({"Sec-Fetch-Site": "same-origin"}, 204),
        ({"Sec-Fetch-Site": "none"}, 204),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "OWN"}, 403),
        ({"Origin": "OWN"}, 204),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
    ],
)
async def test_only_the_own_page_may_sign_in_or_out(
    served: Served, headers: dict[str, str], status: int
) -> None:
    own = str(served.client.base_url).rstrip("/")
    sent = {name: own if value == "OWN" else value for name, value in headers.items()}
    assert await sign_in(served, "secret-view", **sent) == status
    assert (await served.client.delete("/v1/session", headers=sent)).status_code == status
