"""One process serves a data directory: two would fence each other for ever, correctly and in vain.

The lock is the kernel's, on a file in the directory, held for life: it ends with the process,
however that ends, and nothing is left to clean up. The file says who holds it, for people alone.
Commands that only append or read beside the service (``token``, ``settle``, ``replay``) need none.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from services.settings import PREFIX, WrongSetting

FILE = "served-by"


@contextmanager
def serving_alone(data_dir: Path, at: str) -> Iterator[None]:
    """Be the one process that serves ``data_dir``, ``at`` this URL, from entry to exit.

    Raises WrongSetting where another one does, naming it, and OSError where the directory can be
    neither made nor written.
    """
    data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = os.open(data_dir / FILE, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise _refusal(data_dir, os.pread(file, 200, 0)) from None
        _sign(file, f"process {os.getpid()} at {at}")
        yield
    finally:
        os.close(file)


def _sign(file: int, holder: str) -> None:
    """Write who holds the lock, over who last did: a full disk may refuse a file to grow.

    Without a name the lock is as good, so it is no reason not to start.
    """
    line = holder.encode() + b"\n"
    with suppress(OSError):
        os.pwrite(file, line, 0)
        os.ftruncate(file, len(line))


def _refusal(data_dir: Path, signed: bytes) -> WrongSetting:
    holder = signed.decode(errors="replace").strip() or "another process"
    msg = (
        f"{PREFIX}DATA_DIR: {data_dir} is served already, by {holder}: stop that one, or give"
        " another --data-dir."
    )
    return WrongSetting(msg)
