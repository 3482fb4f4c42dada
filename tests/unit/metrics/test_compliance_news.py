"""What of compliance is told when, and that nobody waits for all hot spots to be judged."""

from __future__ import annotations

import asyncio
from collections.abc import Collection

import pytest

from services.metrics.board import Board
from services.metrics.compliance_news import ComplianceNews
from services.metrics.prometheus_patrols import ClosedPatrol
from services.metrics.standings import Standings
from tests.support.beat import WEEK, Beat
from tests.support.metrics import hot_spot

ROUNDS = 4
IDS = [f"hs-{number}" for number in range(1, 9)]


class Desk:
    """Eight hot spots, of which each round looks at two."""

    def __init__(self) -> None:
        self.beat = Beat()
        self.now = self.beat.at("mon 21:00")
        self.beat.projection.turn(self.now)
        self.beat.projection.partitions = 1
        for each in IDS:
            self.beat.knows(hot_spot(each))
            self.beat.plan(
                ("20:00", "23:00", 1), plan_id=each, hotspot_id=each, weekdays=list(WEEK)
            )
        board = Board(self.beat.projection, self.beat.register, lambda: self.now)
        ledger = self.beat.ledger
        self.standings = Standings(ledger, self.beat.days, board, self.beat.projection)
        self.closed: list[list[str]] = []
        self.news = ComplianceNews(self.standings, ROUNDS, self._on_closed)

    def _on_closed(self, patrols: Collection[ClosedPatrol]) -> None:
        self.closed.append([each for patrol in patrols for each in patrol.visit_ids])

    def told(self, *changed: str) -> list[tuple[str, str]]:
        return [(each["hotspot_id"], each["status"]) for each in self.news.round(changed)]


@pytest.fixture
async def desk() -> Desk:
    desk = Desk()
    desk.beat.visit("A", "20:00", "20:15", hotspot_id="hs-8")
    await desk.news.begin()
    return desk


async def test_others_get_their_turn_while_all_are_judged_at_the_start() -> None:
    desk, turns = Desk(), 0

    async def others() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    beside = asyncio.create_task(others())
    await desk.news.begin()
    beside.cancel()
    assert turns >= len(IDS)
    assert [each["hotspot_id"] for each in desk.news.all()] == IDS


async def test_what_is_over_at_the_start_is_heard_of_at_once_as_history(desk: Desk) -> None:
    assert desk.closed == [["v-1"]]


async def test_only_what_changed_is_told(desk: Desk) -> None:
    for _ in range(ROUNDS):
        assert desk.told() == []
    desk.beat.visit("A", "20:00", "20:15", hotspot_id="hs-2")
    assert desk.told("hs-2", "elsewhere") == [("hs-2", "met")]
    assert desk.told("hs-2") == []
    assert desk.closed[-2] == ["v-2"]


async def test_each_is_looked_at_once_a_minute(desk: Desk) -> None:
    desk.now = desk.beat.at("mon 23:30")
    told = [desk.told() for _ in range(ROUNDS)]
    assert [[hotspot_id for hotspot_id, _ in some] for some in told] == [
        ["hs-1", "hs-2"],
        ["hs-3", "hs-4"],
        ["hs-5", "hs-6"],
        ["hs-7"],  # hs-8 was met before
    ]
    assert {status for some in told for _, status in some} == {"missed"}


async def test_what_all_are_asked_for_is_as_last_looked_at(desk: Desk) -> None:
    before = desk.standings.today()
    ended_at = desk.beat.at("mon 20:15")
    assert [desk.standings.last_patrol(each) for each in IDS] == [*[None] * 7, ended_at]
    desk.now = desk.beat.at("mon 23:30")
    assert all(one is two for one, two in zip(before, desk.standings.today(), strict=True))
    desk.told()
    assert [each.status for each in desk.standings.today()][:3] == ["missed", "missed", "on_track"]
