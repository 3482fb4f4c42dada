"""A process stopped dead as it enters a chosen system call on chosen files.

``strace`` does it: it follows every thread, counts each thread's calls of one name that touch the
files, and sends SIGKILL instead of the call with the number asked for. Everything before that
call has happened, nothing of it has.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import NamedTuple

from tests.support.required import missing


class Call(NamedTuple):
    """The ``number``-th time, from 1, that a thread makes the call ``name`` on one of the files."""

    name: str
    files: tuple[Path, ...]
    number: int


def killed_at(call: Call) -> list[str]:
    """What stands before a command to have it killed there; it also ends so, by SIGKILL."""
    paths = [argument for file in call.files for argument in ("-P", str(file))]
    stop = f"inject={call.name}:signal=SIGKILL:when={call.number}"
    return [*_strace(), *paths, "-e", f"trace={call.name}", "-e", stop]


def _strace() -> list[str]:
    strace = shutil.which("strace")
    if strace is None:
        missing("strace", "install the package strace")
    # Not --seccomp-bpf, quick as it is: strace 6.1 then does not count as "when" says.
    return [strace, "-f", "-qq", "-o", "/dev/null"]
