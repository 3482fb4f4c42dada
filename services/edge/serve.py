"""Serving an application until a signal, or a failure, ends it."""

from __future__ import annotations

import gc
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import structlog
import uvicorn
from fastapi import FastAPI

from services.edge.background import OnFailure
from services.edge.signals import signals

_log = structlog.get_logger()
GRACE_S = 2
"""How long open requests may take to finish once a stop was asked for: a fifth of the whole stop.

One that waits for the rest of its body, or for a log that does not answer, is then ended.
"""
COLLECT_AFTER = (50_000, 20, 100)
"""How many new objects until Python looks for unused cycles of them, and for older ones.

Batches of records make many objects and no cycles. At Python's own 700 the search took more than
half of the geofence process's time (docs/decisions/0004-throughput.md).
"""


class _Server(uvicorn.Server):
    """A server that leaves the signals to the process: its own ignores a second SIGTERM."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture none."""
        yield

    def stop(self) -> None:
        """Begin to stop in order. The live streams have put themselves before ``handle_exit``."""
        self.handle_exit(signal.SIGTERM, None)  # of SIGINT it would make a stop without order


async def serve(make_app: Callable[[OnFailure], FastAPI], *, host: str, port: int) -> None:
    """Serve until SIGTERM or SIGINT, then stop in order (``signals``).

    Raises the failure of background work, after an orderly stop.
    """
    signals.listen()
    gc.set_threshold(*COLLECT_AFTER)
    failures: list[BaseException] = []

    def on_failure(error: BaseException) -> None:
        _log.error("background work failed; stopping", reason=str(error))
        failures.append(error)
        server.stop()

    config = uvicorn.Config(
        make_app(on_failure),
        host=host,
        port=port,
        log_config=None,
        access_log=False,
        lifespan="on",
        timeout_graceful_shutdown=GRACE_S,
        server_header=False,
    )
    server = _Server(config)
    with signals.told_to(server.stop):
        await server.serve()
    if failures:
        raise failures[0]
