"""A small disk of a test's own, which can be filled up and given room again."""

from __future__ import annotations

import errno
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.support.required import missing

_PIECES = (64 * 1024, 4096)
"""First in large pieces, then page by page to the very end."""


@dataclass(frozen=True, slots=True)
class Disk:
    """A file system in memory; ``folder`` is for the test, beside what fills it up."""

    mounted: Path

    @property
    def folder(self) -> Path:
        """Where the test may write."""
        return self.mounted / "own"

    def fill(self) -> None:
        """Leave no page free, whatever was freed since the last time."""
        for size in _PIECES:
            try:
                with (self.mounted / "filler").open("ab", buffering=0) as filler:
                    while filler.write(bytes(size)) == size:
                        pass
            except OSError as error:
                if error.errno != errno.ENOSPC:
                    raise

    def make_room(self) -> None:
        """Take away what fills it up."""
        (self.mounted / "filler").unlink()


@contextmanager
def small_disk(place: Path, size: int) -> Iterator[Disk]:
    """A disk of ``size`` bytes mounted in ``place``, gone afterwards."""
    mounted = place / "disk"
    mounted.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "stepsix-test", str(mounted)]
    try:
        done = subprocess.run(mount, capture_output=True, text=True, check=False)  # noqa: S603 - no shell
    except FileNotFoundError:
        missing("mount", "install the package mount")
    if done.returncode != 0:
        missing("mount", f"run as root where file systems may be mounted ({done.stderr.strip()})")
    try:
        disk = Disk(mounted)
        disk.folder.mkdir(mode=0o700)
        yield disk
    finally:
        subprocess.run(["umount", "--lazy", str(mounted)], check=True)  # noqa: S603, S607 - no shell
