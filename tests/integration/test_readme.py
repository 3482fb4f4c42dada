"""What the documents tell a reader to type is run by a real shell, as it stands there.

Only the ports are free ones. The shell works in a folder where ``.venv`` and ``tests`` lead to the
real ones, so that what the commands write lies in a temporary place.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import pytest

from deploy.kafka.broker import Broker, free_port
from tests.support.deployment import READY_S, ROOT, STOP_S, environment

COMMAND_S = 60
SEEN_S = 20.0
"""A visit shows within about a second; a busy machine is given more."""
CAREFUL = r"""
set -euo pipefail
curl() { command curl --fail-with-body -sS --max-time 20 -w '\n%{http_code}\n' "$@"; }
"""
"""Any command that fails fails its block, and each answer is two lines: the body, the status."""

pytestmark = pytest.mark.skipif(
    not (shutil.which("bash") and shutil.which("curl")),
    reason="needs bash and curl (Debian: apt-get install bash curl)",
)


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


def sh_blocks(text: str) -> list[str]:
    return re.findall(r"^```sh\n(.*?)\n```$", text, re.DOTALL | re.MULTILINE)


def run_it() -> RunIt:
    readme = (ROOT / "README.md").read_text("utf-8")
    return RunIt(*sh_blocks(readme.split("\n## Run it\n")[1].split("\n## ")[0]))


def workplace(folder: Path) -> Path:
    (folder / ".venv").symlink_to(sys.prefix)
    (folder / "tests").symlink_to(ROOT / "tests")
    return folder


def shell(folder: Path, block: str) -> str:
    """What a block prints; it must succeed."""
    done = subprocess.run(  # noqa: S603 - our own documents
        ["bash", "-c", CAREFUL + block],  # noqa: S607 - the reader's bash
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=COMMAND_S,
        check=False,
    )
    assert done.returncode == 0, f"{block}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def answers(printed: str) -> list[tuple[int, Any]]:
    """The status and the body of each curl."""
    lines = printed.splitlines()
    return [
        (int(status), json.loads(body))
        for body, status in zip(lines[::2], lines[1::2], strict=True)
    ]


@contextmanager
def serving(folder: Path, command: str, port: int) -> Iterator[None]:
    """A command that goes on, once it is ready on ``port``; it must end in order when told to."""
    logged = folder / f"{port}.log"
    with logged.open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 - our own documents
            ["bash", "-c", f"exec {command}"],  # noqa: S607 - the reader's bash
            cwd=folder,
            env=environment(),
            stdout=log,
            stderr=log,
        )
    try:
        wait_until_ready(process, port, logged)
        yield
        process.terminate()
        assert process.wait(STOP_S) == 0, logged.read_text("utf-8")
    finally:
        process.kill()
        process.wait()


def wait_until_ready(process: subprocess.Popen[bytes], port: int, logged: Path) -> None:
    deadline = time.monotonic() + READY_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if httpx.get(f"http://127.0.0.1:{port}/readyz", timeout=5).is_success:
                return
        except httpx.TransportError:
            pass  # Not listening yet.
        time.sleep(0.1)
    pytest.fail(f"not ready; it logged:\n{logged.read_text('utf-8')}")


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
    page = (ROOT / "docs" / "api.md").read_text("utf-8")
    posted, *put = answers(pilot.shell("\n".join([token, *sh_blocks(page)])))
    assert posted == (202, {"accepted": 2, "rejected": []})
    assert [status for status, _ in put] == [201] * 4


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
