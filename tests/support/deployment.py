"""``stepsix up`` on the embedded log as a real process, and other commands beside it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from deploy.kafka.broker import free_port

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-m", "services.cli"]
READY_S = 60.0
STOP_S = 20.0


@dataclass(frozen=True, slots=True)
class Deployment:
    """A running service: where it answers, where it keeps its log, what it has printed."""

    url: str
    data_dir: Path
    printed: Path
    process: subprocess.Popen[bytes]

    @property
    def token_file(self) -> Path:
        """Where it keeps the admin token."""
        return self.data_dir / "admin-token"

    def client(self) -> httpx.Client:
        """A client with the admin token; the caller closes it."""
        token = self.token_file.read_text("ascii").strip()
        return httpx.Client(base_url=self.url, headers={"Authorization": f"Bearer {token}"})


@contextmanager
def deployment(
    folder: Path, command: str = "up", ready_s: float = READY_S, settings: Mapping[str, str] = {}
) -> Iterator[Deployment]:
    """Everything on one free port with its data in ``folder``, ready; stopped at the end.

    ``settings`` are its environment, such as ``STEPSIX_TIMEZONE``.
    """
    port = free_port()
    data_dir, printed, logged = folder / "data", folder / "stdout", folder / "stderr"
    arguments = [*COMMAND, command, "--data-dir", str(data_dir), "--port", str(port)]
    with printed.open("wb") as stdout, logged.open("wb") as stderr:
        process = subprocess.Popen(  # noqa: S603 - our own command, no shell
            arguments,
            cwd=ROOT,
            env={**environment(), **settings},
            stdout=stdout,
            stderr=stderr,
            start_new_session=True,
        )
    running = Deployment(f"http://127.0.0.1:{port}", data_dir, printed, process)
    try:
        _wait_until_ready(running, logged, ready_s)
        yield running
    finally:
        process.terminate()
        try:
            process.wait(STOP_S)
        finally:
            process.kill()
            process.wait()


def stepsix(
    *arguments: str, timeout_s: float = 60.0, settings: Mapping[str, str] = {}
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end, with ``settings`` as its environment."""
    return subprocess.run(  # noqa: S603 - our own command, no shell
        [*COMMAND, *arguments],
        cwd=ROOT,
        env={**environment(), **settings},
        capture_output=True,
        text=True,
        timeout=timeout_s,
        check=False,
    )


def started(*arguments: str) -> subprocess.Popen[str]:
    """Start a command whose standard output is read; the caller ends it."""
    return subprocess.Popen(  # noqa: S603 - our own command, no shell
        [*COMMAND, *arguments], cwd=ROOT, env=environment(), stdout=subprocess.PIPE, text=True
    )


def environment() -> dict[str, str]:
    """The environment of a test, without any settings of stepsix."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("STEPSIX_")}
    return kept | {"COLUMNS": "200", "NO_COLOR": "1"}


def _wait_until_ready(running: Deployment, logged: Path, ready_s: float) -> None:
    deadline = time.monotonic() + ready_s
    said = "nothing"
    while time.monotonic() < deadline and running.process.poll() is None:
        try:
            answer = httpx.get(f"{running.url}/readyz", timeout=5)
        except httpx.TransportError as error:
            said = str(error)
        else:
            if answer.is_success:
                return
            said = answer.text
        time.sleep(0.1)
    msg = f"not ready ({said}); it logged:\n{logged.read_text('utf-8')}"
    raise AssertionError(msg)
