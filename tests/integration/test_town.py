"""The simulated town and a recorded track against a real ingest service, in one process."""

from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest

from services.contracts.reference import HotSpot, Radio, Source
from services.contracts.telemetry import Gps, Presence
from services.simulator.drawing import SOURCE, draw
from services.simulator.feed import fast, feed
from services.simulator.radio import Ping
from services.simulator.sending import Link
from services.simulator.simulate import Scenario, Tally, simulate
from services.simulator.tracks import Report
from services.simulator.world import World
from tests.support.ingest import NOW, Ingest, ingest_in

HOUR_MS = 3_600_000
SCENARIO = Scenario(seed=1, officers=6, history_ms=HOUR_MS)
OFFICERS = SCENARIO.officers


@pytest.fixture
async def ingest(tmp_path: Path) -> AsyncIterator[Ingest]:
    async with ingest_in(tmp_path) as running:
        running.client.headers.update(running.bearer("admin"))
        await running.until_ready()
        yield running


class Enough(Exception):
    """Ends a simulation, which has no end of its own."""


async def simulated(ingest: Ingest, began: int, *cycles: int) -> Tally:
    """Simulate from ``began`` on, for as many cycles as there are times to have."""
    times, tally = iter((began, *cycles)), Tally()
    left = len(cycles)

    def tell() -> None:
        nonlocal left
        left -= 1
        if not left:
            raise Enough

    with pytest.raises(Enough):
        await simulate(
            Link(ingest.client, source=SOURCE),
            SCENARIO,
            clock=lambda: next(times),
            tally=tally,
            tell=tell,
        )
    return tally


def ids(pings: Sequence[Ping | Gps | Presence]) -> list[str | None]:
    found = [
        each.get("message_id") if isinstance(each, dict) else each.message_id for each in pings
    ]
    return sorted(found, key=str)


async def test_a_town_is_drawn_once(ingest: Ingest) -> None:
    world = World(seed=1, officers=OFFICERS, start=NOW)
    link = Link(ingest.client)
    assert await draw(link, world.town, world.radios, NOW - HOUR_MS)
    register = ingest.view.register
    drawn = [version.message for version in register.all_in_force("hotspot", NOW - HOUR_MS)]
    assert {each.hotspot_id for each in drawn if isinstance(each, HotSpot)} == {
        hotspot.hotspot_id for hotspot in world.town.hotspots
    }
    source = register.source(SOURCE, NOW - HOUR_MS)
    assert isinstance(source, Source)
    radio = register.radio("800002", NOW - HOUR_MS)
    assert isinstance(radio, Radio)
    assert (radio.call_sign, radio.expected_interval_s) == ("FB22", 10)

    removed = await ingest.client.delete("/v1/hotspots/bus-station")
    assert removed.is_success
    before = register.versions("hotspot/priory-park")
    assert not await draw(link, world.town, world.radios, NOW)
    assert register.hotspot("bus-station", NOW) is not None
    assert register.versions("hotspot/priory-park") == before


async def test_a_new_town_is_given_its_past_and_then_lives_on(ingest: Ingest) -> None:
    tally = await simulated(ingest, NOW, NOW, NOW + 2000, NOW + 4000)
    world = World(SCENARIO.seed, OFFICERS, NOW - HOUR_MS)
    sent = world.advance(NOW + 4000)
    held = await ingest.telemetry()
    assert tally == Tally(accepted=len(sent))
    assert str(tally) == f"{len(sent)} pings accepted"
    assert ids(held) == ids(sent)
    assert {each.source for each in held} == {SOURCE}
    assert {type(each) for each in held} == {Gps, Presence}


async def test_a_town_that_is_known_begins_now(ingest: Ingest) -> None:
    world = World(SCENARIO.seed, OFFICERS, NOW - HOUR_MS)
    await draw(Link(ingest.client), world.town, world.radios, NOW - HOUR_MS)
    await simulated(ingest, NOW, NOW, NOW + 30_000)
    world.advance(NOW)
    assert ids(await ingest.telemetry()) == ids(world.advance(NOW + 30_000))


async def test_what_ingest_rejects_is_told(ingest: Ingest) -> None:
    # A clock that runs two days ahead of the service's: such fixes cannot be.
    ahead = NOW + 48 * HOUR_MS
    tally = await simulated(ingest, ahead, ahead)
    assert tally.rejected > 1000
    assert "rejected (fix_time: " in str(tally)


async def test_a_fed_track_is_counted_and_each_rejection_has_its_place(ingest: Ingest) -> None:
    reports = [
        Report(f"line {number}", {"radio_id": "R", "lat": lat, "lon": 0, "fix_time": NOW})
        for number, lat in enumerate([1.0, 91.0] * 300, start=1)
    ]
    told: list[int] = []
    fed = await feed(Link(ingest.client), fast(reports), told.append)
    assert told == [500, 600]
    assert fed.accepted == 300
    assert len(fed.rejected) == 300
    assert fed.rejected[0].startswith("line 2: lat: ")
    assert fed.rejected[-1].startswith("line 600: lat: ")
    assert len(await ingest.telemetry()) == 300
