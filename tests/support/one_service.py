"""One command that serves, as a process of its own: its memory, its log, its end."""

from __future__ import annotations

import asyncio
import signal
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from deploy.kafka.broker import free_port
from tests.support.deployment import COMMAND, ROOT, environment

READY_S = 60.0
ENDS_S = 30.0
"""Against hanging only: a stop that takes over ten seconds shows in its exit code."""


@dataclass(frozen=True, slots=True)
class Running:
    """The process, the port it serves on or will, and the file that it logs to."""

    process: subprocess.Popen[bytes]
    port: int
    logged: Path

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def memory(self, kind: str = "VmRSS") -> int:
        """Its memory in bytes: resident now, or the most there ever was (VmHWM)."""
        lines = Path(f"/proc/{self.process.pid}/status").read_text("ascii").splitlines()
        [value] = [line.split()[1] for line in lines if line.startswith(f"{kind}:")]
        return int(value) * 1024

    def said(self, words: str) -> bool:
        """Whether it has logged these words."""
        return words in self.logged.read_text("utf-8")

    async def until_said(self, words: str) -> None:
        """Wait until it has logged these words."""

        async def said() -> bool:
            return self.said(words)

        await until(said)

    async def readiness(self) -> dict[str, Any]:
        """What ``/readyz`` says."""
        async with httpx.AsyncClient(base_url=self.url, timeout=10) as client:
            said: dict[str, Any] = (await client.get("/readyz")).json()
        return said

    async def until_ready(self) -> None:
        """Wait until it is ready."""

        async def ready() -> bool:
            assert self.process.poll() is None, self.logged.read_text("utf-8")
            try:
                return bool((await self.readiness())["ready"])
            except httpx.TransportError:
                return False  # Not listening yet.

        await until(ready)

    def connected_to(self, port: int) -> bool:
        """Whether it has a connection to this port of the machine."""
        rows = [row.split() for row in Path("/proc/net/tcp").read_text("ascii").splitlines()[1:]]
        there = f":{port:04X}"
        held = self._held()
        return any(row[2].endswith(there) and f"socket:[{row[9]}]" in held for row in rows)

    def has_open(self, file: Path) -> bool:
        """Whether it has this file open."""
        return str(file.resolve()) in self._held()

    def _held(self) -> set[str]:
        held = set()
        for each in Path(f"/proc/{self.process.pid}/fd").iterdir():
            with suppress(FileNotFoundError):  # closed meanwhile
                held.add(str(each.readlink()))
        return held

    def signal(self, number: signal.Signals = signal.SIGTERM) -> None:
        """Send it a signal."""
        self.process.send_signal(number)

    async def ended(self) -> int:
        """Wait for its end; the exit code."""
        return await asyncio.to_thread(self.process.wait, ENDS_S)


@asynccontextmanager
async def one_service(folder: Path, *arguments: str) -> AsyncIterator[Running]:
    """The command at work, perhaps not ready yet; gone at the end."""
    port = free_port()
    logged = folder / f"{arguments[0]}-{port}.log"
    process = _start([*COMMAND, *arguments, "--port", str(port)], logged)
    try:
        yield Running(process, port, logged)
    finally:
        process.kill()
        process.wait()


def _start(command: list[str], logged: Path) -> subprocess.Popen[bytes]:
    with logged.open("wb") as log:
        return subprocess.Popen(  # noqa: S603 - our own command, no shell
            command, cwd=ROOT, env=environment(), stdout=log, stderr=log
        )


async def until(condition: Callable[[], Awaitable[bool]], within_s: float = READY_S) -> None:
    """Wait until the condition holds; TimeoutError when it does not come about."""
    async with asyncio.timeout(within_s):
        while True:
            if await condition():
                return
            await asyncio.sleep(0.05)
