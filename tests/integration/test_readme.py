"""What the documents tell a reader to type is run by a real shell, as it stands there."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from deploy.kafka.broker import Broker, free_port
from services.eventlog.opening import Embedded, open_log
from tests.support.deployment import ROOT
from tests.support.derived import DAY_MS
from tests.support.lost import a_loss
from tests.support.metrics import derive, epoch_ms
from tests.support.reader import answers, needs_shell, serving, sh_blocks, shell, workplace
from tests.support.square import SQUARE

SEEN_S = 20.0
"""A visit shows within about a second; a busy machine is given more."""
pytestmark = needs_shell


class RunIt(NamedTuple):
    """The blocks of the README's section of that name; none may be left out here."""

    up: str
    curl: str
    feed: str
    kafka: str


class Pilot(NamedTuple):
    """The running ``up`` of the README: the folder it was started in, and its port."""

    folder: Path
    port: int

    def shell(self, block: str) -> str:
        return shell(self.folder, block.replace("8600", str(self.port)))


def hotspot(id_: str) -> dict[str, Any]:
    return {"type": "Feature", "id": id_, "geometry": SQUARE, "properties": {"name": id_}}


def run_it() -> RunIt:
    readme = (ROOT / "README.md").read_text("utf-8")
    return RunIt(*sh_blocks(readme.split("\n## Run it\n")[1].split("\n## ")[0]))


def api_blocks() -> list[str]:
    """The blocks of the page on the API; the last puts what is proposed, once something is."""
    return sh_blocks((ROOT / "docs" / "api.md").read_text("utf-8"))


async def lose_radios(pilot: Pilot) -> None:
    """Let the log of the pilot tell of losses in one place, on days gone by."""
    log = await open_log(Embedded(pilot.folder / "var" / "pilot"))
    first = epoch_ms() - 4 * DAY_MS
    await derive(log, [a_loss(number, first=first) for number in range(5)])
    await log.close()


@pytest.fixture(scope="module")
def pilot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pilot]:
    folder, port = workplace(tmp_path_factory.mktemp("readme")), free_port()
    with serving(folder, run_it().up.replace("8600", str(port)), port):
        yield Pilot(folder, port)


def test_a_hot_spot_and_a_ping_make_a_visit(pilot: Pilot) -> None:
    token, put, post, get = run_it().curl.split("\n\n")
    drawn, posted = answers(pilot.shell(f"{token}\n{put}\n{post}"))
    assert drawn[0] == 201
    assert posted == (202, {"accepted": 1, "rejected": []})
    found: list[dict[str, Any]] = []
    deadline = time.monotonic() + SEEN_S
    while time.monotonic() < deadline and not found:
        [(_, visits)] = answers(pilot.shell(f"{token}\n{get}"))
        found = [visit for visit in visits["items"] if visit["radio_id"] == "T-1042"]
        time.sleep(0.2)
    assert {visit["hotspot_id"] for visit in found} == {"market-street"}


def test_a_recorded_track_is_fed(pilot: Pilot) -> None:
    assert pilot.shell(run_it().feed) == "296 accepted, 0 rejected.\n"


def test_the_requests_of_the_page_on_the_api_are_accepted(pilot: Pilot) -> None:
    token = run_it().curl.split("\n\n")[0]
    *requests, _ = api_blocks()
    posted, *put = answers(pilot.shell("\n".join([token, *requests])))
    assert posted == (202, {"accepted": 2, "rejected": []})
    assert [status for status, _ in put] == [*[201] * 5, 200, 200, 200]


def test_the_files_of_the_page_on_imports_are_put(pilot: Pilot) -> None:
    page = (ROOT / "docs" / "imports.md").read_text("utf-8")
    token = run_it().curl.split("\n\n")[0]
    drawn = {"type": "FeatureCollection", "features": [hotspot("market"), hotspot("station")]}
    put = "curl -X PUT http://127.0.0.1:8600/v1/hotspots -H 'Content-Type: application/json' "
    put += f"-H \"Authorization: Bearer $TOKEN\" -d '{json.dumps(drawn)}'"
    [(status, _)] = answers(pilot.shell(f"{token}\n{put}"))
    assert status == 200
    [block] = sh_blocks(page)
    said = [line for line in pilot.shell(block).splitlines() if line.endswith(".")]
    assert said == ["3 in order, 0 not; none was put.", "3 put, 0 not.", "3 put, 0 not."]


def test_a_proposed_blackspot_is_put_as_the_page_on_the_api_says(pilot: Pilot) -> None:
    asyncio.run(lose_radios(pilot))
    token, get, put = [run_it().curl.split("\n\n")[0], *api_blocks()[-1].splitlines()]
    features: list[dict[str, Any]] = []
    deadline = time.monotonic() + SEEN_S
    while time.monotonic() < deadline and not features:
        assert answers(pilot.shell(f"{token}\n{get}")) == [(200, None)]
        features = json.loads((pilot.folder / "proposed.geojson").read_bytes())["features"]
        time.sleep(0.2)
    [proposed] = features
    [(status, said)] = answers(pilot.shell(f"{token}\n{put}"))
    assert (status, said["accepted"], list(said["versions"])) == (200, 1, [proposed["id"]])


@pytest.mark.kafka
def test_each_service_is_a_process_on_kafka(broker: Broker, tmp_path: Path) -> None:
    folder = workplace(tmp_path)
    block = run_it().kafka.replace("localhost:9092", broker.bootstrap)
    create, *services, token = block.splitlines()
    shell(folder, create)
    with ExitStack() as stack:
        for service in services:
            port = free_port()
            command = re.sub(r"(?<=--port )\d+", str(port), service)
            stack.enter_context(serving(folder, command, port))
        assert shell(folder, token).strip()
    assert len(services) == 3
