"""What a process does with SIGTERM and Ctrl-C: it stops in order, and at the second one at once.

1. The first signal begins the stop: what serves is told to finish, anything else ends where it is,
   its files and connections closed behind it.
2. The second ends the process wherever it is, with the exit code that a shell gives to a signal.
3. So does the end of ``STOP_WITHIN_S``. The parts of a stop have less than that together, so it is
   met only where one of them does not keep to its time.

Whatever is cut off was not acknowledged or not committed, and is done again by whoever comes next.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

import structlog

STOP_WITHIN_S = 10.0
"""From the first signal to the end of the process, at most."""
_AS_BY_SIGNAL = 128
_log = structlog.get_logger()


class Signals:
    """The stop of one process."""

    def __init__(self) -> None:
        self._asked = False
        self._stop: Callable[[], object] = _leave

    def listen(self) -> None:
        """Take over SIGTERM and SIGINT. Only the main thread may."""
        signal.signal(signal.SIGTERM, self._on_signal)
        signal.signal(signal.SIGINT, self._on_signal)

    @contextmanager
    def told_to(self, stop: Callable[[], object]) -> Iterator[None]:
        """Have ``stop`` called with the first signal of the block, which then ends by itself."""
        before, self._stop = self._stop, stop
        try:
            yield
        finally:
            self._stop = before

    def _on_signal(self, number: int, _frame: FrameType | None) -> None:
        if self._asked:
            # Not by the signal's own default: the first process of a container is spared that.
            os._exit(_AS_BY_SIGNAL + number)
        self._asked = True
        backstop = threading.Timer(STOP_WITHIN_S, _cut_off, [number])
        backstop.daemon = True
        backstop.start()
        self._stop()


def _leave() -> None:
    sys.exit(0)


def _cut_off(number: int) -> None:
    _log.error("the stop took too long and was cut off", after_s=STOP_WITHIN_S)
    os._exit(_AS_BY_SIGNAL + number)


signals = Signals()
"""Of this process: there is one set of them."""
