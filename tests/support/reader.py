"""What a reader of the documents does: types their commands into a real shell, as they stand there.

Only the ports are free ones. In the shell's folder ``.venv``, ``tests`` and ``docs`` lead to the
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
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.support.deployment import READY_S, ROOT, STOP_S, environment

COMMAND_S = 60
CAREFUL = r"""
set -euo pipefail
curl() { command curl --fail-with-body -sS --max-time 20 -w '\n%{http_code}\n' "$@"; }
"""
"""Any command that fails fails its block, and each answer is two lines: the body, the status."""


needs_shell = pytest.mark.skipif(
    not (shutil.which("bash") and shutil.which("curl")),
    reason="needs bash and curl (Debian: apt-get install bash curl)",
)


def sh_blocks(text: str) -> list[str]:
    return re.findall(r"^```sh\n(.*?)\n```$", text, re.DOTALL | re.MULTILINE)


def workplace(folder: Path) -> Path:
    (folder / ".venv").symlink_to(sys.prefix)
    for name in ("tests", "docs"):
        (folder / name).symlink_to(ROOT / name)
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
    """The status and the body of each curl; None where that went into a file."""
    lines = printed.splitlines()
    return [
        (int(status), json.loads(body) if body else None)
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
