"""Duties over HTTP: what a roster comes to in the log, and what is known of a duty afterwards."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from services.contracts.reference import Duty, Scope
from tests.support.deployment import deployment
from tests.support.ingest import NOW, Ingest, ingest_in

HOUR = 3_600_000


def duty(**fields: object) -> dict[str, Any]:
    return {
        "radio_id": "R1",
        "officer_ids": ["P1"],
        "from": "2026-06-01T22:00:00+01:00",
        "to": "2026-06-02T06:00:00+01:00",
        **fields,
    }


@pytest.fixture
async def ingest(tmp_path: Path) -> AsyncIterator[Ingest]:
    async with ingest_in(tmp_path) as running:
        yield running


async def ask(
    ingest: Ingest, scope: Scope, method: str, path: str, body: object = None
) -> httpx.Response:
    content = None if body is None else json.dumps(body)  # httpx cannot write half a pair
    headers = {**ingest.bearer(scope), "content-type": "application/json"}
    return await ingest.client.request(method, path, content=content, headers=headers)


async def duties_in(ingest: Ingest) -> list[Duty]:
    return [each for each in await ingest.held("reference") if isinstance(each, Duty)]


async def test_a_duty_of_last_month_and_one_of_next_are_both_shown(ingest: Ingest) -> None:
    for id_, since in (("past", NOW - 700 * HOUR), ("next", NOW + 700 * HOUR)):
        body = duty(**{"from": since, "to": since + HOUR})
        put = await ask(ingest, "supervise", "PUT", f"/v1/duties/{id_}", body)
        assert put.status_code == 201
        shown = await ask(ingest, "view", "GET", f"/v1/duties/{id_}")
        assert (shown.status_code, shown.json()) == (200, put.json())
        assert shown.json()["effective_from"] == "2026-05-28T20:26:40.000Z"


async def test_a_duty_handed_to_another_radio_is_that_radios(ingest: Ingest) -> None:
    await ask(ingest, "supervise", "PUT", "/v1/duties/d-1", duty())
    moved = await ask(ingest, "supervise", "PUT", "/v1/duties/d-1", duty(radio_id="R2"))
    shown = await ask(ingest, "view", "GET", "/v1/duties/d-1")
    assert (shown.json()["radio_id"], shown.json()["version"]) == ("R2", moved.json()["version"])
    register = ingest.view.register
    assert (register.duties("R1"), register.duty_radio("d-1")) == ([], "R2")
    await ask(ingest, "supervise", "DELETE", "/v1/duties/d-1")
    missing = await ask(ingest, "view", "GET", "/v1/duties/d-1")
    assert missing.json()["detail"] == "There is no duty 'd-1'."
    assert register.duties("R2") == []


async def test_a_wrong_duty_leaves_the_last_one(ingest: Ingest) -> None:
    good = await ask(ingest, "supervise", "PUT", "/v1/duties/d-1", duty())
    long = duty(to="2026-06-03T06:00:00+01:00")
    bad = await ask(ingest, "supervise", "PUT", "/v1/duties/d-1", long)
    assert bad.status_code == 422
    assert bad.json()["detail"].startswith("to: the duty lasts 32.0 h; a duty lasts at most 24 h")
    assert (await ask(ingest, "view", "GET", "/v1/duties/d-1")).json() == good.json()


async def test_one_bad_duty_costs_no_other(ingest: Ingest) -> None:
    roster = [
        duty(duty_id="a"),
        duty(duty_id="b", role="chief"),
        duty(duty_id="c", **{"\ud800": 1}),
    ]
    answer = await ask(ingest, "supervise", "PUT", "/v1/duties", [*roster, duty(duty_id="d")])
    assert answer.status_code == 200
    taken = answer.json()
    assert (taken["accepted"], set(taken["versions"])) == (2, {"a", "d"})
    assert [(each["index"], each["duty_id"], each["field"]) for each in taken["rejected"]] == [
        (1, "b", "role"),
        (2, "c", ""),
    ]
    assert [each.duty_id for each in await duties_in(ingest)] == ["a", "d"]
    shown = await ask(ingest, "view", "GET", "/v1/duties/d")
    assert shown.json()["version"] == taken["versions"]["d"]


async def test_a_roster_without_one_good_duty_is_refused(ingest: Ingest) -> None:
    answer = await ask(ingest, "supervise", "PUT", "/v1/duties", [duty(), 5])
    assert answer.status_code == 422
    problem = answer.json()
    assert problem["detail"] == "No duty could be taken. Item 0: duty_id: Field required."
    assert (problem["accepted"], len(problem["rejected"])) == (0, 2)
    assert await duties_in(ingest) == []


@pytest.mark.parametrize(
    ("body", "status"), [([], 200), ({}, 422), ([duty()] * 5001, 422)], ids=["none", "one", "many"]
)
async def test_what_no_roster_is_changes_nothing(ingest: Ingest, body: object, status: int) -> None:
    answer = await ask(ingest, "supervise", "PUT", "/v1/duties", body)
    assert answer.status_code == status
    assert await duties_in(ingest) == []


@pytest.mark.parametrize(
    ("scope", "status"), [("view", 403), ("ingest", 403), ("supervise", 200), ("admin", 200)]
)
async def test_who_may_put_a_roster(ingest: Ingest, scope: Scope, status: int) -> None:
    answer = await ask(ingest, scope, "PUT", "/v1/duties", [duty(duty_id="a")])
    assert answer.status_code == status


def test_a_roster_outlives_the_process(tmp_path: Path) -> None:
    with deployment(tmp_path) as running, running.client() as client:
        put = client.put("/v1/duties", json=[duty(duty_id="a"), duty(duty_id="b")])
        assert put.json()["accepted"] == 2
    with deployment(tmp_path) as running, running.client() as client:
        shown = client.get("/v1/duties/b").json()
        assert (shown["version"], shown["from"]) == (
            put.json()["versions"]["b"],
            "2026-06-01T21:00:00.000Z",
        )
