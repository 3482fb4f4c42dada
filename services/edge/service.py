"""What a service is to the application that serves it."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from typing import Protocol

from fastapi import FastAPI

from services.edge.health import Readiness


class Service(Protocol):
    """One of ingest, geofence and metrics: routes, background work and readiness."""

    def install(self, app: FastAPI) -> None:
        """Add the service's routes. One that catches every path must be installed last."""
        ...

    def readiness(self) -> Readiness:
        """Whether the service does its work now."""
        ...

    def running(self) -> AbstractAsyncContextManager[None]:
        """The background work, started on entry and stopped in order on exit."""
        ...
