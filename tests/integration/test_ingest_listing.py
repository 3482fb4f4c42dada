"""Lists of plans and blackspots over HTTP: what holds now or will, page after page, to whom."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from services.contracts.reference import Scope
from services.ingest.routes import listing
from tests.support.ingest import NOW, Ingest, ingest_in
from tests.support.square import SQUARE

DAY = 86_400_000


def hotspot(type_: str = "hotspot", **properties: object) -> dict[str, Any]:
    said = {"name": "A", "type": type_, **properties}
    return {"type": "Feature", "geometry": SQUARE, "properties": said}


def plan(weekday: str, **fields: object) -> dict[str, Any]:
    return {
        "hotspot_id": "market",
        "weekdays": [weekday],
        "windows": [{"from": "22:00", "to": "02:00", "patrols": 2}],
        "minutes_each": {"low": 10, "high": 16},
        **fields,
    }


@pytest.fixture
async def ingest(tmp_path: Path) -> AsyncIterator[Ingest]:
    async with ingest_in(tmp_path) as running:
        await put(running, "/v1/hotspots/market", hotspot(effective_from=NOW - 30 * DAY))
        yield running


async def put(ingest: Ingest, path: str, body: dict[str, Any]) -> None:
    answer = await ingest.client.put(path, json=body, headers=ingest.bearer("supervise"))
    assert answer.status_code in (200, 201), answer.text


async def listed(ingest: Ingest, path: str, scope: Scope = "supervise") -> dict[str, Any]:
    answer = await ingest.client.get(path, headers=ingest.bearer(scope))
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_plans_that_hold_or_will_are_listed_and_those_that_ended_are_not(
    ingest: Ingest,
) -> None:
    assert await listed(ingest, "/v1/plans") == {"items": [], "next": None}
    await put(ingest, "/v1/plans/over", plan("mon", effective_from=0, effective_to=NOW))
    await put(ingest, "/v1/plans/gone", plan("tue"))
    await ingest.client.delete("/v1/plans/gone", headers=ingest.bearer("supervise"))
    await put(ingest, "/v1/plans/now", plan("wed", effective_from=NOW - 2 * DAY))
    await put(ingest, "/v1/plans/now", plan("thu", effective_from=NOW - DAY, arm="control"))
    await put(ingest, "/v1/plans/now", plan("fri", effective_from=NOW + DAY))
    await put(ingest, "/v1/plans/later", plan("sat", effective_from=NOW + DAY))
    items = (await listed(ingest, "/v1/plans"))["items"]
    assert [(each["plan_id"], each["weekdays"]) for each in items] == [
        ("later", ["sat"]),
        ("now", ["thu"]),
        ("now", ["fri"]),
    ]
    one = await ingest.client.get("/v1/plans/now", headers=ingest.bearer("supervise"))
    assert items[1] == one.json()


async def test_blackspots_are_listed_beside_no_hot_spots(ingest: Ingest) -> None:
    await put(ingest, "/v1/hotspots/tunnel", hotspot("blackspot"))
    await put(ingest, "/v1/hotspots/market", hotspot("blackspot", effective_from=NOW + DAY))
    items = (await listed(ingest, "/v1/blackspots"))["items"]
    assert [each["id"] for each in items] == ["market", "tunnel"]
    assert items[0]["properties"]["effective_from"] == "2026-05-29T20:26:40.000Z"


async def test_a_list_comes_in_pages(ingest: Ingest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "PAGE", 2)
    for weekday in ("mon", "tue", "wed"):
        await put(ingest, f"/v1/plans/{weekday}", plan(weekday))
    first = await listed(ingest, "/v1/plans")
    assert [each["plan_id"] for each in first["items"]] == ["mon", "tue"]
    assert first["next"] == "wed"
    last = await listed(ingest, f"/v1/plans?cursor={first['next']}")
    assert [each["plan_id"] for each in last["items"]] == ["wed"]
    assert last["next"] is None


@pytest.mark.parametrize("path", ["/v1/plans", "/v1/blackspots"])
async def test_who_may_not_edit_sees_no_list(ingest: Ingest, path: str) -> None:
    answer = await ingest.client.get(path, headers=ingest.bearer("view"))
    assert answer.status_code == 403
