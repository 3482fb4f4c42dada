"""Rounds of the live picture: which events each audience gets, and when."""

from __future__ import annotations

import asyncio
import json
from contextlib import ExitStack
from datetime import time
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest

from services.contracts.days import Days
from services.contracts.derived import StatusSpan
from services.contracts.people import Feedback
from services.contracts.reference import Deleted, HotSpot, MinutesEach, Plan, Radio, Source, Token
from services.contracts.register import Register
from services.metrics.audience import AUDIENCES, Audience
from services.metrics.broadcast import Broadcast, Client
from services.metrics.episodes import Label
from services.metrics.projection import Projection
from tests.support.derived import (
    DAY_MS,
    HOUR_MS,
    MINUTE_MS,
    NOON,
    a_position,
    a_settlement,
    a_signal,
    a_timesheet,
    a_visit,
    an_open_visit,
    an_outage,
)
from tests.support.derived import progress as a_progress
from tests.support.planned import a_plan
from tests.support.standings import telling

Told = list[tuple[str, Any]]
SQUARE = {
    "type": "Polygon",
    "coordinates": [[[-2.246, 53.479], [-2.244, 53.479], [-2.244, 53.481], [-2.246, 53.479]]],
}


class World:
    """A projection and a register of one partition, and a client of each audience."""

    def __init__(self) -> None:
        self.now = NOON
        self.register = Register()
        days = Days(ZoneInfo("Europe/London"), time(0))
        self.projection = Projection(days)
        self.projection.partitions = 1
        self.declared: list[Label] = []
        self.broadcast = Broadcast(on_slow=lambda: None)
        parts = telling(
            self.projection,
            self.register,
            days,
            lambda: self.now,
            self.broadcast,
            self.declared.append,
        )
        self.board, self.live = parts.board, parts.live
        self.learn(token("tk"))
        self._stack = ExitStack()
        self.clients: dict[Audience, Client] = {}
        for audience in AUDIENCES:
            client = self.clients[audience] = Client(audience, "tk")
            self._stack.enter_context(self.broadcast.joined(client))

    def learn(self, message: HotSpot | Deleted | Plan | Radio | Source | Token) -> None:
        self.register.apply(self.register.offset, message)

    def engine_at(self, engine_time: int) -> None:
        self.projection.apply(0, a_progress(engine_time=engine_time))

    async def told(self, audience: Audience) -> Told:
        """The events of one more round, but for health, alerts and how the days stand."""
        told = await self.all_told(audience)
        return [event for event in told if event[0] not in ("compliance", "alert")]

    async def all_told(self, audience: Audience) -> Told:
        """The events of one more round, health aside."""
        self.live.round()
        return [event for event in await self.waiting(audience) if event[0] != "health"]

    async def waiting(self, audience: Audience) -> Told:
        try:
            async with asyncio.timeout(0.01):
                return parsed(await self.clients[audience].take())
        except TimeoutError:
            return []


def parsed(sent: bytes) -> Told:
    found: Told = []
    for block in sent.decode().split("\n\n")[:-1]:
        name, data = block.split("\n")
        found.append((name.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    return found


def token(token_id: str) -> Token:
    return Token(
        token_id=token_id, sha256=token_id, scopes=["view"], created_at=0, changed_by="test"
    )


def hot_spot(hotspot_id: str = "hs-1", name: str = "Market", since: int = 0) -> HotSpot:
    return HotSpot(
        hotspot_id=hotspot_id, name=name, geometry=SQUARE, effective_from=since, changed_by="test"
    )


@pytest.fixture
async def world() -> World:
    made = World()
    made.engine_at(NOON)
    made.live.round()
    made.live.round()
    for audience in AUDIENCES:
        await made.waiting(audience)
    return made


async def test_a_unit_is_told_to_those_who_may_see_it(world: World) -> None:
    world.projection.apply(0, a_position(inside=("hs-1", "core")))
    world.live.round()
    [(name, unit)] = await world.waiting("view")
    assert name == "unit"
    assert unit == {
        "radio_id": "T-1",
        "call_sign": None,
        "state": "reporting",
        "status": None,
        "lat": 53.4798,
        "lon": -2.2450,
        "accuracy_m": 8.5,
        "heading_deg": None,
        "speed_mps": None,
        "fix_time": "2026-06-01T10:59:59Z",
        "heard_at": "2026-06-01T11:00:00Z",
        "hotspots": [{"hotspot_id": "hs-1", "ring": "core"}],
        "expected_interval_s": 60.0,
        "observed_interval_s": None,
        "set_aside": {},
    }
    assert await world.waiting("figures") == []


async def test_several_changes_of_a_unit_are_one_event(world: World) -> None:
    for revision in range(1, 6):
        world.projection.apply(0, a_position(heard_at=NOON + revision, revision=revision))
    assert [unit["heard_at"] for _, unit in await world.told("view")] == [
        "2026-06-01T11:00:00.005000Z"
    ]
    assert await world.told("view") == []


async def test_a_unit_is_called_by_its_call_sign(world: World) -> None:
    world.learn(Radio(radio_id="T-1", effective_from=0, changed_by="test", call_sign="GM-12"))
    world.projection.apply(0, a_position())
    assert [unit["call_sign"] for _, unit in await world.told("view")] == ["GM-12"]


@pytest.mark.parametrize(
    ("own_s", "source_s", "quiet_after_s"), [(None, None, 180), (None, 120, 360), (40, 120, 120)]
)
async def test_a_unit_falls_quiet_by_what_is_expected_of_it(
    world: World, own_s: float | None, source_s: float | None, quiet_after_s: int
) -> None:
    if source_s:
        world.learn(
            Source(
                source="airwave",
                name="Airwave",
                effective_from=0,
                changed_by="test",
                expected_interval_s=source_s,
            )
        )
    world.learn(
        Radio(radio_id="T-1", effective_from=0, changed_by="test", expected_interval_s=own_s)
    )
    world.projection.apply(0, a_position())
    world.engine_at(NOON + quiet_after_s * 1000)
    assert [unit["state"] for _, unit in await world.told("view")] == ["reporting"]
    world.engine_at(NOON + quiet_after_s * 1000 + 1)
    assert [unit["state"] for _, unit in await world.told("view")] == ["quiet"]


async def test_a_unit_long_silent_is_gone(world: World) -> None:
    world.projection.apply(0, a_position())
    await world.told("view")
    world.engine_at(NOON + 61 * MINUTE_MS)
    assert await world.told("view") == [("unit", {"radio_id": "T-1", "deleted": True})]


async def test_a_visit_changes_its_hot_spot(world: World) -> None:
    world.learn(hot_spot())
    [(_, drawn)] = await world.told("view")
    assert drawn["units_present"] == 0
    world.projection.apply(0, an_open_visit(minutes=10))
    (_, hotspot), (name, visit) = await world.told("view")
    assert hotspot["units_present"] == 1
    assert hotspot["minutes_today"] == {"low": 9.0, "estimate": 10.0, "high": 11.0}
    assert (name, visit["visit_id"], visit["state"]) == ("visit", "v-1", "open")
    assert (visit["seconds_low"], visit["seconds"], visit["seconds_high"]) == (540, 600, 660)


async def test_what_tells_nothing_new_is_not_told(world: World) -> None:
    world.projection.apply(0, an_open_visit(revision=2))
    world.projection.apply(0, a_position(revision=2))
    await world.told("view")
    world.projection.apply(0, an_open_visit(revision=1))
    world.projection.apply(0, a_position(revision=1))
    assert await world.told("view") == []


async def test_engine_time_never_runs_back(world: World) -> None:
    world.engine_at(NOON - 5)
    assert world.board.pipeline().engine_time == NOON


async def test_a_visit_shows_its_statuses(world: World) -> None:
    spans = [
        StatusSpan(status="on_patrol", since=NOON, until=NOON + MINUTE_MS),
        StatusSpan(status="en_route", since=NOON + MINUTE_MS),
    ]
    world.projection.apply(0, an_open_visit(statuses=spans))
    [(_, visit)] = await world.told("view")
    assert visit["statuses"] == [
        {"status": "on_patrol", "from": "2026-06-01T11:00:00Z", "to": "2026-06-01T11:01:00Z"},
        {"status": "en_route", "from": "2026-06-01T11:01:00Z", "to": None},
    ]


async def test_those_who_see_figures_learn_of_a_visit_when_it_has_ended(world: World) -> None:
    world.learn(hot_spot())
    world.projection.apply(0, an_open_visit())
    assert [name for name, _ in await world.told("figures")] == ["hotspot"]
    world.projection.apply(0, a_visit(revision=2))
    assert [name for name, _ in await world.told("figures")] == ["hotspot", "visit"]


async def test_a_visit_moved_to_another_hot_spot_changes_both(world: World) -> None:
    world.learn(hot_spot())
    world.learn(hot_spot("hs-2"))
    world.projection.apply(0, an_open_visit())
    await world.told("figures")
    world.projection.apply(0, an_open_visit(hotspot_id="hs-2", revision=2))
    assert [hotspot["units_present"] for _, hotspot in await world.told("figures")] == [0, 1]


async def test_hot_spots_come_change_and_go(world: World) -> None:
    world.learn(hot_spot())
    world.learn(hot_spot("hs-2", since=NOON + 5))
    [(_, market)] = await world.told("figures")
    assert (market["hotspot_id"], market["version"], market["name"]) == ("hs-1", 1, "Market")
    assert market["catchment"]["type"] == "Polygon"

    world.learn(hot_spot(name="Market Square"))
    assert [event["name"] for _, event in await world.told("figures")] == ["Market Square"]

    world.now += 5
    assert [event["hotspot_id"] for _, event in await world.told("figures")] == ["hs-2"]

    world.learn(Deleted(type="hotspot", id="hs-1", effective_from=NOON, changed_by="test"))
    assert await world.told("figures") == [("hotspot", {"hotspot_id": "hs-1", "deleted": True})]


async def test_a_new_day_is_told(world: World) -> None:
    world.learn(hot_spot())
    world.projection.apply(0, a_visit())
    await world.told("figures")
    world.now += DAY_MS
    [(_, hotspot)] = await world.told("figures")
    assert hotspot["minutes_today"] == {"low": 0.0, "estimate": 0.0, "high": 0.0}


async def test_health_comes_every_other_second(world: World) -> None:
    await world.waiting("view")
    world.now = NOON + 14_000
    for _ in range(4):
        world.live.round()
    for audience in world.clients:
        [(name, health)] = await world.waiting(audience)
        assert name == "health"
        assert health == {
            "now": "2026-06-01T11:00:14Z",
            "engine_time": "2026-06-01T11:00:00Z",
            "age_seconds": 14.0,
            "stale": True,
            "reason": "geofence is 14 s behind",
            "simulated": False,
        }


async def test_health_says_that_a_source_is_simulated_until_it_no_longer_is(world: World) -> None:
    def source(*, simulated: bool) -> Source:
        return Source(
            source="town", name="A town", effective_from=NOON, changed_by="a", simulated=simulated
        )

    world.learn(source(simulated=True))
    [(_, everything)] = parsed(world.live.reset("figures"))
    assert everything["health"]["simulated"]
    world.learn(source(simulated=False))
    world.live.round()
    [(_, everything)] = parsed(world.live.reset("figures"))
    assert not everything["health"]["simulated"]


async def test_the_reset_holds_everything_one_may_see(world: World) -> None:
    world.learn(hot_spot())
    world.projection.apply(0, a_position())
    world.projection.apply(0, an_open_visit())
    world.projection.apply(0, a_visit("v-2"))
    await world.told("view")
    [(name, everything)] = parsed(world.live.reset("view"))
    assert name == "reset"
    assert [unit["radio_id"] for unit in everything["units"]] == ["T-1"]
    assert [hotspot["units_present"] for hotspot in everything["hotspots"]] == [1]
    assert [visit["visit_id"] for visit in everything["visits"]] == ["v-1"]
    assert not everything["health"]["stale"]
    [(_, figures)] = parsed(world.live.reset("figures"))
    assert (figures["units"], figures["visits"]) == ([], [])
    assert figures["hotspots"] == everything["hotspots"]


async def test_a_reset_is_encoded_once_a_round_and_nothing_is_missed(world: World) -> None:
    before = world.live.reset("view")
    world.projection.apply(0, a_position())
    assert world.live.reset("view") is before
    assert [name for name, _ in await world.told("view")] == ["unit"]
    assert len(parsed(world.live.reset("view"))[0][1]["units"]) == 1


async def test_a_hundred_clients_are_handed_the_very_same_bytes(world: World) -> None:
    """What is encoded once cannot be two objects."""
    clients = [Client("view", "tk") for _ in range(100)]
    with ExitStack() as stack:
        for client in clients:
            stack.enter_context(world.broadcast.joined(client))
        world.projection.apply(0, a_position())
        world.live.round()
        sent = [await client.take() for client in clients]
    assert b"T-1" in sent[0]
    assert all(each is sent[0] for each in sent)


async def test_whose_token_was_revoked_is_dropped(world: World) -> None:
    world.learn(token("other"))
    stays = Client("view", "other")
    with world.broadcast.joined(stays):
        world.learn(Deleted(type="token", id="tk", effective_from=NOON, changed_by="test"))
        for _ in range(4):
            world.live.round()
        await asyncio.wait_for(world.clients["view"].dropped(), 1)
        await asyncio.wait_for(world.clients["figures"].dropped(), 1)
        assert world.broadcast.clients == 1


async def test_a_unit_shows_how_often_it_is_heard(world: World) -> None:
    for step in range(4):
        world.projection.apply(0, a_position(heard_at=NOON + 5000 * step, revision=step))
    [(_, unit)] = await world.told("view")
    assert (unit["expected_interval_s"], unit["observed_interval_s"]) == (60, 5)


async def test_a_unit_shows_which_of_its_fixes_are_not_used(world: World) -> None:
    world.projection.apply(0, a_position())
    await world.told("view")
    world.projection.apply(0, a_timesheet(set_aside={"duplicate": 10}))
    assert [unit["set_aside"] for _, unit in await world.told("view")] == [{"duplicate": 10}]
    same = a_timesheet(set_aside={"duplicate": 10}, fixes=61, revision=2)
    world.projection.apply(0, same)
    assert await world.told("view") == []
    world.projection.apply(0, a_timesheet(since=NOON + HOUR_MS))
    assert [unit["set_aside"] for _, unit in await world.told("view")] == [{}]
    world.projection.apply(0, a_timesheet("T-2", set_aside={"vague": 1}))
    assert await world.told("view") == []


async def test_a_settlement_tells_of_visits_that_vanish_and_that_stay(world: World) -> None:
    world.learn(hot_spot())
    for visit_id in ("vanishes", "stays"):
        world.projection.apply(0, a_visit(visit_id))
    await world.told("view")
    world.projection.settle("visits", 0, a_settlement(since=NOON))
    world.projection.apply(0, a_visit("stays", minutes=20, settled=True))
    hotspot, *visits = await world.told("view")
    assert hotspot[1]["minutes_today"]["estimate"] == 20
    assert [(visit["visit_id"], visit["state"], visit["settled"]) for _, visit in visits] == [
        ("stays", "closed", True),
        ("vanishes", "retracted", True),
    ]


async def test_a_settlement_of_timesheets_leaves_visits_alone(world: World) -> None:
    world.projection.apply(0, a_visit())
    await world.told("view")
    world.projection.settle("timesheets", 0, a_settlement(since=NOON))
    assert await world.told("view") == []


async def test_an_episode_counts_as_declared_unless_it_is_history() -> None:
    world = World()
    world.engine_at(NOON)
    world.projection.apply(0, an_outage("before"))
    await world.told("view")
    assert world.declared == []
    world.projection.apply(0, an_outage("since", cause="pipeline", source=None))
    await world.told("view")
    assert world.declared == [("pipeline", "lost")]
    world.projection.apply(0, an_outage("since", cause="pipeline", source=None, ended_at=NOON + 9))
    assert [told["ended_at"] for _, told in await world.told("view")] == [
        "2026-06-01T11:00:00.009000Z"
    ]
    assert world.declared == [("pipeline", "lost")]


async def test_an_outage_told_under_another_id_is_gone_under_the_first(world: World) -> None:
    blind = {"type": "no_position", "reason": "ahead"}
    world.projection.apply(0, an_outage("later", declared_at=NOON + 5, **blind))
    assert [told["episode_id"] for _, told in await world.told("view")] == ["later"]
    world.projection.apply(1, an_outage("earlier", declared_at=NOON, **blind))
    earlier, later = await world.told("view")
    assert earlier[1]["episode_id"] == "earlier"
    assert later == ("signal", {"episode_id": "later", "deleted": True})
    assert len(world.declared) == 1
    assert await world.waiting("figures") == []


async def test_a_day_is_told_again_when_it_changes_and_to_those_who_may_know(world: World) -> None:
    world.learn(hot_spot("hs-1"))
    world.learn(hot_spot("hs-2"))
    world.learn(a_control_plan("hs-2"))
    assert days(await world.all_told("figures")) == [("hs-1", "not_planned")]
    world.projection.apply(0, a_visit(hotspot_id="hs-2", entered_at=NOON, minutes=15))
    assert days(await world.all_told("view")) == [("hs-1", "not_planned")]
    assert days(await world.waiting("supervise")) == [
        ("hs-1", "not_planned"),
        ("hs-2", "not_planned"),
        ("hs-2", "contaminated"),
    ]


async def test_how_the_days_stand_is_part_of_what_a_client_begins_with(world: World) -> None:
    world.learn(hot_spot("hs-1"))
    world.learn(hot_spot("hs-2"))
    world.learn(a_control_plan("hs-2"))
    world.live.round()
    found = {}
    for audience in AUDIENCES:
        [(_, state)] = parsed(world.live.reset(audience))
        found[audience] = [day["hotspot_id"] for day in state["compliance"]]
    assert found == {"supervise": ["hs-1", "hs-2"], "view": ["hs-1"], "figures": ["hs-1"]}


async def everything_of(world: World, audience: Audience) -> str:
    """All that an audience is told in one more round, and what it would begin with, as text."""
    return str(await world.all_told(audience)) + world.live.reset(audience).decode()


def go_on_in(world: World, hotspot_id: str) -> None:
    """Let a radio be in a hot spot and another be lost in it."""
    inside: Any = (hotspot_id, "core")
    world.projection.apply(0, a_position(inside=inside, heard_at=world.now, revision=world.now))
    world.projection.apply(0, an_open_visit(hotspot_id=hotspot_id))
    lost = a_signal("e-1", "T-2", cause="explained", hotspot_id=hotspot_id, heard_at=NOON)
    world.projection.apply(0, lost)


@pytest.mark.parametrize("audience", ["view", "figures"])
async def test_a_control_place_is_told_to_nobody_but_who_supervises(
    world: World, audience: Audience
) -> None:
    world.learn(hot_spot("hs-2"))
    world.learn(a_control_plan("hs-2"))
    go_on_in(world, "hs-2")
    assert "hs-2" not in await everything_of(world, audience)
    supervised = await world.waiting("supervise")
    assert {name for name, data in supervised if "hs-2" in str(data)} == {
        "hotspot",
        "unit",
        "visit",
        "signal",
        "compliance",
    }
    [(_, begun)] = parsed(world.live.reset("supervise"))
    for each in ("hotspots", "units", "visits", "signals", "compliance"):
        assert "hs-2" in str(begun[each])
    world.learn(Deleted(type="hotspot", id="hs-2", effective_from=NOON, changed_by="test"))
    assert "hs-2" not in await everything_of(world, audience)


async def test_a_hot_spot_that_becomes_a_control_place_is_gone_and_named_no_more(
    world: World,
) -> None:
    world.learn(hot_spot("hs-2"))
    go_on_in(world, "hs-2")
    for audience in AUDIENCES:
        await world.waiting(audience)
    world.live.round()
    for audience in AUDIENCES:
        await world.waiting(audience)
    world.learn(a_control_plan("hs-2"))
    gone, *others = await world.all_told("view")
    assert gone == ("hotspot", {"hotspot_id": "hs-2", "deleted": True})
    assert [name for name, _ in others] == ["unit", "signal"]
    assert "hs-2" not in str(others)
    assert await world.waiting("figures") == [gone]
    assert "deleted" not in str(await world.waiting("supervise"))
    go_on_in(world, "hs-2")
    world.projection.apply(0, a_visit(hotspot_id="hs-2", revision=9, minutes=20))
    assert "hs-2" not in await everything_of(world, "view")
    assert "hs-2" not in str(await world.waiting("figures"))
    assert "hs-2" in str(await world.waiting("supervise"))


async def test_a_new_day_makes_a_control_place_and_another_one_ends_it(world: World) -> None:
    midnight = NOON + 12 * HOUR_MS
    world.learn(hot_spot("hs-2"))
    world.learn(a_control_plan("hs-2", since=midnight, until=midnight + DAY_MS))
    world.now = midnight - 1
    world.engine_at(world.now - 5000)
    go_on_in(world, "hs-2")
    assert "hs-2" in await everything_of(world, "figures")
    world.now = midnight
    told = [event for event in await world.all_told("figures") if "hs-2" in str(event)]
    assert told == [("hotspot", {"hotspot_id": "hs-2", "deleted": True})]
    world.engine_at(midnight + 5000)
    go_on_in(world, "hs-2")
    assert "hs-2" not in await everything_of(world, "figures")
    world.now = midnight + DAY_MS
    world.engine_at(world.now - 5000)
    assert days(await world.all_told("figures")) == []
    world.engine_at(world.now + 5000)
    assert days(await world.all_told("figures")) == [("hs-2", "not_planned")]
    assert "hs-2" in str(parsed(world.live.reset("figures"))[0][1]["hotspots"])


async def test_what_is_a_control_place_no_longer_is_told_whole(world: World) -> None:
    world.learn(hot_spot("hs-2"))
    world.learn(a_control_plan("hs-2"))
    go_on_in(world, "hs-2")
    world.live.round()
    await world.waiting("view")
    world.learn(Deleted(type="plan", id="p-1", effective_from=0, changed_by="test"))
    told = await world.all_told("view")
    assert [name for name, _ in told] == ["hotspot", "unit", "visit", "signal", "compliance"]
    assert all("hs-2" in str(data) for _, data in told)


async def test_an_alert_is_told_acknowledged_and_gone(world: World) -> None:
    world.learn(Radio(radio_id="T-1", call_sign="GM-1", effective_from=0, changed_by="test"))
    world.learn(hot_spot())
    frozen = a_signal("e-1", type="frozen", hotspot_id="hs-1")
    world.projection.apply(0, frozen)
    [alert] = alerts(await world.all_told("view"))
    assert alert == {
        "alert_id": "lost/e-1",
        "kind": "lost",
        "since": "2026-06-01T11:00:00Z",
        "hotspot_id": "hs-1",
        "name": "Market",
        "episode_id": "e-1",
        "silence": "frozen",
        "cause": "unexpected",
        "reason": None,
        "radio_id": "T-1",
        "call_sign": "GM-1",
        "radios": [],
        "source": "airwave",
        "instance": None,
        "window_from": None,
        "window_to": None,
        "planned": None,
        "delivered": None,
        "days": None,
        "acknowledged": None,
    }
    assert alerts(await world.all_told("view")) == []

    world.projection.hear(
        Feedback(thread_id="lost/e-1", type="acknowledge", by="P1", at=NOON, text="Seen.")
    )
    acknowledged = {"by": "P1", "at": "2026-06-01T11:00:00Z", "text": "Seen."}
    assert alerts(await world.all_told("view")) == [alert | {"acknowledged": acknowledged}]
    [(_, state)] = parsed(world.live.reset("view"))
    assert state["alerts"] == [alert | {"acknowledged": acknowledged}]

    ended = msgspec.structs.replace(frozen, ended_at=NOON + HOUR_MS, revision=2)
    world.projection.apply(0, ended)
    assert alerts(await world.all_told("view")) == [{"alert_id": "lost/e-1", "deleted": True}]
    assert alerts(await world.waiting("figures")) == []
    [(_, state)] = parsed(world.live.reset("view"))
    assert state["alerts"] == []


async def test_alerts_of_a_place_that_becomes_a_control_place_are_taken_back(world: World) -> None:
    world.learn(hot_spot())
    world.learn(a_plan("hs-1", (NOON - 3 * HOUR_MS, NOON - 2 * HOUR_MS, 1)))
    missed = "missed/hs-1/2026-06-01T07:00Z"
    neglected = "no_patrol/hs-1/none"
    told = alerts(await world.all_told("view"))
    assert [each["alert_id"] for each in told] == [missed, neglected]
    assert (told[0]["name"], told[0]["planned"], told[0]["delivered"]) == ("Market", 1, 0)
    assert told[0]["window_from"] == "2026-06-01T07:00:00Z"
    assert told[0]["window_to"] == told[0]["since"] == "2026-06-01T08:00:00Z"
    await world.waiting("supervise")

    world.learn(a_plan("hs-1", arm="control", minutes=0))
    world.projection.touch(["hs-1"])
    gone = [{"alert_id": each, "deleted": True} for each in (missed, neglected)]
    assert alerts(await world.all_told("view")) == gone
    [(_, state)] = parsed(world.live.reset("view"))
    assert state["alerts"] == []


def alerts(told: Told) -> list[dict[str, Any]]:
    """The alerts among events."""
    return [data for name, data in told if name == "alert"]


def a_control_plan(hotspot_id: str, since: int = 0, until: int | None = None) -> Plan:
    return Plan(
        plan_id="p-1",
        hotspot_id=hotspot_id,
        windows=[],
        minutes_each=MinutesEach(low=10, high=16),
        minutes_per_day=0,
        weekdays=["mon"],
        arm="control",
        effective_from=since,
        effective_to=until,
        changed_by="test",
    )


def days(told: Told) -> list[tuple[str, str]]:
    """The days among events, and how they stand."""
    return [(each["hotspot_id"], each["status"]) for name, each in told if name == "compliance"]
