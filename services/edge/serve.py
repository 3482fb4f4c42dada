"""Serving an application until a signal, or a failure, ends it."""

from __future__ import annotations

import gc
from collections.abc import Callable

import structlog
import uvicorn
from fastapi import FastAPI

from services.edge.background import OnFailure

_log = structlog.get_logger()
GRACE_S = 8
"""How long open requests may take to finish once a stop was asked for."""
COLLECT_AFTER = (50_000, 20, 100)
"""How many new objects until Python looks for unused cycles of them, and for older ones.

Batches of records make many objects and no cycles. At Python's own 700 the search took more than
half of the geofence process's time (docs/decisions/0004-throughput.md).
"""


async def serve(make_app: Callable[[OnFailure], FastAPI], *, host: str, port: int) -> None:
    """Serve until SIGTERM or SIGINT; a second signal stops at once.

    Raises the failure of background work, after an orderly stop.
    """
    gc.set_threshold(*COLLECT_AFTER)
    failures: list[BaseException] = []

    def on_failure(error: BaseException) -> None:
        _log.error("background work failed; stopping", reason=str(error))
        failures.append(error)
        server.should_exit = True

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
    server = uvicorn.Server(config)
    await server.serve()
    if failures:
        raise failures[0]
