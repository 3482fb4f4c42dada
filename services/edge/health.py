"""Is the service alive, and is it ready: ``/healthz`` and ``/readyz``, both open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter
from fastapi.responses import JSONResponse


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether a service has restored once and is not stopping; how far behind it is, and why.

    ``lag`` counts records by topic and partition. Lag and broker trouble are told in ``reason``
    and never make a service unready again: taking it out of rotation would mend nothing.
    """

    ready: bool
    lag: dict[str, dict[str, int]] = field(default_factory=dict)
    reason: str | None = None


def combined(parts: Sequence[Readiness]) -> Readiness:
    """Several services in one process are ready when all are."""
    lag: dict[str, dict[str, int]] = {}
    for part in parts:
        for topic, partitions in part.lag.items():
            lag.setdefault(topic, {}).update(partitions)
    reasons = [part.reason for part in parts if part.reason]
    return Readiness(all(part.ready for part in parts), lag, "; ".join(reasons) or None)


def router(readiness: Callable[[], Readiness]) -> APIRouter:
    """The two health routes."""
    routes = APIRouter(tags=["health"])

    @routes.get("/healthz", summary="The process answers")
    async def healthz() -> dict[str, bool]:
        return {"alive": True}

    @routes.get(
        "/readyz",
        summary="The service does its work",
        responses={503: {"description": "Not ready yet, or stopping"}},
    )
    async def readyz() -> JSONResponse:
        now = readiness()
        body: dict[str, Any] = {"ready": now.ready, "lag": now.lag, "reason": now.reason}
        status = HTTPStatus.OK if now.ready else HTTPStatus.SERVICE_UNAVAILABLE
        return JSONResponse(body, status_code=status)

    return routes
