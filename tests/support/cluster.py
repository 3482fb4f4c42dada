"""The three services as processes of their own on a Kafka cluster of their own."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from deploy.kafka.broker import Broker, free_port
from tests.support.deployment import COMMAND, READY_S, ROOT, environment, stepsix

PARTITIONS = 3


@dataclass(frozen=True, slots=True)
class Part:
    """One service in its process."""

    url: str
    process: subprocess.Popen[bytes]


@dataclass(frozen=True, slots=True)
class Cluster:
    """A deployment of three processes, and a token that may do everything."""

    ingest: Part
    geofence: Part
    metrics: Part
    token: str
    bootstrap: str
    folder: Path

    def another(self, name: str) -> AbstractContextManager[Part]:
        """A further process of a service, ready; gone at the end."""
        return _part(name, ["--kafka", self.bootstrap], self.folder)

    def client(self, part: Part) -> httpx.Client:
        """A client of one part with the token; the caller closes it."""
        return httpx.Client(base_url=part.url, headers={"Authorization": f"Bearer {self.token}"})


@contextmanager
def cluster(folder: Path) -> Iterator[Cluster]:
    """A broker with topics and the three services on it, all ready; all gone at the end."""
    with ExitStack() as stack:
        broker = Broker(folder / "kafka")
        broker.start()
        stack.callback(broker.stop)
        on_it = ["--kafka", broker.bootstrap]
        _run("topics", "create", "--partitions", str(PARTITIONS), *on_it)
        token = _run("token", "create", "--scope", "admin", *on_it).strip()
        ingest, geofence, metrics = (
            stack.enter_context(_part(name, on_it, folder))
            for name in ("ingest", "geofence", "metrics")
        )
        yield Cluster(ingest, geofence, metrics, token, broker.bootstrap, folder)


def _run(*arguments: str) -> str:
    done = stepsix(*arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout


@contextmanager
def _part(name: str, on_cluster: list[str], folder: Path) -> Iterator[Part]:
    port = free_port()
    logged = folder / f"{name}.log"
    arguments = [*COMMAND, name, *on_cluster, "--port", str(port)]
    with logged.open("wb") as log:
        process = subprocess.Popen(  # noqa: S603  # our own command
            arguments, cwd=ROOT, env=environment(), stdout=log, stderr=log
        )
    part = Part(f"http://127.0.0.1:{port}", process)
    try:
        _wait_until_ready(part, logged)
        yield part
    finally:
        process.kill()
        process.wait()


def _wait_until_ready(part: Part, logged: Path) -> None:
    deadline = time.monotonic() + READY_S
    while time.monotonic() < deadline and part.process.poll() is None:
        try:
            if httpx.get(f"{part.url}/readyz", timeout=5).is_success:
                return
        except httpx.TransportError:
            pass  # Not listening yet.
        time.sleep(0.1)
    msg = f"not ready; it logged:\n{logged.read_text('utf-8')}"
    raise AssertionError(msg)
