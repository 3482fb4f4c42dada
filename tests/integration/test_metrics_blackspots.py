"""Blackspots proposed over HTTP, put as they are, and then known."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from msgspec.structs import replace

from services.contracts.derived import Position, Signal
from services.metrics.resources import time_of, written
from tests.support.derived import DAY_MS, a_position, progress
from tests.support.ingest import make_tokens, running_on
from tests.support.lost import a_loss
from tests.support.metrics import Served, bearer, derive, epoch_ms, learn
from tests.support.square import hotspot, place

PATH = "/v1/blackspots/proposed"


def recent() -> list[Signal]:
    """Six losses in one place, within the days kept."""
    return [a_loss(number, first=epoch_ms() - 4 * DAY_MS) for number in range(6)]


def back(loss: Signal, *, east_m: float = 0, after_s: int = 0, **given: object) -> Position:
    """The radio of a loss, heard as that ends or later, with a fix of just then."""
    assert loss.radio_id is not None
    assert loss.ended_at is not None
    heard_at = loss.ended_at - 500 + after_s * 1000
    lon, lat = place(east_m, 0)
    return replace(a_position(loss.radio_id, heard_at=heard_at, lon=lon, lat=lat), **given)


async def derive_in_order(served: Served, signals: list[Signal], *back: Position) -> None:
    """Let losses and returns be told, and the engines reach now."""
    in_order = sorted(back, key=lambda each: each.heard_at)
    await derive(served.log, in_order)
    await derive(served.log, signals)
    partitions = await served.log.partitions()
    await derive(served.log, [progress(p, engine_time=epoch_ms()) for p in range(partitions)])


async def proposed(served: Served, losses: int | None) -> list[dict[str, Any]]:
    """The features, once the first is of so many losses; none where that is None."""
    for _ in range(200):
        features: list[dict[str, Any]] = (await served.get(PATH, "view"))["features"]
        counts = [each["properties"]["evidence"]["losses"] for each in features]
        if counts[:1] == ([] if losses is None else [losses]):
            return features
        await asyncio.sleep(0.05)
    pytest.fail(f"not {losses} but {counts}")


async def test_what_is_proposed_says_what_speaks_for_it(served: Served) -> None:
    losses = recent()
    assert await proposed(served, None) == []
    returns = [
        back(losses[0]),
        back(losses[1], east_m=200),
        back(losses[2], east_m=300),
        back(losses[3], after_s=100, east_m=200),  # the first two are not of it
        back(losses[3], after_s=1, lat=None, lon=None, fix_time=None),
        back(losses[3], fix_time=losses[3].last_heard_at, east_m=900),
        back(losses[4], after_s=130),  # too late to tell
    ]
    await derive_in_order(served, losses, *returns)
    [found] = await proposed(served, 6)
    assert found["properties"]["type"] == "blackspot"
    last = max(each.last_heard_at or 0 for each in losses)
    assert found["properties"]["evidence"] == {
        "losses": 6,
        "radios": 3,
        "days": 3,
        "last_lost_at": written(time_of(last)),
        "median_lost_seconds": 300,
        "came_back": 4,
        "came_back_near": 3,
    }


async def test_it_is_put_as_it_is_and_then_known(served: Served) -> None:
    await learn(served.log, [hotspot("a hot spot explains nothing")])
    await derive_in_order(served, recent())
    [found] = await proposed(served, 6)
    secrets = await make_tokens(served.log)
    async with running_on(served.log, secrets, clock=epoch_ms) as ingest:
        path, headers = f"/v1/hotspots/{found['id']}", ingest.bearer("supervise")
        answer = await ingest.client.put(path, json=found, headers=headers)
        assert answer.status_code == 201, answer.text
        assert answer.json()["properties"]["type"] == "blackspot"
        assert await proposed(served, None) == []
        assert (await ingest.client.delete(path, headers=headers)).is_success
    assert [each["id"] for each in await proposed(served, 6)] == [found["id"]]


async def test_who_may_not_see_positions_sees_no_proposals(served: Served) -> None:
    answer = await served.client.get(PATH, headers=bearer("figures"))
    assert answer.status_code == 403
    assert (await served.client.get(PATH)).status_code == 401
    seen = await served.client.get(PATH, headers=bearer("view"))
    assert seen.headers["cache-control"] == "no-store"
