"""The demo as a newcomer sees it: a week and a shift, a town beside it, and all end together."""

import os
import re
import signal
import time
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest

from services.simulator.radio import call_sign_of
from services.simulator.tasking import CONTROL, NEGLECTED, PATROLLED
from services.simulator.town import build
from tests.support.deployment import Deployment, deployment, started, stepsix

TOWN = build(1)
OFFICERS = 12
LONDON = ZoneInfo("Europe/London")
READY_S = 200.0
"""It takes some 20 s of one processor; a busy machine is given more."""
pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def demo(folder: Path) -> Iterator[Deployment]:
    with deployment(folder, "demo", READY_S) as running:
        yield running


def items(client: httpx.Client, path: str, **query: str) -> list[dict[str, Any]]:
    """A list, page after page."""
    found: list[dict[str, Any]] = []
    while True:
        page = client.get(path, params=query).raise_for_status().json()
        found += page["items"]
        if page["next"] is None:
            return found
        query["cursor"] = page["next"]


def moment(written: str) -> datetime:
    return datetime.fromisoformat(written)


def today_began(client: httpx.Client) -> datetime:
    """When the town's day began: its first duty did seven days before, at that hour."""
    first = client.get("/v1/duties/fenbridge-0-1").raise_for_status().json()["from"]
    local = moment(first).astimezone(LONDON).replace(tzinfo=None) + timedelta(days=7)
    return local.replace(tzinfo=LONDON)


def visits_of(client: httpx.Client, since: datetime, until: datetime) -> list[dict[str, Any]]:
    stretch = {"from": since.isoformat(), "to": until.isoformat()}
    return items(client, "/v1/visits", ring="core", **stretch)


def long_enough(visits: list[dict[str, Any]]) -> Counter[str]:
    """By hot spot, the visits of ten minutes and more for sure."""
    return Counter(each["hotspot_id"] for each in visits if each["seconds_low"] >= 600)


def test_within_a_minute_there_is_something_to_see(demo: Deployment) -> None:
    deadline = time.monotonic() + 60
    with demo.client() as client:
        while time.monotonic() < deadline:
            units = items(client, "/v1/units")
            if sum(unit["state"] == "reporting" for unit in units) >= OFFICERS - 4:
                break
            time.sleep(0.5)
        hotspots = items(client, "/v1/hotspots")
    assert {hotspot["name"] for hotspot in hotspots} == {each.name for each in TOWN.hotspots}
    assert {unit["call_sign"] for unit in units} == {call_sign_of(each) for each in range(OFFICERS)}
    assert sum(unit["state"] == "reporting" for unit in units) >= OFFICERS - 4


def test_seven_days_are_settled_and_each_has_three_reliefs(demo: Deployment) -> None:
    with demo.client() as client:
        today = today_began(client)
        for back in range(7, 0, -1):
            day = today - timedelta(days=back)
            visits = visits_of(client, day, day + timedelta(days=1))
            assert all(visit["settled"] and visit["state"] == "closed" for visit in visits)
            assert set(long_enough(visits)) >= set(PATROLLED)
            duties = items(
                client,
                "/v1/duties",
                **{"from": day.isoformat(), "to": (day + timedelta(hours=20)).isoformat()},
            )
            assert len(duties) == 3 * OFFICERS
            assert all(duty["settled"] for duty in duties)
            assert {duty["team"] for duty in duties} == {"Red", "Blue", "Green"}


def test_todays_shift_is_under_way_and_its_figures_say_something(demo: Deployment) -> None:
    with demo.client() as client:
        today = today_began(client)
        now = datetime.now(LONDON)
        visits = visits_of(client, today, today + timedelta(days=1))
        sources = client.get("/v1/sources/fenbridge").raise_for_status().json()
    assert timedelta(hours=5) <= now - today < timedelta(hours=6, minutes=5)
    assert not any(visit["settled"] for visit in visits)
    stays = long_enough(visits)
    assert stays["market-square"] >= 4
    assert stays["high-street"] >= 2
    assert stays[NEGLECTED] == 0
    assert stays[CONTROL] == 0
    assert sources["simulated"]


def statuses(client: httpx.Client, day: datetime) -> dict[str, str]:
    found = items(client, "/v1/compliance", date=day.date().isoformat())
    return {each["hotspot_id"]: each["status"] for each in found}


def test_one_is_met_one_is_behind_and_one_is_a_control_place(demo: Deployment) -> None:
    with demo.client() as client:
        today = today_began(client)
        now = statuses(client, today)
        before = [statuses(client, today - timedelta(days=back)) for back in range(1, 8)]
        plan = client.get(f"/v1/plans/fenbridge-{CONTROL}").raise_for_status().json()
    assert now["market-square"] == "met"
    assert now[NEGLECTED] == "behind"
    assert now[CONTROL] == "not_planned"
    assert plan["arm"] == "control"
    judged = Counter(status for day in before for status in day.values())
    # Some of everything, and the control place was patrolled by mistake.
    assert set(judged) == {"met", "missed", "not_known", "not_planned", "contaminated"}
    assert judged["met"] > 14
    assert any(day["high-street"] == "not_known" for day in before)


def test_in_high_street_gps_is_poor(demo: Deployment) -> None:
    with demo.client() as client:
        today = today_began(client)
        visits = visits_of(client, today - timedelta(days=7), today)
    width: dict[str, float] = {}
    for hotspot_id in PATROLLED:
        own = [each for each in visits if each["hotspot_id"] == hotspot_id]
        spread = sum(each["seconds_high"] - each["seconds_low"] for each in own)
        width[hotspot_id] = spread / sum(each["seconds"] for each in own)
    assert max(width, key=lambda each: width[each]) == "high-street"
    assert width["high-street"] > 2 * width["market-square"]


def test_no_outage_of_ours_is_made_up(demo: Deployment) -> None:
    with demo.client() as client:
        signals = items(client, "/v1/signals")
    causes = Counter(signal["cause"] for signal in signals)
    assert causes["explained"] > 0
    # The service was not there yet between the last made-up tick and its own first one.
    assert causes["pipeline"] <= 1
    assert causes["source"] == 0


def test_the_live_stream_says_that_it_is_simulated(demo: Deployment) -> None:
    with demo.client() as client, client.stream("GET", "/v1/live") as stream:
        said = next(line for line in stream.iter_lines() if line.startswith("data:"))
    assert '"simulated":true' in said


def test_the_link_that_it_prints_signs_in_once(demo: Deployment) -> None:
    links = re.findall(r"http://\S+/sign-in\?code=\S+", demo.printed.read_text())
    assert len(links) == 1
    with httpx.Client(base_url=demo.url) as browser:
        answer = browser.get(links[0])
        assert (answer.status_code, answer.headers["location"]) == (303, "/")
        assert "admin" in browser.get("/v1/session").json()["scopes"]
    assert httpx.get(links[0]).status_code == 401


def test_the_admin_token_is_its_owners_alone(demo: Deployment) -> None:
    assert demo.token_file.stat().st_mode & 0o777 == 0o600


def test_a_second_town_leaves_what_somebody_edited_and_stops_on_ctrl_c(demo: Deployment) -> None:
    with demo.client() as client:
        drawn = client.get("/v1/hotspots/priory-park").raise_for_status().json()
        drawn["properties"] = {"name": "Priory Gardens", "catchment_m": 30}
        client.put("/v1/hotspots/priory-park", json=drawn).raise_for_status()
        where = ("--url", demo.url, "--token-file", str(demo.token_file))
        town = started("simulate", *where, "--officers", str(OFFICERS + 2))
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and len(items(client, "/v1/units")) == OFFICERS:
            time.sleep(0.5)
        assert len(items(client, "/v1/units")) > OFFICERS
        town.send_signal(signal.SIGINT)
        said, _ = town.communicate(timeout=20)
        names = {hotspot["name"] for hotspot in items(client, "/v1/hotspots")}
    assert town.returncode == 0
    posted = re.fullmatch(r"Stopped: (\d+) messages accepted\.\n", said)
    assert posted, said
    # At most a minute's worth, and not the town's past once more, which is over 2,000.
    assert 0 < int(posted[1]) < 200
    assert "Priory Gardens" in names
    assert "Priory Park" not in names


def test_the_town_ends_with_the_demo_and_goes_on_where_it_was(
    demo: Deployment, folder: Path
) -> None:
    with demo.client() as client:
        today = today_began(client)
        stretch = (today - timedelta(days=7), today)
        before = {each["visit_id"]: each for each in visits_of(client, *stretch)}
    ends(demo, signal.SIGINT)
    began = time.monotonic()
    with deployment(folder, "demo", READY_S) as again:
        with again.client() as client:
            assert today_began(client) == today
            assert {each["visit_id"]: each for each in visits_of(client, *stretch)} == before
            names = {hotspot["name"] for hotspot in items(client, "/v1/hotspots")}
            duties = items(client, "/v1/duties", **{"from": today.isoformat()})
            stays = visits_of(client, today, today + timedelta(days=1))
        ends(again, signal.SIGTERM)
    assert time.monotonic() - began < READY_S
    assert "Priory Gardens" in names
    assert Counter(duty["from"] for duty in duties).most_common()[0][1] == OFFICERS
    assert long_enough(stays)["market-square"] >= 4


def ends(running: Deployment, by: signal.Signals) -> None:
    group = running.process.pid
    os.killpg(group, 0)
    running.process.send_signal(by)
    assert running.process.wait(20) == 0
    with pytest.raises(ProcessLookupError):
        os.killpg(group, 0)


def test_a_log_that_is_not_the_demos_is_left_alone(tmp_path: Path) -> None:
    with deployment(tmp_path) as pilot, pilot.client() as client:
        client.post("/v1/pings", json={"radio_id": "R1", "lat": 52, "lon": 0}).raise_for_status()
    size = (tmp_path / "data" / "log.sqlite3").stat().st_size
    refused = stepsix("demo", "--data-dir", str(tmp_path / "data"))
    assert refused.returncode == 1
    assert "holds a log that is not the demo's; name another folder" in refused.stderr
    assert (tmp_path / "data" / "log.sqlite3").stat().st_size == size
