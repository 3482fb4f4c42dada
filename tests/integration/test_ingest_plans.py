"""Plans over HTTP: what is refused, what stays in force then, and who may see what."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from services.contracts.reference import Plan, Scope
from tests.support.deployment import deployment
from tests.support.ingest import NOW, Ingest, ingest_in
from tests.support.square import SQUARE

DAY = 86_400_000


def plan(days: str = "fri sat", **fields: object) -> dict[str, Any]:
    return {
        "hotspot_id": "market",
        "weekdays": days.split(),
        "windows": [{"from": "22:00", "to": "02:00", "patrols": 2}],
        "minutes_each": {"low": 10, "high": 16},
        **fields,
    }


def hotspot(type_: str = "hotspot") -> dict[str, Any]:
    return {"type": "Feature", "geometry": SQUARE, "properties": {"name": "A", "type": type_}}


@pytest.fixture
async def ingest(tmp_path: Path) -> AsyncIterator[Ingest]:
    async with ingest_in(tmp_path) as running:
        await ask(running, "supervise", "PUT", "/v1/hotspots/market", hotspot())
        await ask(running, "supervise", "PUT", "/v1/hotspots/tunnel", hotspot("blackspot"))
        yield running


async def ask(
    ingest: Ingest, scope: Scope, method: str, path: str, body: object = None
) -> httpx.Response:
    content = None if body is None else json.dumps(body)
    headers = {**ingest.bearer(scope), "content-type": "application/json"}
    return await ingest.client.request(method, path, content=content, headers=headers)


async def plans_in(ingest: Ingest) -> list[Plan]:
    return [each for each in await ingest.held("reference") if isinstance(each, Plan)]


async def test_a_plan_is_put_shown_changed_and_ended(ingest: Ingest) -> None:
    put = await ask(ingest, "supervise", "PUT", "/v1/plans/p-1", plan())
    assert put.status_code == 201
    assert put.json() == {
        **plan(),
        "dates": [],
        "minutes_per_day": 20.0,
        "slack_minutes": 10.0,
        "min_gap_minutes": 30.0,
        "judge_by": "patrols",
        "ring": "core",
        "arm": "treatment",
        "plan_id": "p-1",
        "effective_from": "2026-05-28T20:26:40.000Z",
        "effective_to": None,
        "version": put.json()["version"],
        "changed_by": put.json()["changed_by"],
    }
    shown = await ask(ingest, "view", "GET", "/v1/plans/p-1")
    assert (shown.status_code, shown.json()) == (200, put.json())
    next_week = plan("sun", effective_from=NOW + 7 * DAY, effective_to=NOW + 14 * DAY)
    changed = await ask(ingest, "supervise", "PUT", "/v1/plans/p-1", next_week)
    assert changed.status_code == 200
    assert (await ask(ingest, "view", "GET", "/v1/plans/p-1")).json() == put.json()
    then = await ask(ingest, "view", "GET", f"/v1/plans/p-1?at={NOW + 7 * DAY}")
    assert then.json() == changed.json()
    after = await ask(ingest, "view", "GET", f"/v1/plans/p-1?at={NOW + 14 * DAY}")
    assert (after.status_code, after.json()["detail"]) == (404, "No plan 'p-1' is in force then.")
    ended = await ask(ingest, "supervise", "DELETE", "/v1/plans/p-1")
    assert ended.status_code == 200
    assert (await ask(ingest, "view", "GET", "/v1/plans/p-1")).status_code == 404


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"hotspot_id": "nowhere"}, "hotspot_id", "put the hot spot first, or correct its id"),
        ({"hotspot_id": "tunnel"}, "hotspot_id", "tunnel is a blackspot"),
        ({"minutes_each": {"low": 17, "high": 16}}, "minutes_each.high", "raise high or lower low"),
        (
            {"windows": [{"from": "22:00", "to": "22:00", "patrols": 1}]},
            "windows.0.to",
            "end it later",
        ),
        ({"minutes_per_day": 40}, "minutes_per_day", "plan more or longer patrols, or lower it"),
        ({"weekdays": ["mon"]}, "weekdays", "plan other has mon for market at the same time"),
        ({"effective_to": 0}, "effective_to", "must come after effective_from"),
    ],
)
async def test_a_mistake_is_named_and_the_plan_in_force_stays(
    ingest: Ingest, change: dict[str, Any], field: str, words: str
) -> None:
    await ask(ingest, "supervise", "PUT", "/v1/plans/other", plan("mon"))
    good = await ask(ingest, "supervise", "PUT", "/v1/plans/p-1", plan())
    bad = await ask(ingest, "supervise", "PUT", "/v1/plans/p-1", plan(**change))
    assert bad.status_code == 422
    problem = bad.json()
    assert problem["type"] == "urn:stepsix:problem:invalid"
    [error] = problem["errors"]
    assert error["field"] == field
    assert words in error["message"]
    assert problem["detail"] == f"{field}: {error['message']}"
    assert (await ask(ingest, "view", "GET", "/v1/plans/p-1")).json() == good.json()


async def test_one_bad_plan_costs_no_other(ingest: Ingest) -> None:
    items = [
        plan("mon", plan_id="a"),
        plan("tue", plan_id="b", hotspot_id="nowhere"),
        plan("wed", plan_id="c", ring="outer"),
        plan("mon thu", plan_id="d"),
        plan("thu", plan_id="e"),
    ]
    tried = await ask(ingest, "supervise", "PUT", "/v1/plans?dry_run=1", items)
    assert (tried.status_code, tried.json()["versions"]) == (200, {})
    assert await plans_in(ingest) == []
    answer = await ask(ingest, "supervise", "PUT", "/v1/plans", items)
    taken = answer.json()
    assert answer.status_code == 200
    assert (taken["accepted"], set(taken["versions"])) == (2, {"a", "e"})
    assert [(each["index"], each["plan_id"], each["field"]) for each in taken["rejected"]] == [
        (1, "b", "hotspot_id"),
        (2, "c", "ring"),
        (3, "d", "weekdays"),
    ]
    assert taken["rejected"][0]["message"].startswith("hotspot_id: there is no hot spot nowhere")
    assert tried.json() == taken | {"versions": {}}
    assert [each.plan_id for each in await plans_in(ingest)] == ["a", "e"]


async def test_a_list_without_one_good_plan_is_refused(ingest: Ingest) -> None:
    bad = [plan(plan_id="a", hotspot_id="nowhere")]
    for path in ("/v1/plans", "/v1/plans?dry_run=1"):
        answer = await ask(ingest, "supervise", "PUT", path, bad)
        assert answer.status_code == 422
        problem = answer.json()
        assert problem["detail"].startswith("No plan could be taken. Item 0: hotspot_id: there is")
        assert (problem["accepted"], len(problem["rejected"])) == (0, 1)
    assert await plans_in(ingest) == []


async def test_of_two_put_at_the_same_moment_one_is_refused(ingest: Ingest) -> None:
    answers = await asyncio.gather(
        *(ask(ingest, "supervise", "PUT", f"/v1/plans/p-{n}", plan()) for n in range(4)),
        *(ask(ingest, "supervise", "PUT", "/v1/plans", [plan(plan_id=f"q-{n}")]) for n in range(4)),
    )
    assert sorted(answer.status_code for answer in answers)[1:] == [422] * 7
    assert len(await plans_in(ingest)) == 1


async def test_the_plan_of_a_control_place_is_shown_to_who_supervises(ingest: Ingest) -> None:
    control = plan(arm="control", windows=[])
    put = await ask(ingest, "supervise", "PUT", "/v1/plans/p-1", control)
    for id_, body in (
        ("p-2", control | {"weekdays": ["mon"]}),
        ("p-2", control | {"weekdays": ["mon"], "effective_from": NOW + DAY}),
        ("p-1", plan("sun", effective_from=NOW + DAY)),
    ):
        assert (await ask(ingest, "supervise", "PUT", f"/v1/plans/{id_}", body)).is_success
    assert (await ask(ingest, "supervise", "GET", "/v1/plans/p-1")).json() == put.json()
    hidden = await ask(ingest, "view", "GET", "/v1/plans/p-2")
    missing = await ask(ingest, "view", "GET", "/v1/plans/p-9")
    assert (hidden.status_code, missing.status_code) == (404, 404)
    assert hidden.json()["detail"].replace("p-2", "p-9") == missing.json()["detail"]
    to_come = await ask(ingest, "view", "GET", "/v1/plans/p-1")
    assert to_come.json()["detail"].startswith("No plan 'p-1' is in force then. One will be from")


async def test_a_control_place_is_as_unknown_as_one_that_never_was(ingest: Ingest) -> None:
    duty = {"radio_id": "R1", "officer_ids": ["P1"], "hotspot_ids": ["market", "tunnel"]}
    times = {"from": NOW - DAY, "to": NOW}
    await ask(ingest, "supervise", "PUT", "/v1/duties/d-1", duty | times)
    assert (await ask(ingest, "view", "GET", "/v1/hotspots/market")).is_success
    control = plan("sun", arm="control", windows=[], effective_to=NOW + 7 * DAY)
    await ask(ingest, "supervise", "PUT", "/v1/plans/p-1", control)
    await ask(ingest, "supervise", "PUT", "/v1/hotspots/market", hotspot())
    hidden = await ask(ingest, "view", "GET", "/v1/hotspots/market")
    missing = await ask(ingest, "view", "GET", "/v1/hotspots/arcade")
    assert hidden.status_code == missing.status_code == 404
    assert hidden.json() == json.loads(missing.text.replace("arcade", "market"))
    for at, status in ((NOW - DAY, 404), (NOW + 7 * DAY, 404), (NOW + 8 * DAY, 200)):
        shown = await ask(ingest, "view", "GET", f"/v1/hotspots/market?at={at}")
        assert shown.status_code == status, at
    assert (await ask(ingest, "supervise", "GET", "/v1/hotspots/market")).is_success
    for scope, ids in (("view", ["tunnel"]), ("supervise", ["market", "tunnel"])):
        shown = await ask(ingest, scope, "GET", "/v1/duties/d-1")  # type: ignore[arg-type]
        assert shown.json()["hotspot_ids"] == ids


@pytest.mark.parametrize(
    ("scope", "status"), [("view", 403), ("ingest", 403), ("supervise", 201), ("admin", 201)]
)
async def test_who_may_put_a_plan(ingest: Ingest, scope: Scope, status: int) -> None:
    assert (await ask(ingest, scope, "PUT", "/v1/plans/p-1", plan())).status_code == status


def test_plans_outlive_the_process(tmp_path: Path) -> None:
    with deployment(tmp_path) as running, running.client() as client:
        client.put("/v1/hotspots/market", json=hotspot())
        put = client.put("/v1/plans", json=[plan("mon", plan_id="a"), plan("tue", plan_id="b")])
        assert put.json()["accepted"] == 2
    with deployment(tmp_path) as running, running.client() as client:
        assert client.get("/v1/plans/b").json()["version"] == put.json()["versions"]["b"]
        refused = client.put("/v1/plans/c", json=plan("tue"))
        assert refused.status_code == 422
