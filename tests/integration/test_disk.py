"""The whole service on a disk that is full for a while: told, waited out, and nothing lost."""

from __future__ import annotations

import asyncio
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

import httpx
import pytest

from deploy.kafka.broker import free_port
from services.cli.first_start import admin_token, token_file
from services.contracts.codec import decode_all
from services.contracts.telemetry import Gps
from services.contracts.topics import DEAD_LETTERS, DEFAULT_PARTITIONS, TELEMETRY, VISITS
from services.edge.access import sha256_of
from services.eventlog.opening import Embedded, open_log
from services.eventlog.port import EventLog
from tests.support.deployment import started, stepsix
from tests.support.disk import Disk, small_disk
from tests.support.eventlogs import everything
from tests.support.offline import expected, there
from tests.support.working import working

WITHIN_S = 40.0
DISK_BYTES = 12 * 2**20
RADIOS = 20
STEP_MS = 20_000
MOST_GROWTH_KB = 32 * 1024
REFUSED_BODIES, BODY_RADIOS = 200, 5_000
"""Kept, their 50 MB would grow the process by more than the most."""
SQUARE = [[-0.101, 51.499], [-0.099, 51.499], [-0.099, 51.501], [-0.101, 51.501], [-0.101, 51.499]]
HOTSPOT = {
    "type": "Feature",
    "geometry": {"type": "Polygon", "coordinates": [SQUARE]},
    "properties": {"name": "Square", "effective_from": "2020-01-01T00:00:00Z"},
}


class Service:
    """``stepsix up`` as a process, and what it acknowledged: each ping's radio and fix time."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir
        self.acknowledged: list[tuple[str, int]] = []
        self._time = time.time_ns() // 1_000_000 - 3_600_000
        self._steps = 0

    @contextmanager
    def running(self) -> Iterator[None]:
        """The process, until it is killed or the block ends."""
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        self.process = started("up", "--data-dir", str(self.data_dir), "--port", str(port))
        try:
            until(self._answers)
            token = (self.data_dir / "admin-token").read_text("ascii").strip()
            bearer = {"Authorization": f"Bearer {token}"}
            with httpx.Client(base_url=self.url, headers=bearer, timeout=30) as self.client:
                yield
        finally:
            self._end()

    def post(self) -> httpx.Response:
        """A ping of every radio, one after another in and out of the hot spot."""
        at, self._time, self._steps = self._time, self._time + STEP_MS, self._steps + 1
        pings = [self._ping(number, at) for number in range(RADIOS)]
        answer = self.client.post("/v1/pings", json=pings)
        if answer.status_code == httpx.codes.ACCEPTED:
            assert answer.json() == {"accepted": RADIOS, "rejected": []}
            self.acknowledged += [(ping["radio_id"], at) for ping in pings]
        return answer

    def health(self, path: Literal["/healthz", "/readyz"]) -> httpx.Response:
        return self.client.get(path)

    def reason(self) -> str:
        """What keeps it from its work, by /readyz."""
        return str(self.health("/readyz").json()["reason"] or "")

    def well(self) -> bool:
        said = self.health("/readyz")
        return said.is_success and said.json()["reason"] is None

    def resident_kb(self) -> int:
        status = Path(f"/proc/{self.process.pid}/status").read_text("ascii")
        return int(status.split("VmRSS:")[1].split()[0])

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def _ping(self, number: int, at: int) -> dict[str, Any]:
        inside = (self._steps + number) // 10 % 2
        lat = 51.5 if inside else 51.52
        return {"radio_id": f"R{number}", "lat": lat, "lon": -0.1, "fix_time": at, "accuracy_m": 8}

    def _answers(self) -> bool:
        assert self.process.poll() is None, "the process ended by itself"
        try:
            return httpx.get(f"{self.url}/healthz", timeout=5).is_success
        except httpx.TransportError:
            return False

    def _end(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.kill()
            raise
        finally:
            if self.process.stdout:
                self.process.stdout.close()


def until(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + WITHIN_S
    while not condition():
        assert time.monotonic() < deadline, f"not within {WITHIN_S} s: {condition}"
        time.sleep(0.05)


def taken(answer: httpx.Response) -> None:
    assert answer.is_success, answer.text


def assert_told(service: Service, answer: httpx.Response) -> None:
    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) > 0
    detail = answer.json()["detail"]
    assert str(service.data_dir / "log.sqlite3") in detail
    assert "the disk is full; make room on it: nothing acknowledged is lost" in detail
    assert service.health("/healthz").status_code == 200


def both_say_full(service: Service) -> bool:
    said = service.reason().split("; partition", 1)
    return len(said) == 2 and all("the disk is full" in each for each in said)


def refuse_many(service: Service) -> None:
    """Post large bodies that the log cannot take, and see that none of them is kept."""
    pings = [{"radio_id": f"R{number}", "lat": 51.5, "lon": -0.1} for number in range(BODY_RADIOS)]
    for _ in range(10):
        assert service.client.post("/v1/pings", json=pings).status_code == 503
    before = service.resident_kb()
    for _ in range(REFUSED_BODIES):
        assert service.client.post("/v1/pings", json=pings).status_code == 503
    assert service.resident_kb() - before < MOST_GROWTH_KB


def fill_until_refused(service: Service, disk: Disk) -> httpx.Response:
    """Fill the disk, and whatever the log frees meanwhile, until a post is refused."""
    deadline = time.monotonic() + WITHIN_S
    while time.monotonic() < deadline:
        disk.fill()
        answer = service.post()
        if answer.status_code != httpx.codes.ACCEPTED:
            return answer
    pytest.fail("the disk was never full for the log")


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    with small_disk(tmp_path, DISK_BYTES) as disk:
        yield disk


@pytest.mark.timeout(300)
async def test_a_full_disk_is_told_and_waited_out_and_nothing_acknowledged_is_lost(
    disk: Disk,
) -> None:
    service = Service(disk.folder)
    with service.running():
        until(service.well)
        service.client.put("/v1/hotspots/square", json=HOTSPOT).raise_for_status()
        for _ in range(15):
            taken(service.post())
        assert_told(service, fill_until_refused(service, disk))
        until(lambda: "the disk is full" in service.reason())
        refuse_many(service)
        assert_told(service, service.post())
        disk.make_room()
        until(lambda: service.post().is_success)
        until(service.well)
        fill_until_refused(service, disk)
        service.kill()
    with service.running():
        assert_told(service, fill_until_refused(service, disk))
        until(lambda: both_say_full(service))
        assert service.health("/readyz").status_code == 503
        disk.make_room()
        until(service.well)
        until(lambda: service.post().is_success)
        for _ in range(15):
            taken(service.post())
    log = await open_log(Embedded(disk.folder))
    try:
        assert sorted(await telemetry(log)) == sorted(service.acknowledged)
        await assert_derived(log)
    finally:
        await log.close()


async def telemetry(log: EventLog) -> list[tuple[str, int]]:
    found: list[tuple[str, int]] = []
    for partition in range(DEFAULT_PARTITIONS):
        records = await everything(log, TELEMETRY.name, partition)
        for each in decode_all(TELEMETRY.name, [record.value for record in records]):
            if isinstance(each, Gps):
                assert each.fix_time is not None
                found.append((each.radio_id, each.fix_time))
    return found


async def assert_derived(log: EventLog) -> None:
    """See that the derived topics come to hold what one uninterrupted run derives, no more."""
    wanted = await expected(log)
    assert sum(len(lines) for (topic, _), lines in wanted.items() if topic == VISITS.name) > RADIOS
    async with working(log):
        held = await there(log)
        deadline = time.monotonic() + WITHIN_S
        while held != wanted and time.monotonic() < deadline:
            await asyncio.sleep(0.1)
            held = await there(log)
    assert held == wanted
    assert not any(lines for (topic, _), lines in held.items() if topic == DEAD_LETTERS.name)


async def test_an_admin_token_that_the_disk_had_no_room_for_is_made_at_the_next_start(
    disk: Disk, embedded_log: EventLog
) -> None:
    disk.fill()
    with pytest.raises(OSError, match="No space left"):
        await admin_token(embedded_log, disk.folder, 0)
    disk.make_room()
    made = await admin_token(embedded_log, disk.folder, 1)
    assert made is not None
    assert sha256_of(token_file(disk.folder).read_text("ascii").strip()) == made.sha256


def test_a_start_on_a_full_disk_says_so_and_the_next_one_succeeds(disk: Disk) -> None:
    disk.fill()
    ended = stepsix("up", "--data-dir", str(disk.folder), "--port", str(free_port()))
    assert ended.returncode == 1
    assert f"stepsix: the embedded log could not open {disk.folder / 'log.sqlite3'}: the disk" in (
        ended.stderr
    )
    assert "Traceback" not in ended.stderr
    disk.make_room()
    service = Service(disk.folder)
    with service.running():
        until(service.well)
