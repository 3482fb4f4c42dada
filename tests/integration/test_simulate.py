"""The demo as a newcomer sees it: everything, a town beside it, and both end together."""

import os
import re
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from services.simulator.town import build
from services.simulator.world import World
from tests.support.deployment import Deployment, deployment, started

TOWN = build(1)
OFFICERS = 12


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    with deployment(tmp_path_factory.mktemp("demo"), "demo") as running:
        yield running


def items(client: httpx.Client, path: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(path).raise_for_status().json()["items"]
    return found


def test_within_a_minute_there_is_something_to_see(demo: Deployment) -> None:
    deadline = time.monotonic() + 60
    with demo.client() as client:
        while time.monotonic() < deadline:
            hotspots = items(client, "/v1/hotspots")
            units = items(client, "/v1/units")
            visits = items(client, "/v1/visits")
            present = sum(hotspot["units_present"] for hotspot in hotspots)
            minutes = sum(visit["seconds"] / 60 for visit in visits if visit["ring"] == "core")
            if len(units) == OFFICERS and present >= 3 and minutes >= 200:
                break
            time.sleep(0.5)
    assert {hotspot["name"] for hotspot in hotspots} == {each.name for each in TOWN.hotspots}
    call_signs = {radio.call_sign for radio in World(1, OFFICERS, 0).radios}
    assert {unit["call_sign"] for unit in units} == call_signs
    assert present >= 3
    # Twelve officers' last 45 minutes are 540 in all, of which they patrol most.
    assert 200 <= minutes < 541


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
    posted = re.fullmatch(r"Stopped: (\d+) pings accepted\.\n", said)
    assert posted, said
    # At most a minute's worth, and not the town's past once more, which is over 2,000.
    assert 0 < int(posted[1]) < 200
    assert "Priory Gardens" in names
    assert "Priory Park" not in names


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_the_town_ends_with_the_demo(tmp_path: Path, end: signal.Signals) -> None:
    with deployment(tmp_path, "demo") as running:
        group = running.process.pid
        os.killpg(group, 0)
        running.process.send_signal(end)
        assert running.process.wait(20) == 0
        with pytest.raises(ProcessLookupError):
            os.killpg(group, 0)
