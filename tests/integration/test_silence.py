"""Real processes fall silent, one after the other: nobody is alarmed but by a radio that does.

The source is expected every 2 s here and missed after 6, so that each outage takes seconds.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

import httpx
import pytest

from tests.support.cluster import Cluster, Part, cluster
from tests.support.kafka import require_broker

pytestmark = [pytest.mark.kafka, pytest.mark.timeout(300)]
RADIOS = [f"R{number}" for number in range(6)]
EVERY_S = 1.0
WITHIN_S = 60.0
_T = TypeVar("_T")
SOURCE = {"name": "Local", "expected_interval_s": 2.0, "silence_after_s": 6.0}


class Radios:
    """Radios that report at fixed intervals to whichever ingest there is, until told to stop."""

    def __init__(self, token: str, url: str) -> None:
        self.url = url
        self.silent: set[str] = set()
        self._token = token
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run)

    @contextmanager
    def reporting(self) -> Iterator[None]:
        """Report during the block."""
        self._thread.start()
        try:
            yield
        finally:
            self._stop.set()
            self._thread.join()

    def _run(self) -> None:
        headers = {"Authorization": f"Bearer {self._token}"}
        with httpx.Client(headers=headers, timeout=5) as client:
            while not self._stop.wait(EVERY_S):
                heard = [each for each in RADIOS if each not in self.silent]
                pings = [{"radio_id": each, "lat": 51.5, "lon": -0.1} for each in heard]
                if pings:
                    with suppress(httpx.TransportError):  # a radio keeps nothing
                        client.post(f"{self.url}/v1/pings", json=pings)


class Town:
    """A deployment whose radios report, and what it says of silence."""

    def __init__(self, deployment: Cluster, radios: Radios) -> None:
        self.deployment = deployment
        self.radios = radios

    def signals(self, **query: object) -> list[dict[str, Any]]:
        with self.deployment.client(self.deployment.metrics) as client:
            answer = client.get("/v1/signals", params={k: str(v) for k, v in query.items()})
            items: list[dict[str, Any]] = answer.raise_for_status().json()["items"]
            return items

    def told(self, **query: object) -> list[dict[str, Any]]:
        """What is told of that sort, once something is."""
        return until(lambda: self.signals(**query))

    def all_are_heard(self) -> None:
        """Wait until the page has heard every radio after now."""
        began = time.time()

        def heard() -> bool:
            with self.deployment.client(self.deployment.metrics) as client:
                units = client.get("/v1/units").raise_for_status().json()["items"]
            times = {unit["radio_id"]: unit["heard_at"] for unit in units}
            now = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(began))
            return all(times.get(each, "") > now for each in RADIOS)

        until(heard)

    def alarms(self) -> list[dict[str, Any]]:
        return self.signals(cause="unexpected")


def until(condition: Callable[[], _T]) -> _T:
    deadline = time.monotonic() + WITHIN_S
    while not (found := condition()):
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.3)
    return found


def stop(part: Part) -> None:
    part.process.terminate()
    assert part.process.wait(20) == 0


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    require_broker()
    with ExitStack() as stack:
        deployment = stack.enter_context(cluster(tmp_path))
        with deployment.client(deployment.ingest) as client:
            client.put("/v1/sources/local", json=SOURCE).raise_for_status()
        radios = Radios(deployment.token, deployment.ingest.url)
        stack.enter_context(radios.reporting())
        town = Town(deployment, radios)
        town.all_are_heard()
        yield town


def test_outages_alarm_nobody_and_a_lost_radio_does(town: Town) -> None:
    deployment, radios = town.deployment, town.radios

    radios.silent = set(RADIOS)  # its gateway restarts
    [source] = town.told(cause="source")
    assert (source["source"], source["kind"], source["ended_at"]) == ("local", "lost", None)
    radios.silent = set()
    until(lambda: town.signals(cause="source")[0]["ended_at"])
    town.all_are_heard()

    stop(deployment.ingest)  # ours
    time.sleep(12)  # longer than a radio may be silent, and than ticks may be missing
    with deployment.another("ingest") as ingest:
        radios.url = ingest.url
        [gap] = town.told(cause="pipeline")
        assert gap["ended_at"] is not None
        town.all_are_heard()

        deployment.geofence.process.kill()  # what comes meanwhile is worked through afterwards
        time.sleep(8)
        with deployment.another("geofence"):
            town.all_are_heard()
            time.sleep(8)  # whoever was to be missed would be by now
            assert town.alarms() == []

            radios.silent = {"R3"}
            [lost] = town.told(cause="unexpected")
            assert (lost["radio_id"], lost["kind"], lost["ended_at"]) == ("R3", "lost", None)
            radios.silent = set()
            until(lambda: town.alarms()[0]["ended_at"])
