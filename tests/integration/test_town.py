"""The simulated town and a recorded track against a real ingest service, in one process."""

from collections.abc import AsyncIterator, Iterable
from pathlib import Path
from typing import Any

import pytest

from services.contracts.reference import HotSpot, Radio, Source
from services.contracts.telemetry import Gps, Presence, Status
from services.simulator.drawing import SOURCE, beginning, draw, enrol
from services.simulator.feed import fast, feed
from services.simulator.radio import Ping
from services.simulator.roster import FIRST_DUTY
from services.simulator.sending import Link
from services.simulator.shifts import shift_of
from services.simulator.simulate import Scenario, Tally, simulate
from services.simulator.tracks import Report
from services.simulator.world import Heard, World
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


def ids(pings: Iterable[Ping | Gps | Presence]) -> list[str | None]:
    found = [
        each.get("message_id") if isinstance(each, dict) else each.message_id for each in pings
    ]
    return sorted(found, key=str)


def told(statuses: Iterable[dict[str, Any] | Status]) -> list[tuple[str, str, int]]:
    return sorted(
        (each["radio_id"], each["status"], each["at"])
        if isinstance(each, dict)
        else (each.radio_id, each.status, each.at)
        for each in statuses
    )


async def holds(ingest: Ingest, sent: Heard) -> None:
    """Telemetry holds what was sent and no more, all from the town's source."""
    held = await ingest.telemetry()
    assert {each.source for each in held} == {SOURCE}
    assert ids(each for each in held if isinstance(each, Gps | Presence)) == ids(sent.pings)
    assert told(each for each in held if isinstance(each, Status)) == told(sent.statuses)


async def test_a_town_is_drawn_once(ingest: Ingest) -> None:
    world = World(1, OFFICERS, NOW, NOW)
    link = Link(ingest.client)
    await draw(link, world.town, world.radios, NOW - HOUR_MS)
    register = ingest.view.register
    drawn = [version.message for version in register.all_in_force("hotspot", NOW - HOUR_MS)]
    assert {each.hotspot_id for each in drawn if isinstance(each, HotSpot)} == {
        hotspot.hotspot_id for hotspot in world.town.hotspots
    }
    source = register.source(SOURCE, NOW - HOUR_MS)
    assert isinstance(source, Source)
    assert source.simulated
    radio = register.radio("800002", NOW - HOUR_MS)
    assert isinstance(radio, Radio)
    assert (radio.call_sign, radio.expected_interval_s) == ("FB22", 10)

    removed = await ingest.client.delete("/v1/hotspots/bus-station")
    assert removed.is_success
    kept = ("hotspot/priory-park", f"source/{SOURCE}", "radio/800002")
    before = [list(register.versions(key)) for key in kept]
    await draw(link, world.town, world.radios, NOW)
    assert register.hotspot("bus-station", NOW) is not None
    assert [register.versions(key) for key in kept] == before


async def test_a_shift_is_put_on_the_roster_once(ingest: Ingest) -> None:
    link, shift = Link(ingest.client), shift_of(0, NOW)
    assert await beginning(link) is None
    await enrol(link, shift, OFFICERS)
    await enrol(link, shift, OFFICERS)
    assert await beginning(link) == NOW
    register = ingest.view.register
    assert [duty.since for duty in register.all_duties()] == [NOW] * OFFICERS
    assert len(register.versions(f"duty/{FIRST_DUTY}")) == 1


async def test_a_new_town_is_given_its_past_and_then_lives_on(ingest: Ingest) -> None:
    tally = await simulated(ingest, NOW, NOW, NOW + 2000, NOW + 4000)
    world = World(SCENARIO.seed, OFFICERS, NOW - HOUR_MS, NOW - HOUR_MS)
    sent = world.advance(NOW + 4000)
    assert tally == Tally(accepted=len(sent.pings) + len(sent.statuses))
    assert str(tally) == f"{tally.accepted} messages accepted"
    await holds(ingest, sent)
    since = [duty.since - NOW + HOUR_MS for duty in ingest.view.register.all_duties()]
    assert since == [0] * OFFICERS + [8 * HOUR_MS] * OFFICERS


async def test_a_town_that_is_known_goes_on_as_of_now(ingest: Ingest) -> None:
    began = NOW - 20 * HOUR_MS
    await enrol(Link(ingest.client), shift_of(0, began), OFFICERS)
    await simulated(ingest, NOW, NOW, NOW + 30_000)
    await holds(ingest, World(SCENARIO.seed, OFFICERS, began, NOW).advance(NOW + 30_000))
    numbers = {duty.duty_id.split("-")[1] for duty in ingest.view.register.all_duties()}
    assert numbers == {"0", "2", "3"}


async def test_the_next_relief_is_on_the_roster_before_it_is_due(ingest: Ingest) -> None:
    await simulated(ingest, NOW, NOW, NOW + 7 * HOUR_MS)
    numbers = {duty.duty_id.split("-")[1] for duty in ingest.view.register.all_duties()}
    assert numbers == {"0", "1", "2"}


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
