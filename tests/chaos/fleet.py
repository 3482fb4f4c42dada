"""The services, each in a process of its own, and what becomes of these processes."""

from __future__ import annotations

import asyncio
import signal
import subprocess
from pathlib import Path

import httpx

from tests.chaos.ended import EndedByItself
from tests.chaos.ports import kept_port
from tests.support.deployment import COMMAND, ROOT, environment

READY_S = 120.0
"""For a service to be ready after whatever has happened, at most."""
STOP_S = 30.0
STOPPED_IN_ORDER = 0


class Service:
    """One service: started again on the same port each time, with one log of all its lives."""

    def __init__(self, command: str, name: str, kafka: str, folder: Path) -> None:
        self.name = name
        self.log = folder / f"{name}.log"
        port = kept_port()
        self.url = f"http://127.0.0.1:{port}"
        self._command = [*COMMAND, command, "--kafka", kafka, "--port", str(port)]
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, once more."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own command, no shell
                self._command,
                cwd=ROOT,
                env=environment() | {"STEPSIX_INSTANCE": self.name},
                stdout=log,
                stderr=log,
            )

    def check(self) -> None:
        """Raise EndedByItself unless it runs or nobody wants it to."""
        if self._process is not None and (code := self._process.poll()) is not None:
            last = "\n".join(self.log.read_text("utf-8").splitlines()[-5:])
            msg = (
                f"{self.name} ended by itself with exit code {code}; {self.log} ends with:\n{last}"
            )
            raise EndedByItself(msg)

    def kill(self) -> None:
        """End it without any warning (SIGKILL). Raises EndedByItself."""
        process = self._running()
        self._process = None
        process.kill()
        process.wait()

    def pause(self) -> None:
        """Let it hang (SIGSTOP): to everybody else it is as if it were gone."""
        self._running().send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Let it go on after ``pause``, knowing nothing of it (SIGCONT)."""
        self._running().send_signal(signal.SIGCONT)

    async def stop(self) -> None:
        """Ask it to end, and see that it does so in order."""
        process = self._running()
        self._process = None
        process.terminate()
        try:
            code = await asyncio.to_thread(process.wait, STOP_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            msg = f"{self.name} was asked to end, and had not after {STOP_S:.0f} s: see {self.log}"
            raise EndedByItself(msg) from None
        if code != STOPPED_IN_ORDER:
            msg = f"{self.name} was asked to end, and did so with exit code {code}: see {self.log}"
            raise EndedByItself(msg)

    def end(self) -> None:
        """End it if it runs, in whatever state it is."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    async def ready(self, http: httpx.AsyncClient) -> None:
        """Wait until it says that it is. Raises EndedByItself, and TimeoutError."""
        try:
            async with asyncio.timeout(READY_S):
                while not await self._is_ready(http):
                    self.check()
                    await asyncio.sleep(0.1)
        except TimeoutError:
            msg = f"{self.name} is not ready after {READY_S:.0f} s; see {self.log}"
            raise TimeoutError(msg) from None

    async def lag(self, http: httpx.AsyncClient) -> dict[str, dict[str, int]]:
        """By topic and partition, how many records it says that it is behind."""
        lag: dict[str, dict[str, int]] = (await http.get(f"{self.url}/readyz")).json()["lag"]
        return lag

    async def _is_ready(self, http: httpx.AsyncClient) -> bool:
        try:
            return (await http.get(f"{self.url}/readyz")).is_success
        except httpx.TransportError:
            return False  # not listening yet

    def _running(self) -> subprocess.Popen[bytes]:
        self.check()
        if self._process is None:
            msg = f"{self.name} does not run"
            raise RuntimeError(msg)
        return self._process
